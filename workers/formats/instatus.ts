import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { fail, type Instant, ok, type Result, toInstant } from '../../shared/domain/primitives.ts'
import type { Component, Impact, Status } from '../../shared/domain/status.ts'
import { placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { documentIn, webUrl } from '../text/web-url.ts'
import { one, readEntries, readJson, unread, word } from './json.ts'
import type { ReadContext, Reader, ReadIncident } from './reader.ts'
import { readingOfLists, recordId } from './reading.ts'
import { lookUp, ownWord } from './status-words.ts'

/**
 * Instatus' summary: what is open now; empty lists are absent. It names no components. The page as a whole is one,
 * because its state may show trouble without an incident.
 * @see https://instatus.com/help/api/status-page
 */
export const instatus: Reader = {
  address: url => documentIn(url, '/v3/summary.json', /\/summary\.json$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const summary = Summary.safeParse(json.value)
    if (!summary.success)
      return fail('the answer is JSON, but no Instatus summary (`page.status` is missing): check the address')
    const { page, activeIncidents, activeMaintenances } = summary.data
    return readingOfLists({
      incidents: [
        incidentsIn(activeIncidents, 'incident', context),
        incidentsIn(activeMaintenances, 'maintenance', context),
      ],
      components: [ok([pageOf(page, context)])],
    })
  },
}

const Entry = z.object({
  id: word,
  name: word,
  status: word,
  impact: word,
  started: word,
  start: word,
  updatedAt: word,
  duration: word,
  url: word,
})
type Entry = z.output<typeof Entry>

const Page = z.object({ name: word, status: z.string() })
const Summary = z.object({ page: Page, activeIncidents: unread, activeMaintenances: unread })

const incidentsIn = (list: unknown, kind: ReadIncident['kind'], context: ReadContext): Result<ReadIncident[]> =>
  readEntries(list, {
    what: `${kind}s`,
    needs: 'an id, a name and a start',
    schema: Entry,
    max: 500,
    read: entry => one(incidentOf(kind, entry, context)),
  })

function pageOf({ name, status: raw }: z.output<typeof Page>, { source }: ReadContext): Component {
  const status = lookUp(pageStatuses, raw)
  return {
    id: recordId(source.id, 'page'),
    provider: source.provider,
    name: clip(oneLine(name) || source.name, 200),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(raw) : null,
    regions: [],
  }
}

const pageStatuses = new Map<string, Status>([
  ['up', 'operational'],
  ['hasissues', 'degraded_performance'],
  ['undermaintenance', 'under_maintenance'],
])

function incidentOf(kind: ReadIncident['kind'], entry: Entry, { source, places }: ReadContext): ReadIncident | null {
  const title = oneLine(entry.name)
  const startedAt = parseDate(entry.started) ?? parseDate(entry.start)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const known = lookUp(statuses[kind], entry.status)
  const status = known ?? unknownStatus[kind]
  const updatedAt = latest([parseDate(entry.updatedAt)]) ?? startedAt
  const where = places(source.provider, title)
  const planned = kind === 'maintenance'
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status,
    rawStatus: known === null ? ownWord(entry.status) : null,
    impact: planned ? 'maintenance' : (lookUp(impacts, entry.impact) ?? 'minor'),
    ...placesOfIncident(where),
    services: [],
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? updatedAt : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil: planned ? endOf(startedAt, entry.duration) : null,
    url: webUrl(entry.url),
    updates: [],
  }
}

const statuses = {
  incident: new Map<string, ReadIncident['status']>([
    ['investigating', 'investigating'],
    ['identified', 'identified'],
    ['monitoring', 'monitoring'],
    ['resolved', 'resolved'],
  ]),
  maintenance: new Map<string, ReadIncident['status']>([
    ['notstartedyet', 'scheduled'],
    ['inprogress', 'in_progress'],
    ['verifying', 'verifying'],
    ['completed', 'completed'],
  ]),
}

/** The status of an entry with an unknown word: the least that its list implies. */
const unknownStatus = { incident: 'investigating', maintenance: 'scheduled' } as const

const impacts = new Map<string, Impact>([
  ['operational', 'none'],
  ['degradedperformance', 'minor'],
  ['minoroutage', 'minor'],
  ['partialoutage', 'major'],
  ['majoroutage', 'critical'],
])

/** `duration` in minutes, as digits; null where it is none, or longer than a year. */
const endOf = (start: Instant, duration: string): Instant | null =>
  /^\d{1,6}$/.test(duration) && Number(duration) <= 525_600
    ? toInstant(Date.parse(start) + Number(duration) * 60_000)
    : null
