import { z } from 'zod'
import { groupBy } from '../../shared/domain/order.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { Component, Status } from '../../shared/domain/status.ts'
import { nearestWord } from '../../shared/yaml/yaml-file.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { withoutQuery } from '../text/web-url.ts'
import { noteOrigin } from './fragments.ts'
import { one, readEntries, readJson, recordsOf, unread, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { readingOfLists, recordId } from './reading.ts'
import { TrustEntry, trustIncident } from './salesforce-incident.ts'
import { lookUp, ownWord } from './status-words.ts'

/**
 * Salesforce Trust. A page's address means the open incidents of all products, without components; that of an instance
 * (`…/instances/NA137`) the instance with its incidents and maintenances; that of a product (`…/products/Heroku`) all
 * its instances, of which `?instances=NA137,EU45` keeps some. An instance does not say which cloud it runs on.
 * @see https://api.status.salesforce.com/v1/docs
 */
export const salesforceTrust: Reader = {
  address: documentOf,
  accept: 'application/json',
  complete: true,
  detection: {
    tried: 'at-home',
    isNarrowed: url => /\/(?:instances|products)\//.test(url) || isOfInstances(url),
    isHome: url =>
      /^https?:\/\/(?:api\.)?status\.salesforce\.com(?:\/|$)|\/v1\/(?:incidents\/active|instances\/)/.test(url),
  },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const { value } = json
    const isOne = Key.safeParse(value).success
    if (!Array.isArray(value) && !isOne)
      return fail("the answer is JSON, but not Salesforce's (no list, and no instance with a `key`): check the address")
    const list = Array.isArray(value) ? value : [value]
    return list.some(entry => Key.safeParse(entry).success) ? readInstances(list, context) : readActive(list, context)
  },
}

const Key = z.object({ key: z.string().min(1) })

/** The pages are on a host beside that of the data. */
function documentOf(url: string): string {
  const bare = withoutQuery(url)
  if (/\/v1\/(?:incidents\/active|instances\/(?:status\/preview|[\w-]{1,40}\/status))$/.test(bare)) return url
  const [page = bare] = bare.split(/\/(?:v1|instances|products)(?:\/|$)/)
  const api = `${page.replace(/\/$/, '').replace(/^(https?:\/\/)(?=status\.salesforce\.com$)/i, '$1api.')}/v1`
  const [, instance] = /\/instances\/([\w-]{1,40})/.exec(bare) ?? []
  const [, product] = /\/products\/([\w-]{1,80})/.exec(bare) ?? []
  if (instance !== undefined) return `${api}/instances/${instance}/status`
  if (product !== undefined) return `${api}/instances/status/preview?products=${product}`
  return isOfInstances(url) ? `${api}/instances/status/preview` : `${api}/incidents/active`
}

const isOfInstances = (url: string): boolean => chosenIn(url).length > 0

/** The keys of the instances that the configured address chooses. */
const chosenIn = (url: string): string[] =>
  (/[?&]instances=([\w,%-]{1,2000})/i.exec(url)?.[1] ?? '')
    .split(/,|%2c/i)
    .filter(key => key !== '')
    .map(key => key.toUpperCase())

/** The open incidents of all products. An empty list is a quiet time, unless instances were asked for. */
function readActive(list: readonly unknown[], context: ReadContext): ReturnType<typeof readingOfLists> {
  if (documentOf(context.source.url).includes('/instances/'))
    return fail('the answer lists no instance: check the name of the product in the address')
  return readingOfLists({ incidents: [incidentsIn('incident', [{ key: null, list }], context)] })
}

const Instance = z.object({ key: word, status: word, isActive: unread, Incidents: unread, Maintenances: unread })
type Instance = z.output<typeof Instance>

function readInstances(list: readonly unknown[], context: ReadContext): ReturnType<typeof readingOfLists> {
  const read = readEntries(list, {
    what: 'instances',
    needs: 'a key and a status',
    schema: Instance,
    max: 5000,
    read: ({ key, ...entry }) => {
      const name = clip(oneLine(key), 80)
      return name === '' || entry.status === '' ? null : entry.isActive === false ? [] : [{ key: name, ...entry }]
    },
  })
  if (!read.ok) return read
  const chosen = chosenIn(context.source.url)
  const keys = read.value.map(({ key }) => key.toUpperCase())
  const unknown = chosen.find(key => !keys.includes(key))
  if (unknown !== undefined) {
    const meant = nearestWord(unknown, keys)
    return fail(
      `no instance is called '${unknown}': ${meant === null ? 'the page of the product lists them' : `did you mean '${meant}'?`}`,
    )
  }
  const instances = read.value.filter(({ key }) => chosen.length === 0 || chosen.includes(key.toUpperCase()))
  const components = instances.map(instance => componentOf(instance, context))
  return readingOfLists({
    incidents: [
      incidentsIn(
        'incident',
        instances.map(({ key, Incidents }) => ({ key, list: Incidents })),
        context,
      ),
      incidentsIn(
        'maintenance',
        instances.map(({ key, Maintenances }) => ({ key, list: Maintenances })),
        context,
      ),
    ],
    components: [ok(components)],
  })
}

/** Each once, as every instance that it touches lists it. `key` is the instance's; null for a list of all instances. */
function incidentsIn(
  kind: ReadIncident['kind'],
  lists: readonly { key: string | null; list: unknown }[],
  context: ReadContext,
): Result<ReadIncident[]> {
  const words = { what: `${kind}s`, needs: 'an id and a time' }
  const found: { entry: TrustEntry; key: string | null }[] = []
  for (const { key, list } of lists) {
    const read = readEntries(list, {
      ...words,
      schema: TrustEntry,
      max: 1000,
      read: entry => (entry.id === '' ? null : [{ entry, key }]),
    })
    if (!read.ok) return read
    found.push(...read.value)
  }
  const groups = [...groupBy(found, ({ entry }) => entry.id).values()]
  return recordsOf(groups, groups.length, {
    ...words,
    read: group => {
      const [first] = group
      if (first === undefined) return null
      const incident = trustIncident(
        kind,
        first.entry,
        group.flatMap(({ key }) => key ?? []),
        context,
      )
      return one(noteOrigin(incident, first.entry))
    },
  })
}

/** Core is the main service itself. */
const statuses = new Map<string, Status>([
  ['ok', 'operational'],
  ['informational', 'operational'],
  ['minorincidentnoncore', 'degraded_performance'],
  ['minorincidentcore', 'degraded_performance'],
  ['majorincidentnoncore', 'partial_outage'],
  ['majorincidentcore', 'major_outage'],
  ['maintenancenoncore', 'under_maintenance'],
  ['maintenancecore', 'under_maintenance'],
  ['unplannedmaintenancecore', 'under_maintenance'],
])

function componentOf({ key, status: raw }: Instance, { source }: ReadContext): Component {
  const status = lookUp(statuses, raw)
  return {
    id: recordId(source.id, key),
    provider: source.provider,
    name: key,
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(raw) : null,
    regions: [],
  }
}
