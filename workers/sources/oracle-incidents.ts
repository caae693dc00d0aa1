import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import { type Impact, type Status, severity } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import type { OracleItem } from './oracle-feed.ts'
import { mergePlaces, scopeOf } from './places.ts'
import type { ReadContext } from './reader.ts'
import { recordId } from './record-id.ts'
import { serviceNames } from './service-names.ts'

/** A service in a region that an incident hits, by the report of components. */
export type OracleHit = { incident: string; service: string; region: string; regions: string[]; status: Status }

/**
 * The incidents that the report and the feed tell together. What the report does not name is open only while the feed says so
 * and has said something within a day: the feed is a history, and the report is the present. `undated` are those of which
 * the feed knows nothing yet.
 */
export function oracleIncidents(hits: readonly OracleHit[], items: readonly OracleItem[], context: ReadContext) {
  const { source, now } = context
  const told = new Set(items.map(item => item.id))
  const byIncident = new Map<string, OracleHit[]>()
  for (const hit of hits) byIncident.set(hit.incident, [...(byIncident.get(hit.incident) ?? []), hit])
  const news = [...byIncident].filter(([id]) => !told.has(id))
  return {
    incidents: [
      ...items.map(item => fromFeed(item, byIncident.get(item.id) ?? [], context)),
      ...news.map(([id, own]) => fromReport(id, own, toInstant(now), context)),
    ],
    undated: news.map(([id]) => recordId(source.id, id)),
  }
}

function fromFeed(item: OracleItem, hits: OracleHit[], context: ReadContext): Incident {
  const { source, places, now } = context
  const { startedAt, updatedAt, url, updates } = item
  const said = updates[0]?.status ?? 'investigating'
  const isForgotten = !isEnded({ status: said }) && hits.length === 0 && now - Date.parse(updatedAt) > STALE_MS
  const status = isForgotten ? 'resolved' : said
  const named = places(source.provider, item.region)
  const where = mergePlaces([named, { regions: hits.flatMap(hit => hit.regions), global: false }])
  const service = /^multiple services$/i.test(item.service) ? [] : [item.service]
  return {
    ...common(item.id, context),
    title: clip(item.region === '' ? item.service : `${item.service}, ${item.region}`, 300),
    status,
    impact: hits.length > 0 ? impactOf(hits) : impactIn(updates.map(({ text }) => text).join('\n')),
    scope: scopeOf(where),
    regions: where.regions,
    services: serviceNames([...service, ...hits.map(hit => hit.service)]),
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? updatedAt : null,
    url,
    updates,
  }
}

/** Of an incident that the feed does not know yet its places and its services are known, and how bad it is. */
function fromReport(id: string, hits: OracleHit[], at: string, context: ReadContext): Incident {
  const where = mergePlaces(hits.map(({ regions }) => ({ regions, global: false })))
  const name = (words: string[], many: string): string => (new Set(words).size === 1 ? (words[0] ?? many) : many)
  const service = name(
    hits.map(hit => hit.service),
    'Multiple Services',
  )
  const region = name(
    hits.map(hit => hit.region),
    'Multiple Regions',
  )
  return {
    ...common(id, context),
    title: clip(`${service}, ${region}`, 300),
    status: 'investigating',
    impact: impactOf(hits),
    scope: scopeOf(where),
    regions: where.regions,
    services: serviceNames(hits.map(hit => hit.service)),
    startedAt: at,
    updatedAt: at,
    resolvedAt: null,
    url: context.source.url,
    updates: [],
  }
}

const common = (id: string, { source }: ReadContext) => ({
  id: recordId(source.id, id),
  provider: source.provider,
  kind: 'incident' as const,
  rawStatus: null,
  scheduledFor: null,
  scheduledUntil: null,
})

/** An open item that nobody has touched for so long, in ms, and that hits nothing, is history that was left open. */
const STALE_MS = 86_400_000

const impacts: Readonly<Record<Status, Impact>> = {
  unknown: 'minor',
  operational: 'minor',
  under_maintenance: 'minor',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
}

const impactOf = (hits: OracleHit[]): Impact =>
  impacts[hits.map(hit => hit.status).reduce((a, b) => (severity[b] > severity[a] ? b : a), 'operational')]

/** What hits nothing any more has only its words to tell how bad it was. */
const impactIn = (text: string): Impact => (/\b(?:outage|unavailable)\b/i.test(text) ? 'major' : 'minor')
