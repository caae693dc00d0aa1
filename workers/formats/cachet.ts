import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { fail, type Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import type { Impact, IncidentStatus } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest } from '../text/dates.ts'
import { clip, markdownText, oneLine } from '../text/plain-text.ts'
import { documentIn, webUrl } from '../text/web-url.ts'
import type { Answer } from './answer.ts'
import {
  CachetPage,
  dateOf,
  type Included,
  includedIn,
  NO_LIST,
  Resource,
  readCachetSchedules,
} from './cachet-schedules.ts'
import { noteOrigin, noteSecond } from './fragments.ts'
import { listOf, one, readJson, recordsOf, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { orderUpdates, readingOfLists, recordId, serviceNames } from './reading.ts'
import { ownWord } from './status-words.ts'

/**
 * Cachet's incidents, versions 1 to 3: a paged history, of which the newest page is read, so absence means nothing.
 * Incidents say more than components, which have neither times nor words.
 * @see https://docs.cachethq.io/
 */
export const cachet: Reader = {
  /** The page's address means versions 1 and 2. Version 3 answers at the page's `/api/incidents`. */
  address: url =>
    /\/api\/incidents$/.test(url)
      ? `${url}?include=components,updates&per_page=100`
      : documentIn(url, '/api/v1/incidents?sort=id&order=desc&per_page=100', /\/api\/(?:v1\/)?incidents$/),
  /** Version 3 keeps maintenances in a list of their own. */
  also: url => {
    const [, site] = /^([^?#]{1,2000})\/api\/incidents(?:[?#]|$)/.exec(url) ?? []
    return site === undefined ? undefined : `${site}/api/schedules?include=components,updates&per_page=100`
  },
  accept: 'application/json',
  complete: false,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const list = readCachet(json.value)
    if (!list.ok) return list
    const incidents = recordsOf(list.value.entries, list.value.total, {
      what: 'incidents',
      needs: 'an id, a name and a date',
      read: entry => one(incidentOf(entry, context)),
    })
    return readingOfLists({ incidents: [incidents, schedulesIn(answer.also, context)] })
  },
}

function schedulesIn(answer: Answer | undefined, context: ReadContext): Result<ReadIncident[]> {
  if (answer === undefined) return ok([])
  const json = readJson(answer)
  if (!json.ok) return json
  const schedules = readCachetSchedules(json.value, context)
  if (schedules.ok) noteSecond(schedules.value)
  return schedules
}

function incidentOf(entry: CachetIncident, { source, places, now }: ReadContext): ReadIncident | null {
  const title = oneLine(entry.name)
  const scheduledFor = entry.status === '0' ? dateOf(entry.scheduled) : null
  const startedAt = scheduledFor ?? dateOf(entry.occurred) ?? dateOf(entry.created)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const known = statuses.get(entry.status)
  const status = scheduledFor === null ? (known ?? 'investigating') : plannedStatus(scheduledFor, now)
  const updates = updatesOf(entry, startedAt, status)
  const updatedAt = latest([dateOf(entry.updated), updates[0]?.at ?? null]) ?? startedAt
  const services = serviceNames(entry.components.map(component => component.name))
  const where = mergePlaces([title, ...services].map(text => places(source.provider, text)))
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind: scheduledFor === null ? 'incident' : 'maintenance',
    title: clip(title, 300),
    status,
    rawStatus: known === undefined && scheduledFor === null ? ownWord(entry.status) : null,
    impact: scheduledFor === null ? impactOf(entry) : 'maintenance',
    ...placesOfIncident(where),
    services,
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? updatedAt : null,
    scheduledFor,
    scheduledUntil: null,
    url: webUrl(entry.link),
    updates,
  }
}

const statuses = new Map<string, IncidentStatus>([
  ['1', 'investigating'],
  ['2', 'identified'],
  ['3', 'monitoring'],
  ['4', 'resolved'],
])

/** Version 1 knows when a maintenance begins, and nothing after that: from then on it counts as over. */
const plannedStatus = (scheduledFor: Instant, now: number): ReadIncident['status'] =>
  Date.parse(scheduledFor) > now ? 'scheduled' : 'completed'

/** Incidents have no impact. The components that they name have a status, 1 (well) to 4 (major outage). */
const impactOf = ({ components }: CachetIncident): Impact => {
  const worst = Math.max(2, ...components.map(({ status }) => (/^[1-4]$/.test(status) ? Number(status) : 0)))
  return worst === 4 ? 'critical' : worst === 3 ? 'major' : 'minor'
}

/** The incident's own message is the first update. */
function updatesOf(entry: CachetIncident, startedAt: Instant, status: ReadIncident['status']): IncidentUpdate[] {
  const later = entry.updates.flatMap((update): IncidentUpdate[] => {
    const at = dateOf(update.created)
    const text = markdownText(update.message)
    if (at === null || text === '') return []
    return [
      { id: clip(oneLine(update.id), 120) || at, at, status: statuses.get(update.status) ?? 'investigating', text },
    ]
  })
  const text = markdownText(entry.message)
  if (text === '') return orderUpdates(later)
  const at = dateOf(entry.created) ?? startedAt
  return orderUpdates([...later, { id: 'message', at, status: later.length > 0 ? 'investigating' : status, text }])
}

/** An incident of any version of Cachet. What is absent is ''; dates and status are unparsed. */
type CachetIncident = {
  id: string
  name: string
  message: string
  status: string
  occurred: string
  created: string
  updated: string
  scheduled: string
  link: string
  components: { name: string; status: string }[]
  updates: { id: string; message: string; status: string; created: string }[]
}

/** The list of incidents in an answer, in one shape for all versions, without unreadable ones; `total` counts all. */
function readCachet(json: unknown): Result<{ entries: CachetIncident[]; total: number }> {
  const page = CachetPage.safeParse(json)
  if (!page.success) return fail(NO_LIST)
  const { data } = page.data
  const included = includedIn(page.data)
  const entries = data.flatMap(entry => {
    const resource = Resource.safeParse(entry)
    if (resource.success)
      return [
        noteOrigin(
          fromResource(resource.data, included),
          entry,
          ...included(resource.data.relationships.updates).reverse(),
        ),
      ]
    const plain = Plain.safeParse(entry)
    return plain.success ? [noteOrigin(fromPlain(plain.data), entry)] : []
  })
  return ok({ entries, total: data.length })
}

/** Versions 1 and 2. @see https://docs.cachethq.io/v2.x/api/incidents */
const PlainComponent = z.object({ name: word, status: word })
const PlainUpdate = z.object({ id: word, message: word, status: word, created_at: word })
const Plain = z.object({
  id: word,
  name: word,
  message: word,
  status: word,
  latest_status: word,
  occurred_at: word,
  created_at: word,
  updated_at: word,
  scheduled_at: word,
  permalink: word,
  component: PlainComponent.nullish().catch(null),
  updates: listOf(PlainUpdate, 500),
})

const fromPlain = (entry: z.output<typeof Plain>): CachetIncident => ({
  ...entry,
  status: entry.latest_status || entry.status,
  occurred: entry.occurred_at,
  created: entry.created_at,
  updated: entry.updated_at,
  scheduled: entry.scheduled_at,
  link: entry.permalink,
  components: entry.component ? [entry.component] : [],
  updates: entry.updates.map(({ created_at, ...update }) => ({ ...update, created: created_at })),
})

const fromResource = ({ id, attributes, relationships }: Resource, included: Included): CachetIncident => ({
  id,
  name: attributes.name,
  message: attributes.message,
  status: attributes.status.value,
  occurred: attributes.occurred.string,
  created: attributes.created.string,
  updated: attributes.updated.string,
  scheduled: '',
  link: '',
  components: included(relationships.components).map(component => ({
    name: component.attributes.name,
    status: component.attributes.status.value,
  })),
  updates: included(relationships.updates).map(update => ({
    id: update.id,
    message: update.attributes.message,
    status: update.attributes.status.value,
    created: update.attributes.created.string,
  })),
})
