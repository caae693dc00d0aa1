import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { fail, ok } from '../../shared/domain/primitives.ts'
import type { Impact, MaintenanceStatus } from '../../shared/domain/status.ts'
import { placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { documentIn, webUrl } from '../text/web-url.ts'
import { readOrigins } from './fragments.ts'
import { listOf, readJson, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { orderUpdates, readingOf, recordId, serviceNames } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * Slack's own status, version 2: all active incidents and maintenances. Services have no status of their own.
 * @see https://docs.slack.dev/reference/slack-status-api
 */
export const slack: Reader = {
  address: url => documentIn(url, '/api/v2.0.0/current', /\/current$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere', isHome: url => /^https?:\/\/(?:www\.)?slack-status\.com/.test(url) },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const current = Current.safeParse(json.value)
    if (!current.success)
      return fail("the answer is JSON, but not Slack's status (`active_incidents` is missing): check the address")
    const { length } = current.data.active_incidents
    const entries = listOf(Entry, 500).parse(current.data.active_incidents)
    const reading = readingOf({ incidents: readOrigins(entries, entry => incidentOf(entry, context)) })
    if (length > 0 && reading.incidents.length === 0) {
      return fail(`none of the ${length} incidents can be read: each needs an id, a title and a date_created`)
    }
    return ok(reading)
  },
}

const Current = z.object({ status: z.string(), active_incidents: z.array(z.unknown()) })
const Note = z.object({ date_created: word, body: word })
const Entry = z.object({
  id: word,
  title: word,
  type: word,
  status: word,
  url: word,
  date_created: word,
  date_updated: word,
  services: listOf(z.string(), 100),
  notes: listOf(Note, 500),
})
type Entry = z.output<typeof Entry>

function incidentOf(entry: Entry, { source, places }: ReadContext): ReadIncident | null {
  const title = oneLine(entry.title)
  const startedAt = parseDate(entry.date_created)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const planned = lookUp(plannedStatus, entry.status)
  const updates = updatesOf(entry, planned)
  const updatedAt = latest([parseDate(entry.date_updated), updates[0]?.at ?? null]) ?? startedAt
  const status = planned ?? (entry.status === 'resolved' ? 'resolved' : openLifecycleOf(title, updates[0]?.text ?? ''))
  const where = places(source.provider, title)
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind: planned === null ? 'incident' : 'maintenance',
    title: clip(title, 300),
    status,
    rawStatus: plainStatus.has(entry.status) ? null : ownWord(entry.status),
    impact: planned === null ? (lookUp(impacts, entry.type) ?? 'minor') : 'maintenance',
    ...placesOfIncident(where),
    services: serviceNames(entry.services),
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? updatedAt : null,
    scheduledFor: planned === null ? null : startedAt,
    scheduledUntil: null,
    url: webUrl(entry.url, source.url),
    updates,
  }
}

/** Words that only a maintenance has. 'cancelled' stays as the raw status. */
const plannedStatus = new Map<string, MaintenanceStatus>([
  ['scheduled', 'scheduled'],
  ['completed', 'completed'],
  ['cancelled', 'completed'],
])
/** Words that our own statuses fully express. */
const plainStatus = new Set(['active', 'resolved', 'scheduled', 'completed'])

const impacts = new Map<string, Impact>([
  ['outage', 'critical'],
  ['incident', 'minor'],
  ['notice', 'none'],
])

/** Only its words give a note's status. The last note of an ended incident is its resolution. */
function updatesOf(entry: Entry, planned: MaintenanceStatus | null): IncidentUpdate[] {
  const notes = entry.notes.flatMap((note): IncidentUpdate[] => {
    const at = parseDate(note.date_created)
    const text = plainText(note.body)
    return at === null || text === '' ? [] : [{ id: at, at, status: openLifecycleOf('', text), text }]
  })
  return orderUpdates(notes).map((note, index) => {
    if (planned !== null) return { ...note, status: index === 0 ? planned : 'scheduled' }
    return index === 0 && entry.status === 'resolved' ? { ...note, status: 'resolved' } : note
  })
}
