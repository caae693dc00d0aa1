import { z } from 'zod'
import { fail, type Instant, ok } from '../../../shared/domain/primitives.ts'
import type { Impact, Stage } from '../../../shared/domain/status.ts'
import { mergePlaces } from '../../places/places.ts'
import { parseDate } from '../../text/dates.ts'
import { webUrl } from '../../text/web-url.ts'
import { noteOrigin } from '../fragments.ts'
import { word } from '../json.ts'
import { lookUp } from '../status-words.ts'
import { type InboundContext, type InboundReader, postReading, privateIncident, type Told } from './inbound-reader.ts'

/**
 * Google's Personalized Service Health: its log entries, bare or in the envelope of a Pub/Sub push; or the webhook of
 * Cloud Monitoring, in which the event is what the alert's labels extract.
 * @see https://cloud.google.com/service-health/docs/configure-alerts
 * @see https://cloud.google.com/pubsub/docs/push#receive_push
 */
export const googleServiceHealth: InboundReader = {
  read(post, context) {
    const inner = unwrapped(post)
    const found = ofLogEntry(inner) ?? ofMonitoring(inner)
    if (found === null)
      return fail('the post is no event of Personalized Service Health: send its log entries, or alerts on them')
    return ok(postReading([noteOrigin(privateIncident(toldBy(found, context), context), inner)]))
  },
}

const Envelope = z.object({ message: z.object({ data: z.string() }) })

function unwrapped(post: unknown): unknown {
  const envelope = Envelope.safeParse(post)
  if (!envelope.success) return post
  try {
    return JSON.parse(Buffer.from(envelope.data.message.data, 'base64').toString())
  } catch {
    return null
  }
}

const names = z.unknown().transform(namesIn).prefault('')
const Payload = z.object({
  title: word,
  description: word,
  state: word,
  detailedState: word,
  relevance: word,
  updateTime: word,
  startTime: word,
  endTime: word,
  symptom: word,
  workaround: word,
  impactedProducts: names,
  impactedLocations: names,
  impactedProductIds: names,
})
const LogEntry = z.object({
  insertId: word,
  timestamp: word,
  resource: z.object({ labels: z.object({ event_id: word }).prefault({}) }).prefault({}),
  jsonPayload: Payload,
})
const Labels = z.record(z.string(), z.unknown()).optional().catch(undefined)
const Monitoring = z.object({
  incident: z.object({
    incident_id: word,
    state: word,
    started_at: word,
    ended_at: word,
    summary: word,
    url: word,
    resource: z.object({ labels: Labels }).optional().catch(undefined),
    metric: z.object({ labels: Labels }).optional().catch(undefined),
    metadata: z.object({ user_labels: Labels, system_labels: Labels }).optional().catch(undefined),
  }),
})

type Found = { id: string; payload: z.output<typeof Payload>; saidAt: Instant | null; url: string | null }

const PAGE = 'https://console.cloud.google.com/servicehealth/incidents'

function ofLogEntry(value: unknown): Found | null {
  const entry = LogEntry.safeParse(value).data
  const id = entry?.resource.labels.event_id || entry?.insertId
  if (entry === undefined || !id || entry.jsonPayload.title === '') return null
  const saidAt = parseDate(entry.jsonPayload.updateTime) ?? parseDate(entry.timestamp)
  return { id, payload: entry.jsonPayload, saidAt, url: PAGE }
}

/** The labels that the alert extracts may have any case: `impactedProducts`, `impacted_products`. */
function ofMonitoring(value: unknown): Found | null {
  const incident = Monitoring.safeParse(value).data?.incident
  if (incident === undefined || incident.incident_id === '') return null
  const { resource, metric, metadata } = incident
  const labels = { ...resource?.labels, ...metadata?.system_labels, ...metadata?.user_labels, ...metric?.labels }
  const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const told = Object.fromEntries(Object.entries(labels).map(([name, label]) => [camel(name), label]))
  const payload = Payload.parse({
    ...told,
    title: told.title || incident.summary,
    startTime: told.startTime || incident.started_at,
    endTime: told.endTime || incident.ended_at,
    state: told.state || (incident.state === 'closed' ? 'CLOSED' : 'ACTIVE'),
  })
  const id = word.parse(told.eventId) || incident.incident_id
  const saidAt =
    parseDate(payload.updateTime) ?? parseDate(payload.state === 'CLOSED' ? payload.endTime : payload.startTime)
  return { id, payload, saidAt, url: webUrl(incident.url) ?? PAGE }
}

function toldBy({ id, payload, saidAt, url }: Found, { source, places }: InboundContext): Told {
  const { title, description, symptom, workaround, relevance, impactedLocations } = payload
  const status = stageOf(payload.state, payload.detailedState)
  return {
    native: id,
    title,
    status,
    impact: lookUp(impacts, relevance) ?? 'minor',
    where: mergePlaces(impactedLocations.map(location => places(source.provider, location))),
    services: payload.impactedProducts,
    keys: payload.impactedProductIds,
    startedAt: parseDate(payload.startTime),
    saidAt,
    endedAt: status === 'resolved' ? parseDate(payload.endTime) : null,
    url,
    words: {
      id: payload.updateTime || (saidAt ?? ''),
      text: [description, symptom, workaround].filter(Boolean).join('\n'),
    },
  }
}

const stages = new Map<string, Stage>([
  ['emerging', 'investigating'],
  ['confirmed', 'identified'],
])
/** What was merged, closed by itself or a false positive is over for this event too. */
const stageOf = (state: string, detailed: string): Stage =>
  state === 'ACTIVE' || (state === '' && lookUp(stages, detailed) !== null)
    ? (lookUp(stages, detailed) ?? 'investigating')
    : 'resolved'

const impacts = new Map<string, Impact>([
  ['impacted', 'major'],
  ['notimpacted', 'none'],
])

/** A list, or the text of one as Python writes it: `['us-central1', 'us-east1']`. */
function namesIn(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? itemsIn(value) : []
  return items.flatMap(item => (typeof item === 'string' && item !== '' ? [item.slice(0, 200)] : [])).slice(0, 500)
}

function itemsIn(text: string): string[] {
  if (!text.trimStart().startsWith('[')) return text.split(/,\s*/)
  return [...text.slice(0, 64_000).matchAll(/'((?:[^'\\]|\\.)*)(?:'|\\?$)|"((?:[^"\\]|\\.)*)(?:"|\\?$)/gs)].map(
    ([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'),
  )
}
