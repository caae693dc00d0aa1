import { z } from 'zod'
import { isActive, isEnded } from '../../shared/domain/incident.ts'
import { fail, type Instant, ok } from '../../shared/domain/primitives.ts'
import { type Component, type Impact, type Stage, type Status, worst } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, markdownText, oneLine } from '../text/plain-text.ts'
import { documentIn } from '../text/web-url.ts'
import { noteOrigin } from './fragments.ts'
import { listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { orderUpdates, readingOfLists, recordId, serviceNames } from './reading.ts'
import { lookUp, openLifecycleOf, saidStatus } from './status-words.ts'

/**
 * A status page of FireHydrant in one document: its components, and its whole history of incidents. Conditions are the
 * page's own words, which it translates itself. A component has the condition that an open incident gives it.
 * @see https://status.firehydrant.com/data/payload.json
 */
export const firehydrant: Reader = {
  address: url => documentIn(url, '/data/payload.json', /\/data\/payload\.json$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = Page.safeParse(json.value)
    if (!page.success)
      return fail(
        'the answer is JSON, but no page of FireHydrant (`conditions` and `components` are missing): check the address',
      )
    const { conditions, components, incidents } = page.data
    const statusOf = (word: string): Status | null => lookUp(statuses, conditions.get(word) ?? word)
    const told = readEntries(incidents, {
      what: 'incidents',
      needs: 'an id, a title and a time in `timestamps`',
      schema: Entry,
      max: 5000,
      read: entry => (isPast(entry, context.now) ? [] : one(toldBy(entry, statusOf, context))),
    })
    if (!told.ok) return told
    const parts = readEntries(components, {
      what: 'components',
      needs: 'an id and a name',
      schema: Named,
      max: 2000,
      read: part => one(componentOf(part, told.value, context)),
    })
    return readingOfLists({ incidents: [ok(told.value.map(({ incident }) => incident))], components: [parts] })
  },
}

const Named = z.object({ id: word, name: word })
const Affected = Named.extend({ condition: word })
const Entry = z.object({
  id: word,
  title: word,
  severitySlug: word,
  timestamps: z.record(z.string(), word).catch({}),
  components: listOf(Affected, 500),
  /** Read of the incidents that count alone. */
  timeline: unread,
})
type Entry = z.output<typeof Entry>
const Page = z.object({
  conditions: z.record(z.string(), word).transform(own => new Map(Object.entries(own))),
  components: z.custom<unknown[]>(Array.isArray),
  incidents: unread,
})

/** A note is a text, or an object that holds one. */
const Note = z.union([z.string(), z.object({ note: word }).transform(({ note }) => note)]).catch('')
const Moment = z.object({ occurredAt: word, time: word, details: z.object({ note: Note }).catch({ note: '' }) })

/** What ended longer ago than this, in ms, is left out: the document has years of it. */
const PAST_MS = 30 * 86_400_000
const isPast = ({ timestamps }: Entry, now: number): boolean => {
  const end = parseDate(timestamps.resolved ?? '')
  return end !== null && now - Date.parse(end) > PAST_MS
}

/** An incident, and the status that it gives to each component, by the component's id. */
type Told = { incident: ReadIncident; hits: Map<string, Status> }

function toldBy(entry: Entry, statusOf: (word: string) => Status | null, context: ReadContext): Told | null {
  const { source, places, now } = context
  const { timestamps } = entry
  const title = oneLine(entry.title)
  // `acknowledged` is the day of the import for incidents that were brought from elsewhere.
  const times = ['started', 'detected', 'investigating', 'acknowledged'].map(name => parseDate(timestamps[name] ?? ''))
  const startedAt = times.find(at => at !== null) ?? null
  if (entry.id === '' || title === '' || startedAt === null) return null
  const end = parseDate(timestamps.resolved ?? '')
  const planned = entry.severitySlug.toUpperCase() === 'MAINTENANCE'
  const updates = updatesOf(entry, planned)
  const status = planned ? plannedStage(startedAt, end, now) : end === null ? openStage(updates) : 'resolved'
  // A word that the page does not translate is no good one, as the part is named.
  const hits = new Map(entry.components.map(part => [part.id, statusOf(part.condition) ?? 'degraded_performance']))
  const services = serviceNames(entry.components.map(({ name }) => name))
  const incident: ReadIncident = {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind: planned ? 'maintenance' : 'incident',
    title: clip(title, 300),
    status,
    rawStatus: null,
    impact: planned ? 'maintenance' : (lookUp(impacts, entry.severitySlug) ?? 'minor'),
    ...placesOfIncident(mergePlaces([title, ...services].map(text => places(source.provider, text)))),
    services,
    startedAt,
    updatedAt: latest([end, updates[0]?.at ?? null]) ?? startedAt,
    resolvedAt: isEnded({ status }) ? end : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil: null,
    url: source.url,
    updates,
  }
  return { incident: noteOrigin(incident, entry), hits }
}

const plannedStage = (from: Instant, end: Instant | null, now: number): Stage =>
  end !== null ? 'completed' : Date.parse(from) > now ? 'scheduled' : 'in_progress'

const openStage = (updates: readonly IncidentUpdate[]): Stage => {
  const last = updates[0]?.status ?? 'investigating'
  return isEnded({ status: last }) ? 'monitoring' : last
}

const impacts = new Map<string, Impact>([
  ['sev1', 'critical'],
  ['sev2', 'major'],
  ['sev3', 'minor'],
  ['sev4', 'minor'],
])

/** The canonical conditions. */
const statuses = new Map<string, Status>([
  ['operational', 'operational'],
  ['degraded', 'degraded_performance'],
  ['offline', 'major_outage'],
])

/** Moments without words, such as a milestone, are left out. Notes from elsewhere begin with their state in bold. */
function updatesOf(entry: Entry, planned: boolean): IncidentUpdate[] {
  return orderUpdates(
    listOf(Moment, 500)
      .parse(entry.timeline)
      .flatMap((moment): IncidentUpdate[] => {
        const at = parseDate(moment.occurredAt) ?? parseDate(moment.time)
        const text = markdownText(moment.details.note).replace(/^[^\p{L}\p{N}]{1,5}(?=\p{L}{4,20} [—–-] )/u, '')
        if (at === null || text === '') return []
        const said = saidStatus('', text)?.status ?? null
        return [{ id: at, at, status: planned ? 'in_progress' : (said ?? openLifecycleOf('', text)), text }]
      }),
  )
}

function componentOf(part: z.output<typeof Named>, told: readonly Told[], { source, places }: ReadContext) {
  const name = oneLine(part.name)
  if (part.id === '' || name === '') return null
  const statuses = told
    .filter(({ incident }) => isActive(incident))
    .flatMap(({ incident, hits }): Status[] => {
      const status = hits.get(part.id)
      if (status === undefined) return []
      return [incident.kind === 'maintenance' && status !== 'operational' ? 'under_maintenance' : status]
    })
  const component: Component = {
    id: recordId(source.id, part.id),
    provider: source.provider,
    name: clip(name, 200),
    status: worst(statuses),
    rawStatus: null,
    regions: places(source.provider, name).regions,
  }
  return component
}
