import { z } from 'zod'
import { isActive, isEnded, statusOfIncident } from '../../shared/domain/incident.ts'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { type Component, Impact, IncidentStatus, type Stage, type Status, worst } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { withoutQuery } from '../text/web-url.ts'
import type { Answer } from './answer.ts'
import { noteOrigin } from './fragments.ts'
import { listOf, one, readEntries, readJson, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { readingOfLists, recordId, serviceNames } from './reading.ts'
import { lookUp, ownWord } from './status-words.ts'

/**
 * Zendesk's own status in two documents of JSON:API: incidents with the services that they touch, and all services. A
 * service has no state of its own: it is well unless an open incident touches it. A subdomain in the address
 * (`?subdomain=acme`) narrows both to the pod that serves it; without one they are about all of Zendesk.
 * @see https://status.zendesk.com/
 */
export const zendesk: Reader = {
  address: url => documentOf(url, 'incidents'),
  also: url => documentOf(url, 'services'),
  accept: 'application/json',
  complete: true,
  detection: {
    tried: 'at-home',
    isNarrowed: url => subdomainIn(url) !== undefined,
    isHome: url => /^https?:\/\/status\.zendesk\.com(?:\/|$)|\/api\/ssp\/\w+\.json$/.test(url),
  },
  async read(answer, context) {
    const page = listIn(answer, 'incidents')
    if (!page.ok) return page
    if (answer.also === undefined) return fail('the services were not fetched: they have an address of their own')
    const services = listIn(answer.also, 'services')
    if (!services.ok) return services
    const told = readEntries(page.value.data, {
      what: 'incidents',
      needs: 'an id, a name and a startedAt',
      schema: Entry,
      max: 500,
      read: entry => (entry.attributes.internalToolsOnly ? [] : one(toldBy(entry, page.value.included, context))),
    })
    if (!told.ok) return told
    const components = readEntries(services.value.data, {
      what: 'services',
      needs: 'an id and a name',
      schema: Service,
      max: 1000,
      read: service => (service.attributes.deprecated ? [] : one(componentOf(service, told.value, context))),
    })
    return readingOfLists({ incidents: [ok(told.value.map(({ incident }) => incident))], components: [components] })
  },
}

function documentOf(url: string, name: 'incidents' | 'services'): string {
  const subdomain = subdomainIn(url)
  const page = withoutQuery(url).replace(/\/(?:api\/ssp\/\w+\.json)?$/, '')
  return `${page}/api/ssp/${name}.json${subdomain === undefined ? '' : `?subdomain=${subdomain}`}`
}

const subdomainIn = (url: string): string | undefined => /[?&]subdomain=([\w-]{1,63})(?:[&#]|$)/i.exec(url)?.[1]

/** A list of JSON:API; `what` it lists, in the plural, for the message. */
function listIn(answer: Answer, what: string): Result<z.output<typeof List>> {
  const json = readJson(answer)
  if (!json.ok) return fail(`${what}: ${json.error}`)
  const list = List.safeParse(json.value)
  return list.success
    ? ok(list.data)
    : fail(`the answer is JSON, but not Zendesk's list of ${what} (\`data\` is no list): check the address`)
}

const flag = z
  .unknown()
  .transform(value => value === true)
  .prefault(false)

/** An incident at a service. It may be over there before it is over. */
const LinkAttributes = z.object({
  incidentId: word,
  serviceId: word,
  serviceName: word,
  outage: flag,
  degradation: flag,
  resolvedAt: word,
})
const Link = z.object({ id: word, type: z.literal('incidentService'), attributes: LinkAttributes })
type Link = z.output<typeof Link>
const List = z.object({ data: z.custom<unknown[]>(Array.isArray), included: listOf(Link, 5000) })

const Entry = z.object({
  id: word,
  attributes: z.object({
    name: word,
    impact: word,
    status: word,
    outage: flag,
    startedAt: word,
    resolvedAt: word,
    internalToolsOnly: flag,
  }),
  relationships: z
    .object({ incidentServices: z.object({ data: listOf(z.object({ id: word }), 500) }) })
    .catch({ incidentServices: { data: [] } }),
})
type Entry = z.output<typeof Entry>
const Service = z.object({ id: word, attributes: z.object({ name: word, deprecated: flag }) })

/** An incident, and the services that it touches: of an open one those where it is not over. */
type Told = { incident: ReadIncident; links: Link[] }

function toldBy(entry: Entry, included: readonly Link[], { source, places, now }: ReadContext): Told | null {
  const { attributes } = entry
  const title = oneLine(attributes.name)
  const startedAt = parseDate(attributes.startedAt)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const named = new Set(entry.relationships.incidentServices.data.map(({ id }) => id))
  const all = included.filter(({ id, attributes: link }) => named.has(id) || link.incidentId === entry.id)
  const planned = attributes.impact === 'maintenance'
  const known = lookUp(planned ? plannedWords : words, attributes.status)
  const end = parseDate(attributes.resolvedAt)
  // An end that is ahead is a plan.
  const isOver = (end !== null && Date.parse(end) <= now) || /^(?:resolved|completed)$/i.test(attributes.status.trim())
  const begun = Date.parse(startedAt) <= now ? 'in_progress' : 'scheduled'
  const open = known ?? (planned ? begun : 'investigating')
  const status = isOver ? (planned ? 'completed' : 'resolved') : open
  const touched = all.filter(link => link.attributes.resolvedAt === '')
  const links = isOver || touched.length === 0 ? all : touched
  const services = serviceNames(links.map(link => link.attributes.serviceName))
  const incident: ReadIncident = {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind: planned ? 'maintenance' : 'incident',
    title: clip(title, 300),
    status,
    rawStatus: isOver || known !== null ? null : ownWord(attributes.status),
    impact: planned ? 'maintenance' : impactOf(attributes),
    ...placesOfIncident(mergePlaces([title, ...services].map(text => places(source.provider, text)))),
    services,
    startedAt,
    updatedAt: isOver ? (end ?? startedAt) : startedAt,
    resolvedAt: isEnded({ status }) ? (end ?? startedAt) : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil: planned ? end : null,
    url: source.url,
    updates: [],
  }
  return { incident: noteOrigin(incident, entry, ...links), links }
}

const words = new Map<string, Stage>(IncidentStatus.options.map(status => [status, status]))
const plannedWords = new Map<string, Stage>([
  ['scheduled', 'scheduled'],
  ['inprogress', 'in_progress'],
  ['verifying', 'verifying'],
])

function impactOf({ impact, outage }: Entry['attributes']): Impact {
  const said = Impact.safeParse(impact.trim().toLowerCase()).data
  return said ?? (outage ? 'major' : 'minor')
}

function componentOf(
  { id, attributes }: z.output<typeof Service>,
  told: readonly Told[],
  { source, places }: ReadContext,
): Component | null {
  const name = oneLine(attributes.name)
  if (id === '' || name === '') return null
  const statuses = told
    .filter(({ incident }) => isActive(incident))
    .flatMap(({ incident, links }) =>
      links
        .filter(link => link.attributes.serviceId === id && link.attributes.resolvedAt === '')
        .map(link => statusOf(link, incident)),
    )
  return {
    id: recordId(source.id, id),
    provider: source.provider,
    name: clip(name, 200),
    status: worst(statuses),
    rawStatus: null,
    regions: places(source.provider, name).regions,
  }
}

const statusOf = ({ attributes }: Link, incident: ReadIncident): Status =>
  incident.kind === 'maintenance'
    ? 'under_maintenance'
    : attributes.outage
      ? 'major_outage'
      : attributes.degradation
        ? 'degraded_performance'
        : statusOfIncident(incident)
