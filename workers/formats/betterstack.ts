import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { descending } from '../../shared/domain/order.ts'
import { fail, type Instant } from '../../shared/domain/primitives.ts'
import type { Component, Impact, Status } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { documentIn } from '../text/web-url.ts'
import { noteOrigin } from './fragments.ts'
import { listOf, one, readEntries, readJson, recordsOf, unread, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { groupedPart, orderUpdates, partNameAmong, readingOfLists, recordId, serviceNames } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * A Better Stack page as JSON:API: its resources, and reports of open, planned and recently ended events.
 * @see https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates/subscribing-to-api/
 */
export const betterstack: Reader = {
  address: url => documentIn(url, '/index.json', /\/index\.json$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = BetterstackPage.safeParse(json.value)
    if (!page.success)
      return fail(
        'the answer is JSON, but no Better Stack page (`data` of type status_page is missing): check the address',
      )
    const entries = readEntries(page.data.included, {
      what: 'included resources',
      needs: 'an id and a type',
      schema: BetterstackEntry,
      max: 10_000,
      read: entry => (entry.id === '' || entry.type === '' ? null : [entry]),
    })
    if (!entries.ok) return entries
    const included = entries.value
    const reports = included.filter(({ type }) => type === 'status_report').slice(0, 500)
    const resources = included.filter(({ type }) => type === 'status_page_resource')
    const sections = sectionsIn(included)
    const components = recordsOf(resources, resources.length, {
      what: 'resources',
      needs: 'a public_name',
      read: resource => one(componentOf(resource, sections, context)),
    })
    if (!components.ok) return components
    return readingOfLists({
      incidents: [
        recordsOf(reports, reports.length, {
          what: 'reports',
          needs: 'an id, a title and a starts_at',
          read: report => one(betterstackIncident(report, included, components.value, context)),
        }),
      ],
      components: [components],
    })
  },
}

/** The names of the sections by their ids. */
const sectionsIn = (included: Included[]): Map<string, string> =>
  new Map(
    included
      .filter(({ type }) => type === 'status_page_section')
      .map(({ id, attributes }) => [id, attributes.name] as const),
  )

function componentOf(
  { id, attributes }: Included,
  sections: ReadonlyMap<string, string>,
  context: ReadContext,
): Component | null {
  const name = oneLine(attributes.public_name)
  if (name === '') return null
  const status = lookUp(statuses, attributes.status)
  const section = sections.get(attributes.status_page_section_id) ?? ''
  return {
    ...groupedPart(id, name, section, context),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(attributes.status) : null,
  }
}

/** `not_monitored` is unknown. */
const statuses = new Map<string, Status>([
  ['operational', 'operational'],
  ['maintenance', 'under_maintenance'],
  ['degraded', 'degraded_performance'],
  ['downtime', 'major_outage'],
])

const Affected = z.object({ status_page_resource_id: word, status: word })
const Reference = z.object({ id: word })

/** Of a section, a resource, a report or an update. Attributes that a type lacks are ''. */
const Attributes = z.object({
  name: word,
  public_name: word,
  status: word,
  status_page_section_id: word,
  title: word,
  report_type: word,
  starts_at: word,
  ends_at: word,
  aggregate_state: word,
  affected_resources: listOf(Affected, 500),
  message: word,
  published_at: word,
  status_report_id: word,
})

const BetterstackEntry = z.object({
  id: word,
  type: word,
  attributes: Attributes.catch(Attributes.parse({})),
  relationships: z
    .object({ status_updates: z.object({ data: listOf(Reference, 500) }) })
    .catch({ status_updates: { data: [] } }),
})
type Included = z.output<typeof BetterstackEntry>

/** @see https://betterstack.com/docs/uptime/api/status-page-reports-api-response-params/ */
const BetterstackPage = z.object({ data: z.object({ type: z.literal('status_page') }), included: unread })

/**
 * A `status_report` and its included updates → Incident; null where it has no id, title or start.
 * @param components those of the page: a report is in the regions of the components that it affects
 */
function betterstackIncident(
  report: Included,
  included: Included[],
  components: readonly Component[],
  context: ReadContext,
): ReadIncident | null {
  const { source, places, now } = context
  const { attributes } = report
  const title = oneLine(attributes.title)
  const startedAt = parseDate(attributes.starts_at)
  if (report.id === '' || title === '' || startedAt === null) return null
  const planned = attributes.report_type === 'maintenance'
  const endsAt = parseDate(attributes.ends_at)
  const state = lookUp(states, attributes.aggregate_state)
  const notes = notesOf(report, included)
  const phase = phaseOf(startedAt, planned ? endsAt : null, state === 'over', now)
  const updates = updatesOf(notes, planned, startedAt, phase)
  const status = planned
    ? maintenanceIn[phase]
    : phase === 'over'
      ? 'resolved'
      : (updates[0]?.status ?? 'investigating')
  const updatedAt = latest([updates[0]?.at ?? null, phase === 'over' ? endsAt : null]) ?? startedAt
  const affected = [report, ...notes.map(({ note }) => note)].flatMap(entry => entry.attributes.affected_resources)
  const hit = new Set(affected.map(part => recordId(source.id, part.status_page_resource_id)))
  const parts = components.filter(({ id }) => hit.has(id))
  const services = serviceNames(parts.map(part => partNameAmong(part, components)))
  const where = mergePlaces([
    places(source.provider, title),
    ...parts.map(({ regions }) => ({ regions, global: false })),
  ])
  const incident: ReadIncident = {
    id: recordId(source.id, report.id),
    provider: source.provider,
    kind: planned ? 'maintenance' : 'incident',
    title: clip(title, 300),
    status,
    rawStatus: state === null ? ownWord(attributes.aggregate_state) : null,
    impact: planned ? 'maintenance' : impactOf([attributes.aggregate_state, ...affected.map(part => part.status)]),
    ...placesOfIncident(where),
    services,
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? (endsAt ?? updatedAt) : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil: planned ? endsAt : null,
    url: null,
    updates,
  }
  return noteOrigin(incident, report, ...notes.map(({ note }) => note))
}

const states = new Map<string, 'over' | 'open'>([
  ['operational', 'over'],
  ['resolved', 'over'],
  ['maintenance', 'open'],
  ['degraded', 'open'],
  ['downtime', 'open'],
])

type Phase = 'ahead' | 'on' | 'over'
const maintenanceIn = { ahead: 'scheduled', on: 'in_progress', over: 'completed' } as const

/**
 * A report's lifecycle follows from its times and its state. `ends_at` is often missing; the state before the start is
 * arbitrary.
 */
function phaseOf(startedAt: Instant, endsAt: Instant | null, stateIsOver: boolean, now: number): Phase {
  if (Date.parse(startedAt) > now) return 'ahead'
  return stateIsOver || (endsAt !== null && Date.parse(endsAt) <= now) ? 'over' : 'on'
}

type Note = { at: Instant; note: Included }

/** The report's updates, newest first: they name it, or it names them. */
function notesOf(report: Included, included: Included[]): Note[] {
  const named = new Set(report.relationships.status_updates.data.map(({ id }) => id))
  return included
    .filter(({ type, id, attributes }) => {
      return type === 'status_update' && (named.has(id) || attributes.status_report_id === report.id)
    })
    .flatMap((note): Note[] => {
      const at = parseDate(note.attributes.published_at)
      return at === null ? [] : [{ at, note }]
    })
    .sort(descending('at'))
}

function updatesOf(notes: Note[], planned: boolean, startedAt: Instant, phase: Phase): IncidentUpdate[] {
  const updates = notes.flatMap(({ at, note }, index): IncidentUpdate[] => {
    const text = plainText(note.attributes.message)
    if (text === '') return []
    const last = index === 0 && phase === 'over'
    const status = planned
      ? maintenanceIn[last ? 'over' : at < startedAt ? 'ahead' : 'on']
      : last
        ? 'resolved'
        : openLifecycleOf('', text)
    return [{ id: clip(oneLine(note.id), 120) || at, at, status, text }]
  })
  return orderUpdates(updates)
}

/** The worst word of the report and its updates, so that an ended one keeps its severity. */
const impactOf = (words: string[]): Impact => (words.some(word => /^downtime$/i.test(word)) ? 'major' : 'minor')
