import { z } from 'zod'
import { type Incident, type IncidentUpdate, isEnded } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import { latest, parseDate } from './dates.ts'
import { listOf, word } from './lenient.ts'
import { ownWord } from './own-words.ts'
import { mergePlaces, scopeOf } from './places.ts'
import { oneLine, plainText } from './plain-text.ts'
import type { ReadContext } from './reader.ts'
import { digest, recordId } from './record-id.ts'
import { serviceNames } from './service-names.ts'
import { orderUpdates } from './updates.ts'

const Named = z.object({ name: word })
const Message = z.object({ _id: word, details: word, datetime: word, state: word, status: word })
export const StatusioEntry = z.object({
  _id: word,
  id: word,
  name: word,
  datetime_open: word,
  datetime_planned_start: word,
  datetime_planned_end: word,
  messages: listOf(Message, 500),
  components_affected: listOf(Named, 500),
  containers_affected: listOf(Named, 500),
})
type Entry = z.output<typeof StatusioEntry>

/** The list in which an entry stands. */
export type StatusioPlace = 'incidents' | 'active' | 'upcoming'

/** An entry of `incidents`, `maintenance.active` or `maintenance.upcoming` → Incident; null where it has no id, name or date. */
export function statusioIncident(place: StatusioPlace, entry: Entry, { source, places }: ReadContext): Incident | null {
  const planned = place !== 'incidents'
  const title = oneLine(entry.name)
  const native = entry._id || entry.id
  const scheduledFor = planned ? parseDate(entry.datetime_planned_start) : null
  const startedAt = scheduledFor ?? parseDate(entry.datetime_open)
  if (native === '' || title === '' || startedAt === null) return null
  const notes = notesOf(entry)
  const state = planned ? '' : (notes[0]?.state ?? '')
  const status = planned ? listed[place] : (incidentStates.get(state) ?? listed.incidents)
  const updatedAt = latest(notes.map(note => note.at)) ?? parseDate(entry.datetime_open) ?? startedAt
  const services = serviceNames(entry.components_affected.map(part => part.name))
  const containers = entry.containers_affected.map(container => container.name)
  const where = mergePlaces([title, ...services, ...containers].map(text => places(source.provider, text)))
  return {
    id: recordId(source.id, native),
    provider: source.provider,
    kind: planned ? 'maintenance' : 'incident',
    title: clip(title, 300),
    status,
    rawStatus: state === '' || incidentStates.has(state) ? null : ownWord(state),
    impact: planned ? 'maintenance' : impactOf(notes),
    scope: scopeOf(where),
    regions: where.regions,
    services,
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? updatedAt : null,
    scheduledFor,
    scheduledUntil: planned ? parseDate(entry.datetime_planned_end) : null,
    url: null,
    updates: updatesOf(place, notes),
  }
}

/** What the list alone says. */
const listed = { incidents: 'investigating', active: 'in_progress', upcoming: 'scheduled' } as const

/** The states of messages. @see https://kb.status.io/developers/status-codes/ */
const incidentStates = new Map<string, Incident['status']>([
  ['100', 'investigating'],
  ['200', 'identified'],
  ['300', 'monitoring'],
  ['400', 'resolved'],
])
const maintenanceStates = new Map<string, Incident['status']>([
  ['100', 'scheduled'],
  ['200', 'in_progress'],
  ['300', 'completed'],
])

type Note = Omit<Entry['messages'][number], 'datetime'> & { at: Instant }

/** The messages that have a date, newest first. */
const notesOf = ({ messages }: Entry): Note[] =>
  messages
    .flatMap(({ datetime, ...message }): Note[] => {
      const at = parseDate(datetime)
      return at === null ? [] : [{ ...message, at }]
    })
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))

/** The last word about harm: a note that all is well again, while the incident is still watched, takes nothing back. */
const impactOf = (notes: Note[]): Impact =>
  notes.map(note => impacts.get(note.status)).find(impact => impact !== undefined) ?? 'minor'

const impacts = new Map<string, Impact>([
  ['300', 'minor'],
  ['400', 'major'],
  ['500', 'critical'],
  ['600', 'critical'],
])

function updatesOf(place: StatusioPlace, notes: Note[]): IncidentUpdate[] {
  const states = place === 'incidents' ? incidentStates : maintenanceStates
  const updates = notes.flatMap((note): IncidentUpdate[] => {
    const text = plainText(note.details)
    if (text === '') return []
    const id = clip(oneLine(note._id), 120) || digest(note.at + text)
    return [{ id, at: note.at, status: states.get(note.state) ?? listed[place], text }]
  })
  return orderUpdates(updates)
}
