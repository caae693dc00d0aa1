import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { fail, type Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import type { Component, Impact, Stage, Status } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { documentIn, webUrl, withoutQuery } from '../text/web-url.ts'
import { listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { groupedPart, orderUpdates, partNameAmong, readingOfLists, recordId, serviceNames } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * The summary of a Statuspal page: services in services, open incidents and maintenances. Its times are in the zone of
 * the page.
 * @see https://www.statuspal.io/api-docs
 */
export const statuspal: Reader = {
  /** The page's address at Statuspal, or the API's. A page on its own domain does not reveal its name there. */
  address: url => {
    const [, page, host] = /^https?:\/\/([^./]+)\.(statuspal\.(?:io|eu))(?:[/?#]|$)/i.exec(url) ?? []
    if (page !== undefined && !/^(?:www|api)$/i.test(page)) return `https://${host}/api/v2/status_pages/${page}/summary`
    const other = OTHER_DOCUMENT.exec(withoutQuery(url))
    return documentIn(other?.[1] ?? url, '/summary', /\/summary$/)
  },
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const summary = Summary.safeParse(json.value)
    if (!summary.success)
      return fail(
        'the answer is JSON, but no Statuspal summary (`status_page` or `services` is missing): use https://statuspal.io/api/v2/status_pages/<name>/summary',
      )
    const { status_page: page, services, incidents, maintenances, upcoming_maintenances } = summary.data
    const all = servicesIn(services, '', 0)
    if (!all.ok) return all
    const parts = all.value
      .slice(0, MAX_SERVICES)
      .map(service => ({ service, component: componentOf(service, context) }))
    const components = parts.map(({ component }) => component)
    // A service of services counts as one itself only while it is not well.
    const listed = parts.filter(({ service, component }) => !isGroup(service) || component.status !== 'operational')
    const zone = isZone(page.time_zone) ? page.time_zone : 'utc'
    const read = (list: unknown, kind: ReadIncident['kind'], what: string) =>
      incidentsIn(list, { kind, what, zone, components }, context)
    const reading = readingOfLists({
      incidents: [
        read(incidents, 'incident', 'incidents'),
        read(maintenances, 'maintenance', 'maintenances'),
        read(upcoming_maintenances, 'maintenance', 'upcoming_maintenances'),
      ],
      components: [ok(listed.map(({ component }) => component))],
    })
    if (!reading.ok || isZone(page.time_zone)) return reading
    const note = `the time zone of the page is unknown (${ownWord(page.time_zone) ?? 'none'}): its times are read as UTC`
    return ok({ ...reading.value, note })
  },
}

/** Another document of the same page. */
const OTHER_DOCUMENT = /^(.{1,1000}\/status_pages\/[^/]{1,200})\/(?:status|incidents)$/

const Summary = z.object({
  status_page: z.object({ time_zone: word }),
  services: z.custom<unknown[]>(Array.isArray),
  incidents: unread,
  maintenances: unread,
  upcoming_maintenances: unread,
})

const isZone = (zone: string): boolean => parseDate('2026-01-01 00:00', zone) !== null

/** `null` is a type as well: none. */
const IncidentType = z.union([z.null().transform(() => 'none'), word])
const Service = z.object({ id: word, name: word, current_incident_type: IncidentType, children: unread })
/** `within`: the name of the service that it is part of. */
type Service = z.output<typeof Service> & { within: string }

const isGroup = ({ children }: Service): boolean => Array.isArray(children) && children.length > 0

/** Services may have services, which are listed here behind them. */
const MAX_DEPTH = 6
const MAX_SERVICES = 3000

function servicesIn(list: unknown, within: string, depth: number): Result<Service[]> {
  const own = readEntries(list, {
    what: 'services',
    needs: 'an id and a name',
    schema: Service,
    max: 1000,
    read: service => (service.id === '' || oneLine(service.name) === '' ? null : [{ ...service, within }]),
  })
  if (!own.ok || depth === MAX_DEPTH) return own
  const all: Service[] = []
  for (const service of own.value) {
    const inner = servicesIn(service.children, service.name, depth + 1)
    if (!inner.ok) return inner
    all.push(service, ...inner.value)
  }
  return ok(all)
}

function componentOf(service: Service, context: ReadContext): Component {
  const raw = service.current_incident_type
  const status = lookUp(statuses, raw)
  return {
    ...groupedPart(service.id, oneLine(service.name), service.within, context),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(raw) : null,
  }
}

const statuses = new Map<string, Status>([
  ['none', 'operational'],
  ['minor', 'degraded_performance'],
  ['major', 'partial_outage'],
  ['scheduled', 'under_maintenance'],
])

const Update = z.object({ id: word, type: word, description: word, description_html: word, posted_at: word })
const Entry = z.object({
  id: word,
  title: word,
  type: word,
  starts_at: word,
  ends_at: word,
  updated_at: word,
  service_ids: listOf(word, 1000),
  url: word,
  updates: listOf(Update, 500),
})
type Entry = z.output<typeof Entry>

type Listed = { kind: ReadIncident['kind']; what: string; zone: string; components: readonly Component[] }

const incidentsIn = (list: unknown, listed: Listed, context: ReadContext): Result<ReadIncident[]> =>
  readEntries(list, {
    what: listed.what,
    needs: 'an id, a title and a starts_at',
    schema: Entry,
    max: 500,
    read: entry => one(incidentOf(entry, listed, context)),
  })

function incidentOf(entry: Entry, { kind: list, zone, components }: Listed, context: ReadContext): ReadIncident | null {
  const { source, places, now } = context
  const title = oneLine(entry.title)
  const startedAt = parseDate(entry.starts_at, zone)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const kind = lookUp(statuses, entry.type) === 'under_maintenance' ? 'maintenance' : list
  const endsAt = parseDate(entry.ends_at, zone)
  const phase = Date.parse(startedAt) > now ? 'ahead' : endsAt !== null && Date.parse(endsAt) <= now ? 'over' : 'on'
  const updates = updatesOf(entry, { kind, zone, startedAt, isOver: phase === 'over' })
  const open = phase === 'over' ? 'resolved' : (updates[0]?.status ?? 'investigating')
  const status = kind === 'maintenance' ? maintenanceIn[phase] : open
  const ids = new Set(entry.service_ids.map(id => recordId(source.id, id)))
  const parts = components.filter(({ id }) => ids.has(id))
  const where = mergePlaces([
    places(source.provider, title),
    ...parts.map(({ regions }) => ({ regions, global: false })),
  ])
  const ended = isEnded({ status })
  const updatedAt =
    latest([parseDate(entry.updated_at, zone), updates[0]?.at ?? null, ended ? endsAt : null]) ?? startedAt
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status,
    rawStatus: null,
    impact: kind === 'maintenance' ? 'maintenance' : (lookUp(impacts, entry.type) ?? 'minor'),
    ...placesOfIncident(where),
    services: serviceNames(parts.map(part => partNameAmong(part, components))),
    startedAt,
    updatedAt,
    resolvedAt: ended ? (endsAt ?? updatedAt) : null,
    scheduledFor: kind === 'maintenance' ? startedAt : null,
    scheduledUntil: kind === 'maintenance' ? endsAt : null,
    url: webUrl(entry.url),
    updates,
  }
}

const maintenanceIn = { ahead: 'scheduled', on: 'in_progress', over: 'completed' } as const
const impacts = new Map<string, Impact>([
  ['minor', 'minor'],
  ['major', 'major'],
])

type Phase = { kind: ReadIncident['kind']; zone: string; startedAt: Instant; isOver: boolean }

/** Newest first. The last word on what is over is its end; before that, 'resolved' is a promise. */
function updatesOf(entry: Entry, { kind, zone, startedAt, isOver }: Phase): IncidentUpdate[] {
  const told = entry.updates.flatMap(update => {
    const at = parseDate(update.posted_at, zone)
    const text = plainText(update.description_html || update.description)
    return at === null ? [] : [{ id: clip(oneLine(update.id), 120) || at, at, type: update.type, text }]
  })
  const newest = latest(told.map(({ at }) => at))
  return orderUpdates(
    told.map(({ id, at, type, text }) => {
      const isLast = isOver && at === newest
      const open = lookUp(stages, type) ?? openLifecycleOf('', text)
      const planned = isLast ? 'completed' : at < startedAt ? 'scheduled' : 'in_progress'
      return { id, at, status: kind === 'maintenance' ? planned : isLast ? 'resolved' : open, text }
    }),
  )
}

const stages = new Map<string, Stage>([
  ['investigating', 'investigating'],
  ['identified', 'identified'],
  ['monitoring', 'monitoring'],
])
