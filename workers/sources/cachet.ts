import { type Incident, type IncidentUpdate, isEnded } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Impact, IncidentStatus } from '../../shared/domain/status.ts'
import { type CachetIncident, readCachet } from './cachet-schema.ts'
import { clip } from './clip.ts'
import { latest, parseDate } from './dates.ts'
import { one, recordsOf } from './entries.ts'
import { readJson } from './json-answer.ts'
import { markdownText } from './markdown.ts'
import { ownWord } from './own-words.ts'
import { documentIn } from './page-address.ts'
import { mergePlaces, scopeOf } from './places.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOfLists } from './reading-of.ts'
import { recordId } from './record-id.ts'
import { serviceNames } from './service-names.ts'
import { orderUpdates } from './updates.ts'
import { webUrl } from './web-url.ts'

/**
 * Cachet's incidents, versions 1 to 3: a history in pages, of which the newest is read, so that absence means nothing. They
 * tell more than its components, which have neither times nor words.
 * @see https://docs.cachethq.io/
 */
export const cachet: Reader = {
  kind: 'cachet',
  /** The page's address means versions 1 and 2; version 3 answers at `/api/incidents` of the page. */
  address: url =>
    /\/api\/incidents$/.test(url)
      ? `${url}?include=components,updates&per_page=100`
      : documentIn(url, '/api/v1/incidents?sort=id&order=desc&per_page=100', /\/api\/(?:v1\/)?incidents$/),
  accept: 'application/json',
  complete: false,
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
    return readingOfLists({ incidents: [incidents] })
  },
}

function incidentOf(entry: CachetIncident, { source, places, now }: ReadContext): Incident | null {
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
    scope: scopeOf(where),
    regions: where.regions,
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

/** Version 1 knows when a maintenance begins and nothing after it: from then on it is among what is past. */
const plannedStatus = (scheduledFor: Instant, now: number): Incident['status'] =>
  Date.parse(scheduledFor) > now ? 'scheduled' : 'completed'

/** Cachet writes dates without a zone, in UTC unless somebody changed that: an incident without a date could not be told at all. */
const dateOf = (text: string): Instant | null =>
  parseDate(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? `${text}Z` : text)

/** Incidents have no impact of their own; the components that they name have a status, 1 (well) to 4 (major outage). */
const impactOf = ({ components }: CachetIncident): Impact => {
  const worst = Math.max(2, ...components.map(({ status }) => (/^[1-4]$/.test(status) ? Number(status) : 0)))
  return worst === 4 ? 'critical' : worst === 3 ? 'major' : 'minor'
}

/** The incident's own message is the first word about it. */
function updatesOf(entry: CachetIncident, startedAt: Instant, status: Incident['status']): IncidentUpdate[] {
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
