import { z } from 'zod'
import { isActive } from '../../shared/domain/incident.ts'
import { ok, type Result } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import { scopeOf } from '../places/places.ts'
import { latest, parseEpoch } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import type { Answer } from './answer.ts'
import { readOrigins } from './fragments.ts'
import { listOf, readJsonList, valuesOf, word } from './json.ts'
import type { IncidentUpdate, PastReader, ReadContext, ReadIncident } from './reader.ts'
import { hashedId, orderUpdates, readingOf, recordId, serviceKeys, serviceNames } from './reading.ts'
import { openLifecycleOf } from './status-words.ts'

/**
 * AWS's public events of the last months, those of today among them: a JSON array in UTF-16. `/public/currentevents`
 * says more about what is open, so only what has ended is read here. Times are in ms, those of the log in s, and the
 * log is JSON in a string.
 * @see https://health.aws.amazon.com/health/status
 */
export const awsHistory: PastReader = {
  asked: 'first',
  /** The history beside the current events; null at another address. */
  address: (url: string): string | null =>
    /\/public\/currentevents\/?$/.test(url) ? url.replace(/currentevents\/?$/, 'events') : null,

  read(answer: Answer, context: ReadContext): Result<ReadIncident[]> {
    const json = readJsonList(answer, 'events')
    if (!json.ok) return json
    const events = listOf(PastEvent, 2000).parse(json.value)
    return ok(readingOf({ incidents: readOrigins(events, event => pastIncident(event, context)) }).incidents)
  },

  /** What the current events do not list: the history names the same event by its region, start and title. */
  beside(past: readonly ReadIncident[], current: readonly ReadIncident[]): ReadIncident[] {
    const nameOf = ({ regions, startedAt, title }: ReadIncident) =>
      JSON.stringify([regions, startedAt.slice(0, 16), title])
    const known = new Set(current.map(nameOf))
    return past.filter(incident => !isActive(incident) && !known.has(nameOf(incident)))
  },
}

const LogEntry = z.object({ summary: word, message: word, status: word, timestamp: word })
const Log = z.preprocess(value => (typeof value === 'string' ? parsed(value) : value), listOf(LogEntry, 1000))
const PastEvent = z.object({
  arn: word,
  service: word,
  service_name: word,
  region: word,
  typeCode: word,
  startTime: word,
  endTime: word,
  lastUpdatedTime: word,
  metadata: z.object({ EVENT_LOG: Log }).catch({ EVENT_LOG: [] }),
  impacted_services: valuesOf(z.object({ service_name: word }), 2000),
})
type PastEvent = z.output<typeof PastEvent>

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}

/** Null where it has no start, no end or no words. */
function pastIncident(event: PastEvent, { source, places }: ReadContext): ReadIncident | null {
  const log = event.metadata.EVENT_LOG
  const startedAt = parseEpoch(event.startTime)
  const resolvedAt = parseEpoch(event.endTime)
  const title = titleOf(log.find(({ summary }) => summary !== '')?.summary ?? event.service_name)
  if (startedAt === null || resolvedAt === null || resolvedAt < startedAt || title === '') return null
  const where = places(source.provider, event.region)
  const worst = Math.max(1, ...log.map(({ status }) => (/^\d$/.test(status) ? Number(status) : 0)))
  const named = event.impacted_services.map(({ service_name }) => service_name)
  return {
    id:
      event.arn === ''
        ? hashedId(source.id, event.region, event.service, event.typeCode, event.startTime)
        : recordId(source.id, event.arn),
    provider: source.provider,
    kind: 'incident',
    title: clip(title, 300),
    status: 'resolved',
    rawStatus: null,
    impact: impacts[worst] ?? 'minor',
    scope: scopeOf({ ...where, global: /^(?:global)?$/.test(event.region) }),
    regions: where.regions,
    services: serviceNames(named.length > 0 ? named : [event.service_name || serviceOf(event.service)]),
    serviceKeys: serviceKeys([event.service]),
    startedAt,
    updatedAt: latest([resolvedAt, parseEpoch(event.lastUpdatedTime)]) ?? resolvedAt,
    resolvedAt,
    scheduledFor: null,
    scheduledUntil: null,
    url: 'https://health.aws.amazon.com/health/status',
    updates: updatesOf(log),
  }
}

const impacts: readonly Impact[] = ['none', 'minor', 'major', 'critical']
const titleOf = (summary: string): string => oneLine(summary).replace(/^\[resolved\]\s*/i, '')
/** 'MULTIPLE_SERVICES' stands for a whole region. */
const serviceOf = (code: string): string => (/^multiple_?services$/i.test(code) ? '' : code)

function updatesOf(log: readonly z.output<typeof LogEntry>[]): IncidentUpdate[] {
  const updates = log.toReversed().flatMap((entry): IncidentUpdate[] => {
    const at = parseEpoch(entry.timestamp)
    const text = plainText(entry.message || entry.summary)
    if (at === null || text === '') return []
    const isOver = entry.status === '0' || /^\[resolved\]/i.test(entry.summary)
    return [{ id: entry.timestamp, at, status: isOver ? 'resolved' : openLifecycleOf('', text), text }]
  })
  return orderUpdates(updates)
}
