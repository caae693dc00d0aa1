import { z } from 'zod'
import { fail, type Instant, type Result } from '../../shared/domain/primitives.ts'
import type { MaintenanceStatus } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, markdownText, oneLine } from '../text/plain-text.ts'
import { noteOrigin, readOrigins } from './fragments.ts'
import { listOf, one, recordsOf, word } from './json.ts'
import type { IncidentUpdate, ReadContext, ReadIncident } from './reader.ts'
import { orderUpdates, serviceNames } from './reading.ts'
import { ownWord } from './status-words.ts'

/**
 * The schedules of Cachet 3 → maintenances. Their list is paged as incidents are.
 * @see https://docs.cachethq.io/v3.x/api-reference/schedules/list-schedules
 */
export function readCachetSchedules(json: unknown, context: ReadContext): Result<ReadIncident[]> {
  const page = CachetPage.safeParse(json)
  if (!page.success) return fail(NO_LIST)
  const included = includedIn(page.data)
  const resources = readOrigins(page.data.data, entry => noteOrigin(Resource.safeParse(entry).data ?? null, entry))
  return recordsOf(resources, page.data.data.length, {
    what: 'schedules',
    needs: 'an id, a name and a date',
    read: resource => {
      const maintenance = maintenanceOf(resource, included, context)
      return one(noteOrigin(maintenance, resource, ...included(resource.relationships.updates).reverse()))
    },
  })
}

function maintenanceOf(
  resource: Resource,
  included: Included,
  { source, places, now }: ReadContext,
): ReadIncident | null {
  const { attributes, relationships } = resource
  const title = oneLine(attributes.name)
  const scheduledFor = dateOf(attributes.scheduled.string) ?? dateOf(attributes.created.string)
  if (resource.id === '' || title === '' || scheduledFor === null) return null
  const completedAt = dateOf(attributes.completed.string)
  const known = stages.get(attributes.status.value.trim().toLowerCase())
  const status = stageOf(known, scheduledFor, completedAt, now)
  const services = serviceNames(included(relationships.components).map(component => component.attributes.name))
  const where = mergePlaces([title, ...services].map(text => places(source.provider, text)))
  const updates = updatesOf(resource, included, status)
  const touched = [dateOf(attributes.updated.string), dateOf(attributes.created.string), updates[0]?.at ?? null]
  const updatedAt = latest(touched) ?? scheduledFor
  return {
    id: `${source.id}/schedule-${clip(resource.id, 80).toLowerCase()}`,
    provider: source.provider,
    kind: 'maintenance',
    title: clip(title, 300),
    status,
    rawStatus: known === undefined ? ownWord(attributes.status.value) : null,
    impact: 'maintenance',
    ...placesOfIncident(where),
    services,
    startedAt: scheduledFor,
    updatedAt,
    resolvedAt: status === 'completed' ? (completedAt ?? updatedAt) : null,
    scheduledFor,
    scheduledUntil: completedAt,
    url: null,
    updates,
  }
}

/** Codes, and the words of later versions. */
const stages = new Map<string, MaintenanceStatus>([
  ['0', 'scheduled'],
  ['upcoming', 'scheduled'],
  ['1', 'in_progress'],
  ['in_progress', 'in_progress'],
  ['2', 'completed'],
  ['complete', 'completed'],
])

/** `completed` is the planned end while it is ahead, and the real one after it. */
function stageOf(
  known: MaintenanceStatus | undefined,
  from: Instant,
  until: Instant | null,
  now: number,
): MaintenanceStatus {
  if (known === 'completed' || (until !== null && Date.parse(until) <= now)) return 'completed'
  return known ?? (Date.parse(from) <= now ? 'in_progress' : 'scheduled')
}

function updatesOf({ attributes, relationships }: Resource, included: Included, status: MaintenanceStatus) {
  const later = included(relationships.updates).flatMap((update): IncidentUpdate[] => {
    const at = dateOf(update.attributes.created.string)
    const text = markdownText(update.attributes.message)
    return at === null || text === '' ? [] : [{ id: clip(oneLine(update.id), 120) || at, at, status, text }]
  })
  const at = dateOf(attributes.created.string) ?? dateOf(attributes.scheduled.string)
  const text = markdownText(attributes.message)
  const own: IncidentUpdate[] = at === null || text === '' ? [] : [{ id: 'message', at, status: 'scheduled', text }]
  return orderUpdates([...later, ...own])
}

/**
 * Cachet writes dates without a zone, in UTC unless configured otherwise. Without a date there would be no incident.
 */
export const dateOf = (text: string): Instant | null =>
  parseDate(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? `${text}Z` : text)

export const NO_LIST = 'the answer is JSON, but no Cachet list (`data` is missing): check the address'

const Stamp = z.object({ string: word }).catch({ string: '' })
const Code = z.object({ value: word }).catch({ value: '' })
const Reference = z.object({ type: word, id: word })
const References = z.object({ data: listOf(Reference, 500) }).catch({ data: [] })
/** An incident, schedule, component or update of version 3: JSON:API. */
export const Resource = z.object({
  id: word,
  type: word,
  attributes: z.object({
    name: word,
    message: word,
    status: Code,
    occurred: Stamp,
    scheduled: Stamp,
    completed: Stamp,
    created: Stamp,
    updated: Stamp,
  }),
  relationships: z
    .object({ components: References, updates: References })
    .catch({ components: { data: [] }, updates: { data: [] } }),
})
export type Resource = z.output<typeof Resource>

export const CachetPage = z.object({
  data: z.custom<unknown[]>(Array.isArray).transform(entries => entries.slice(0, 1000)),
  included: listOf(Resource, 10_000),
})

/** The resources that a page includes for a reference. */
export type Included = (references: z.output<typeof References>) => Resource[]

export function includedIn({ included }: z.output<typeof CachetPage>): Included {
  const byName = new Map(included.map(resource => [`${resource.type}/${resource.id}`, resource]))
  return ({ data }) => data.flatMap(reference => byName.get(`${reference.type}/${reference.id}`) ?? [])
}
