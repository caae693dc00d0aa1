import { z } from 'zod'
import { fail, ok } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import { type Places, placesOfIncident, withZones } from '../places/places.ts'
import { latest, parseEpoch } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { awsHistory } from './aws-history.ts'
import { readOrigins } from './fragments.ts'
import { listOf, readJsonList, valuesOf, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { MAX_SERVICES, orderUpdates, readingOf, recordId, serviceKeys } from './reading.ts'
import { openLifecycleOf } from './status-words.ts'

/**
 * AWS public current events: a JSON array in UTF-16 with a byte order mark, `[]` on a quiet day. Numbers come as
 * strings or numbers. An event that is no longer listed is over.
 * @see https://health.aws.amazon.com/health/status
 */
export const awsEvents: Reader = {
  address: url => url,
  history: awsHistory,
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere', isHome: url => /\/currentevents\/?$/.test(url) },
  async read(answer, context) {
    const json = readJsonList(answer, 'events')
    if (!json.ok) return json
    const events = listOf(Event, 1000).parse(json.value)
    const reading = readingOf({ incidents: readOrigins(events, event => incidentOf(event, context)) })
    if (json.value.length > 0 && reading.incidents.length === 0) {
      return fail(`none of the ${json.value.length} events can be read: each needs an arn, a date and a status`)
    }
    return ok(reading)
  },
}

const LogEntry = z.object({ summary: word, message: word, status: word, timestamp: word })
const Service = z.object({ service_name: word, current: word })
const Event = z.object({
  arn: word,
  date: word,
  region_name: word,
  status: word,
  service: word,
  service_name: word,
  summary: word,
  event_log: listOf(LogEntry, 1000),
  impacted_services: valuesOf(Service, 2000),
})
type Event = z.output<typeof Event>

const STATUS_PAGE = 'https://health.aws.amazon.com/health/status'

/** Status codes: 0 resolved, 1 informational, 2 degradation, 3 disruption. */
const impacts: readonly Impact[] = ['none', 'minor', 'major', 'critical']
const impactOf = (code: number): Impact => impacts[code] ?? 'minor'
const codeOf = (status: string): number => (/^\d$/.test(status.trim()) ? Number(status) : Number.NaN)

function incidentOf(event: Event, context: ReadContext): ReadIncident | null {
  const { source } = context
  const startedAt = parseEpoch(event.date)
  const title = oneLine(event.summary || event.service_name).replace(/^\[resolved\]\s*/i, '')
  if (startedAt === null || title === '' || event.arn === '') return null
  const code = codeOf(event.status)
  const updates = updatesOf(event)
  const updatedAt = latest([startedAt, ...updates.map(update => update.at)]) ?? startedAt
  const where = withZones(
    placesOf(event, context),
    updates.map(({ text }) => text),
    text => context.places(source.provider, text),
  )
  const worstBefore = Math.max(1, ...event.event_log.map(entry => codeOf(entry.status) || 0))
  return {
    id: recordId(source.id, event.arn),
    provider: source.provider,
    kind: 'incident',
    title: clip(title, 300),
    status: code === 0 ? 'resolved' : (updates.find(update => update.status !== 'resolved')?.status ?? 'investigating'),
    rawStatus: impacts[code] === undefined ? clip(oneLine(event.status), 80) || null : null,
    impact: impactOf(code === 0 ? worstBefore : code),
    ...placesOfIncident(where),
    services: servicesOf(event),
    serviceKeys: serviceKeys([event.service]),
    startedAt,
    updatedAt,
    resolvedAt: code === 0 ? updatedAt : null,
    scheduledFor: null,
    scheduledUntil: null,
    url: STATUS_PAGE,
    updates,
  }
}

/** The ARN names the region in its fourth field. Where that is empty, the service's suffix or the region's name may. */
function placesOf({ arn, service, region_name }: Event, { source, places }: ReadContext): Places {
  const region = arn.split(':', 5)[3] ?? ''
  for (const text of [region, service, region_name]) {
    const found = places(source.provider, text.slice(0, 200))
    if (found.regions.length > 0) return found
  }
  return { regions: [], global: region === '' || region === 'global' }
}

/** The most affected services, as many as fit, in alphabetical order. */
function servicesOf(event: Event): string[] {
  const hit = event.impacted_services.filter(service => codeOf(service.current) !== 0)
  hit.sort((a, b) => (codeOf(b.current) || 0) - (codeOf(a.current) || 0))
  const names = hit.map(service => clip(oneLine(service.service_name), 120)).filter(name => name !== '')
  if (names.length > 0) return [...new Set(names)].slice(0, MAX_SERVICES).sort()
  const own = clip(oneLine(event.service_name), 120)
  return own === '' || /^multiple services$/i.test(own) ? [] : [own]
}

function updatesOf(event: Event): IncidentUpdate[] {
  const updates = event.event_log.toReversed().flatMap((entry): IncidentUpdate[] => {
    const at = parseEpoch(entry.timestamp)
    const text = plainText(entry.message || entry.summary)
    if (at === null || text === '') return []
    const status = codeOf(entry.status) === 0 ? 'resolved' : openLifecycleOf('', text)
    return [{ id: entry.timestamp, at, status, text }]
  })
  return orderUpdates(updates)
}
