import { z } from 'zod'
import { fail, type Result } from '../../shared/domain/primitives.ts'
import { type Component, type Status, worst } from '../../shared/domain/status.ts'
import { placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, markdownText, oneLine } from '../text/plain-text.ts'
import { documentIn, webUrl } from '../text/web-url.ts'
import { listOf, one, readEntries, readJson, unread, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { orderUpdates, readingOfLists, recordId } from './reading.ts'
import { lookUp, openLifecycleOf, ownWord } from './status-words.ts'

/**
 * Heroku's own status, version 4: systems in colours, open incidents and planned maintenances.
 * @see https://devcenter.heroku.com/articles/heroku-status
 */
export const heroku: Reader = {
  address: url => documentIn(url, '/api/v4/current-status', /\/current-status$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere', isHome: url => /^https?:\/\/status\.heroku\.com/.test(url) },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const current = Current.safeParse(json.value)
    if (!current.success)
      return fail("the answer is JSON, but not Heroku's status (`status` is no list of systems): check the address")
    const { status, incidents, scheduled } = current.data
    const components = readEntries(status, {
      what: 'systems',
      needs: 'a name in `system`',
      schema: System,
      max: 500,
      read: system => one(componentOf(system, context)),
    })
    const page = worst(components.ok ? components.value.map(component => component.status) : [])
    return readingOfLists({
      incidents: [
        incidentsIn(incidents, 'incident', page, context),
        incidentsIn(scheduled, 'maintenance', page, context),
      ],
      components: [components],
    })
  },
}

const incidentsIn = (
  list: unknown,
  kind: ReadIncident['kind'],
  page: Status,
  context: ReadContext,
): Result<ReadIncident[]> =>
  readEntries(list, {
    what: kind === 'incident' ? 'incidents' : 'scheduled entries',
    needs: 'an id, a title and a created_at',
    schema: Entry,
    max: 500,
    read: entry => {
      const incident = incidentOf(kind, entry, page, context)
      return incident !== null && kind === 'maintenance' && !isCurrent(entry, context.now) ? [] : one(incident)
    },
  })

const System = z.object({ system: word, status: word })
const Update = z.object({ id: word, contents: word, update_type: word, created_at: word })
const Entry = z.object({
  id: word,
  title: word,
  state: word,
  created_at: word,
  updated_at: word,
  full_url: word,
  updates: listOf(Update, 500),
})
type Entry = z.output<typeof Entry>
const Current = z.object({ status: z.custom<unknown[]>(Array.isArray), incidents: unread, scheduled: unread })

const colours = new Map<string, Status>([
  ['green', 'operational'],
  ['blue', 'under_maintenance'],
  ['yellow', 'degraded_performance'],
  ['red', 'major_outage'],
])

function componentOf(entry: z.output<typeof System>, { source, places }: ReadContext): Component | null {
  const name = oneLine(entry.system)
  if (name === '') return null
  const status = lookUp(colours, entry.status)
  return {
    id: recordId(source.id, name),
    provider: source.provider,
    name: clip(name, 200),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(entry.status) : null,
    regions: places(source.provider, name).regions,
  }
}

/** Plans stay in the list for years. One that was not touched for this long, in ms, is over. */
const STALE_MS = 60 * 86_400_000
const isCurrent = (entry: Entry, now: number): boolean => {
  const touched = latest([parseDate(entry.created_at), parseDate(entry.updated_at)])
  return touched === null || now - Date.parse(touched) <= STALE_MS
}

/** `resolved` contradicts `state` at times, and is not read. */
function incidentOf(kind: ReadIncident['kind'], entry: Entry, page: Status, context: ReadContext): ReadIncident | null {
  const { source, places } = context
  const title = oneLine(entry.title)
  const startedAt = parseDate(entry.created_at)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const updates = updatesOf(kind, entry)
  const updatedAt = latest([parseDate(entry.updated_at), updates[0]?.at ?? null]) ?? startedAt
  const over = /^(?:resolved|completed?|closed|finished|done|ended|cancell?ed)$/i.test(entry.state.trim())
  const ended = kind === 'maintenance' ? 'completed' : 'resolved'
  const open = kind === 'maintenance' ? openMaintenance(entry.state) : openLifecycleOf(title, updates[0]?.text ?? '')
  const where = places(source.provider, title)
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status: over ? ended : open,
    rawStatus: over || knownStates.has(entry.state) ? null : ownWord(entry.state),
    // An incident has no severity; the page's colour is the best hint.
    impact: kind === 'maintenance' ? 'maintenance' : page === 'major_outage' ? 'critical' : 'minor',
    ...placesOfIncident(where),
    services: [],
    startedAt,
    updatedAt,
    resolvedAt: over ? updatedAt : null,
    scheduledFor: null,
    scheduledUntil: null,
    url: webUrl(entry.full_url, source.url),
    updates,
  }
}

const knownStates = new Set(['open', 'scheduled', 'in_progress'])
const openMaintenance = (state: string) =>
  /^(?:open|in[ _-]progress|active|started)$/i.test(state) ? 'in_progress' : 'scheduled'

function updatesOf(kind: ReadIncident['kind'], entry: Entry): IncidentUpdate[] {
  const updates = entry.updates.flatMap((update): IncidentUpdate[] => {
    const at = parseDate(update.created_at)
    const text = markdownText(update.contents)
    if (at === null || text === '') return []
    const ends = /^(?:resolved|completed?)$/i.test(update.update_type)
    const status =
      kind === 'maintenance' ? (ends ? 'completed' : 'scheduled') : ends ? 'resolved' : openLifecycleOf('', text)
    return [{ id: clip(oneLine(update.id), 120) || at, at, status, text }]
  })
  return orderUpdates(updates)
}
