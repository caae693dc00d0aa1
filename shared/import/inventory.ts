import { z } from 'zod'
import { azureResource } from './azure.ts'
import { type Findings, findingsOf, type Knowledge, type NotUnderstood, type Resource } from './finding.ts'
import type { Attributes } from './places.ts'

/** What is read of a row of an inventory, whatever its columns are called. */
type Row = { type: string; service: string; arn: string; attributes: Attributes; count: number }

/**
 * Lists of a cloud's own tools: Resource Explorer, tags and Config of AWS; `az resource list`, Resource Graph and the
 * portal of Azure; the asset inventory of Google. Null for a document that has no such list.
 */
export function readInventory(document: unknown, knowledge: Knowledge): Findings | null {
  for (const list of listsIn(document)) {
    const rows = list.flatMap(one => rowOf(one) ?? [])
    if (rows.length > 0 && rows.length * 2 >= list.length) return findingsOfRows(rows, knowledge)
  }
  return null
}

const Records = z.array(z.unknown()).min(1)
const Holder = z.record(z.string(), z.unknown())

/** The document itself, or what its keys hold; Config of AWS has rows that are JSON in a text. */
function listsIn(document: unknown): unknown[][] {
  const holder = Holder.safeParse(document)
  return [document, ...(holder.success ? Object.values(holder.data) : [])].flatMap(value => {
    const list = Records.safeParse(value)
    return list.success ? [list.data.map(row => (typeof row === 'string' ? parsedRow(row) : row))] : []
  })
}

function parsedRow(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A table with a heading and commas, semicolons or tabs between; null for a text that is none, or of other things. */
export function readInventoryTable(text: string, knowledge: Knowledge): Findings | null {
  const [heading = ''] = text.split('\n', 1)
  const separator = [',', ';', '\t'].find(one => heading.includes(one))
  if (separator === undefined) return null
  const [names = [], ...lines] = cellsOf(text, separator)
  const rows = lines.flatMap(cells => rowOf(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))) ?? [])
  return rows.length === 0 ? null : findingsOfRows(rows, knowledge)
}

/** RFC 4180: cells may be quoted, and then hold separators, line breaks and doubled quotes. */
function cellsOf(text: string, separator: string): string[][] {
  const lines: string[][] = []
  let [cells, cell, isQuoted] = [[] as string[], '', false]
  const endCell = (): void => {
    cells.push(cell.trim())
    cell = ''
  }
  const endLine = (): void => {
    endCell()
    if (cells.some(one => one !== '')) lines.push(cells)
    cells = []
  }
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (isQuoted && character === '"' && text.charAt(at + 1) === '"') at++
    else if (character === '"') {
      isQuoted = !isQuoted
      continue
    } else if (!isQuoted && character === separator) {
      endCell()
      continue
    } else if (!isQuoted && character === '\n') {
      endLine()
      continue
    }
    if (cell.length < MAX_CELL_CHARACTERS) cell += character
  }
  endLine()
  return lines
}

const MAX_CELL_CHARACTERS = 2048

const Text = z.string().max(MAX_CELL_CHARACTERS)
const Sku = z.object({ name: Text })

/** A record of an inventory; null for one that says no type. */
function rowOf(value: unknown): Row | null {
  const holder = Holder.safeParse(value)
  if (!holder.success) return null
  const fields = new Map(
    Object.entries(holder.data).map(([key, one]) => [key.toLowerCase().replace(/[^a-z]/g, ''), one]),
  )
  const text = (...keys: string[]): string => {
    for (const key of keys) {
      const found = Text.safeParse(fields.get(key))
      if (found.success && found.data !== '') return found.data
    }
    return ''
  }
  const arns = [...fields].flatMap(([key, one]) => (/(?:arn|identifier|^id)$/.test(key) ? [String(one)] : []))
  const arn = arns.find(one => one.startsWith('arn:') && one.length <= MAX_CELL_CHARACTERS) ?? ''
  const type = text('assettype', 'resourcetype', 'type')
  if (arn === '' && type === '') return null
  const sku = Sku.safeParse(fields.get('sku'))
  const count = Number(fields.get('n') ?? fields.get('count') ?? fields.get('total') ?? 1)
  return {
    type,
    service: text('service'),
    arn,
    attributes: {
      location: text('location'),
      region: text('region', 'awsregion'),
      zone: text('zone', 'availabilityzone'),
      kind: text('kind') || undefined,
      sku_name: sku.success ? sku.data.name : undefined,
      arn: arn || undefined,
    },
    count: Number.isSafeInteger(count) && count > 0 && count < 1e9 ? count : 1,
  }
}

function findingsOfRows(rows: readonly Row[], knowledge: Knowledge): Findings {
  const { types, places, readWords } = knowledge
  const resources: Resource[] = []
  const inWords: Findings = { found: [], notUnderstood: [] }
  for (const { type, service, arn, attributes, count } of rows) {
    const place = (cloud: string) => places.of(cloud, attributes)
    if (arn !== '') {
      const [, , name = '', , , ...rest] = arn.split(':')
      const key = `${name}:${/^[a-z-]{1,60}(?=[:/])/.exec(rest.join(':'))?.[0] ?? ''}`
      resources.push({ type: key, targets: types.arn(key), place: place('aws'), count })
    } else if (type.includes('::'))
      resources.push({ type, targets: types.cloudformation(type), place: place('aws'), count })
    else if (type.includes('.googleapis.com/'))
      resources.push({ type, targets: types['google-assets'](type), place: place('google'), count })
    else if (/^[a-z]+(?:\.[a-z]+)*\//i.test(type)) resources.push(azureResource(type, attributes, knowledge, count))
    else if (/^[a-z0-9-]+:[a-z0-9/-]+$/.test(type))
      resources.push({ type, targets: types.arn(type), place: place('aws'), count })
    else {
      const { region, location, zone } = attributes
      const named = portalNames.get(type.toLowerCase()) ?? type
      // a thing in a region is not all that runs there
      const found = readWords([service, named, zone || region || location].join(' ')).filter(
        one => !('use' in one && one.use.kind === 'region'),
      )
      const unknown: NotUnderstood = { kind: 'type', what: '?', count }
      if (found.length === 0) inWords.notUnderstood.push(unknown)
      inWords.found.push(...found.map(finding => ({ ...finding, count })))
    }
  }
  const { found, notUnderstood } = findingsOf(resources, knowledge)
  return { found: [...found, ...inWords.found], notUnderstood: [...notUnderstood, ...inWords.notUnderstood] }
}

/** What the portal of Azure calls a type, and its service is called nowhere else. */
const portalNames: ReadonlyMap<string, string> = new Map([
  ['disk', 'Managed disks'],
  ['kubernetes service', 'AKS'],
  ['network interface', 'Virtual Network'],
  ['search service', 'AI Search'],
  ['sql server', 'SQL Database'],
])
