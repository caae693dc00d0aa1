import { hash } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result, text } from '../domain/primitives.ts'
import { Service, type ServiceId } from '../domain/service.ts'
import { readTexts } from '../regions/catalogue.ts'
import { parseProviderTables, type TableShape } from '../regions/table.ts'
import { foldKey, foldName } from './service-names.ts'

/** A service with what only readers of feeds need: the keys by which its provider's feeds name it. */
const KnownService = Service.extend({ keys: z.array(text(60).min(1)) })
export type KnownService = z.infer<typeof KnownService>

/** Every known service, those of a provider by rank. */
export type Services = ReadonlyMap<ServiceId, KnownService>

/**
 * The texts of `<provider>.tsv` files → the services. Pure, never throws. A failure lists every problem, one a line.
 * @see parseTable
 */
export function parseServices(files: readonly { name: string; text: string }[]): Result<Services> {
  const services = new Map<ServiceId, KnownService>()
  const { tables, problems } = parseProviderTables(files, shapeOf)
  for (const { name, rows } of tables) {
    const owners = new Map<string, string>()
    const slugs = new Set<ServiceId>()
    rows.forEach(({ line, row }, at) => {
      const fail = (problem: string) => problems.push(`${name} line ${line}: ${problem}`)
      if (slugs.has(row.id)) fail(`'service: ${slugOf(row.id)}' has a line already: keep one line a service`)
      slugs.add(row.id)
      for (const word of [row.name, ...row.aliases, ...row.keys.map(key => `key ${foldKey(key)}`)]) {
        const owner = owners.get(foldName(word))
        if (owner !== undefined) fail(`'${word}' names ${owner} already: let one name be of one service`)
        owners.set(foldName(word), slugOf(row.id))
      }
      services.set(row.id, { ...row, rank: at + 1 })
    })
    for (const { line, row } of rows) {
      const wrong = wrongUnder(row, services)
      if (wrong !== null) problems.push(`${name} line ${line}: 'under: ${slugOf(row.under ?? '')}' ${wrong}`)
    }
  }
  return problems.length > 0 ? fail(problems.join('\n')) : ok(services)
}

/** The services of all `*.tsv` in a directory. Throws an Error with the problems, one a line. */
export async function loadServices(dir: URL): Promise<Services> {
  const services = parseServices(await readTexts(dir, '.tsv', 'services: add a file named <provider>.tsv'))
  if (!services.ok) throw new Error(services.error)
  return services.value
}

/** Another text for every other catalogue: what was read by one is read again by the next. */
export const versionOf = (services: Services): string =>
  hash('sha256', JSON.stringify([...services.values()]), 'hex').slice(0, 12)

const slugOf = (id: ServiceId): string => id.slice(id.indexOf('/') + 1)

function wrongUnder({ id, under }: KnownService, services: Services): string | null {
  if (under !== null && !services.has(under)) return 'has no line: write the first column of another service'
  const seen = new Set([id])
  for (let wider = under; wider !== null; wider = services.get(wider)?.under ?? null) {
    if (seen.has(wider)) return 'closes a circle: leave it out of the widest service'
    seen.add(wider)
  }
  return null
}

const columns = ['service', 'name', 'aliases', 'keys', 'category', 'scope', 'under', 'broad'] as const

const shapeOf = (provider: string): TableShape<(typeof columns)[number], KnownService> => ({
  columns,
  rules: {
    service: 'is not a service: use small letters, digits and hyphens',
    name: 'is not a name: write 1 to 120 characters',
    aliases: 'are not names: write some of 1 to 120 characters, with | between them',
    keys: 'are not keys: write some of 1 to 60 characters, with | between them',
    category: `is not a category: use ${Service.shape.category.options.join(', ')}`,
    scope: `is not a scope: use ${Service.shape.scope.options.join(', ')}`,
    under: 'is not a service: write the first column of another line, or nothing',
    broad: "is neither 'broad' nor empty",
  },
  parse: cells => Row.transform(row => serviceOf(provider, row)).safeParse(cells),
})

const list = (cell: string): string[] => (cell === '' ? [] : cell.split('|'))
const Row = z.object({
  service: z.string().regex(/^[a-z0-9-]{1,64}$/),
  name: text(120).min(1),
  aliases: z
    .string()
    .transform(list)
    .pipe(z.array(text(120).min(1))),
  keys: z.string().transform(list).pipe(KnownService.shape.keys),
  category: Service.shape.category,
  scope: Service.shape.scope,
  under: z.string().regex(/^[a-z0-9-]{0,64}$/),
  broad: z.enum(['', 'broad']),
})

const serviceOf = (provider: string, { service, under, broad, ...row }: z.infer<typeof Row>): KnownService => ({
  id: `${provider}/${service}`,
  ...row,
  under: under === '' ? null : `${provider}/${under}`,
  isBroad: broad === 'broad',
  rank: 1,
})
