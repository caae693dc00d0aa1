import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { descending } from '../../shared/domain/order.ts'
import { fail, type Instant, type Result } from '../../shared/domain/primitives.ts'
import type { Component, Impact, Status } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { digest, groupField, orderUpdates, readingOfLists, recordId, serviceNames } from './reading.ts'
import { ownWord } from './status-words.ts'

/**
 * Status.io's public status: components by containers (often places), open incidents and planned maintenances.
 * @see https://kb.status.io/developers/public-status-api/
 */
export const statusio: Reader = {
  /** A page on its own domain does not reveal its id, so the address of the answer itself is configured. */
  address: url => url,
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const page = Page.safeParse(json.value)
    if (!page.success)
      return fail(
        'the answer is JSON, but no Status.io status (`result.status_overall` is missing, or `maintenance` no object): use https://api.status.io/1.0/status/<page id>',
      )
    const { status, incidents, maintenance } = page.data.result
    return readingOfLists({
      incidents: [
        incidentsIn(incidents, 'incidents', context),
        incidentsIn(maintenance?.active, 'active', context),
        incidentsIn(maintenance?.upcoming, 'upcoming', context),
      ],
      components: [componentsIn(status, context)],
    })
  },
}

const Container = z.object({ id: word, name: word, status: word, status_code: word })
const Part = Container.extend({ containers: listOf(Container, 100) })
const Page = z.object({
  result: z.object({
    status_overall: z.object({}),
    status: unread,
    incidents: unread,
    maintenance: z.object({ active: unread, upcoming: unread }).nullish(),
  }),
})

const incidentsIn = (list: unknown, place: StatusioPlace, context: ReadContext): Result<ReadIncident[]> =>
  readEntries(list, {
    what: place === 'incidents' ? 'incidents' : `${place} maintenances`,
    needs: 'an _id, a name and a datetime_open',
    schema: StatusioEntry,
    max: 500,
    read: entry => one(statusioIncident(place, entry, context)),
  })

const componentsIn = (list: unknown, context: ReadContext): Result<Component[]> =>
  readEntries(list, {
    what: 'components',
    needs: 'an id and a name',
    schema: Part,
    max: 1000,
    read: part => componentsOf(part, context),
  })

/** A part in several containers is a component in each, because its status may differ. */
function componentsOf(part: z.output<typeof Part>, context: ReadContext): Component[] | null {
  const name = oneLine(part.name)
  if (part.id === '' || name === '') return null
  const [first, ...others] = part.containers
  if (others.length === 0) return [componentOf(part, part.id, name, first?.name ?? '', context)]
  return part.containers.map(container => {
    const native = `${part.id}.${container.id || container.name}`
    const placed = `${name}, ${oneLine(container.name)}`
    return { ...componentOf(container, native, placed, container.name, context), ...groupField(name) }
  })
}

function componentOf(
  { status: raw, status_code }: z.output<typeof Container>,
  native: string,
  name: string,
  container: string,
  { source, places }: ReadContext,
): Component {
  const status = statuses.get(status_code.trim())
  const there = places(source.provider, container).regions
  return {
    id: recordId(source.id, native),
    provider: source.provider,
    name: clip(name, 200),
    status: status ?? 'unknown',
    rawStatus: status === undefined ? ownWord(raw || status_code) : null,
    regions: there.length > 0 ? there : places(source.provider, name).regions,
  }
}

/** 600 is a security event, the worst there is. @see https://kb.status.io/developers/status-codes/ */
const statuses = new Map<string, Status>([
  ['100', 'operational'],
  ['200', 'under_maintenance'],
  ['300', 'degraded_performance'],
  ['400', 'partial_outage'],
  ['500', 'major_outage'],
  ['600', 'major_outage'],
])

const Named = z.object({ name: word })
const Message = z.object({ _id: word, details: word, datetime: word, state: word, status: word })
const StatusioEntry = z.object({
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

/** The list of an entry. */
type StatusioPlace = 'incidents' | 'active' | 'upcoming'

/**
 * An entry of `incidents`, `maintenance.active` or `maintenance.upcoming` → Incident; null where it has no id, name or
 * date.
 */
function statusioIncident(place: StatusioPlace, entry: Entry, { source, places }: ReadContext): ReadIncident | null {
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
    ...placesOfIncident(where),
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

/** The status that the list alone implies. */
const listed = { incidents: 'investigating', active: 'in_progress', upcoming: 'scheduled' } as const

/** The states of messages. @see https://kb.status.io/developers/status-codes/ */
const incidentStates = new Map<string, ReadIncident['status']>([
  ['100', 'investigating'],
  ['200', 'identified'],
  ['300', 'monitoring'],
  ['400', 'resolved'],
])
const maintenanceStates = new Map<string, ReadIncident['status']>([
  ['100', 'scheduled'],
  ['200', 'in_progress'],
  ['300', 'completed'],
])

type Note = Omit<Entry['messages'][number], 'datetime'> & { at: Instant }

/** The messages with a date, newest first. */
const notesOf = ({ messages }: Entry): Note[] =>
  messages
    .flatMap(({ datetime, ...message }): Note[] => {
      const at = parseDate(datetime)
      return at === null ? [] : [{ ...message, at }]
    })
    .sort(descending('at'))

/** The last message about harm: 'all is well' while the incident is still watched takes nothing back. */
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
