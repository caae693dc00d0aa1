import { z } from 'zod'
import { isEnded } from '../../shared/domain/incident.ts'
import { fail, type Instant, ok, type Result, toInstant } from '../../shared/domain/primitives.ts'
import { type Component, type Impact, type Status, severity } from '../../shared/domain/status.ts'
import type { FeedEntry } from '../feeds/feed-document.ts'
import { readRss } from '../feeds/rss.ts'
import { mergePlaces, placesOfIncident } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { documentIn, webUrl, withoutQuery } from '../text/web-url.ts'
import type { Answer } from './answer.ts'
import { noteOrigin, noteSecond } from './fragments.ts'
import { listOf, one, readJson, recordsOf, word } from './json.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { readingOf, recordId, serviceNames } from './reading.ts'
import { datedUpdates, ownWord } from './status-words.ts'

/**
 * Oracle Cloud Infrastructure in two documents: a report of every service in every region, with the ids and severities
 * of its incidents; and a feed with their titles, times and words.
 * @see https://ocistatus.oraclecloud.com/
 */
export const oracleComponents: Reader = {
  address: url => documentIn(url, '/api/v2/components.json', REPORT),
  also: url =>
    documentIn(withoutQuery(url).replace(REPORT, ''), '/api/v2/incident-summary.rss', /\/incident-summary\.rss$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere', isHome: url => /^https?:\/\/ocistatus\./.test(url) },
  async read(answer, context) {
    const json = readJson(answer)
    if (!json.ok) return json
    const report = Report.safeParse(json.value)
    if (!report.success)
      return fail('the answer is JSON, but no Oracle report (`regionHealthReports` is missing): check the address')
    const regions = report.data.regionHealthReports.flatMap(entry => regionOf(entry, context) ?? [])
    if (regions.length === 0) return fail('no region can be read: each needs a regionCanonicalName or a regionId')
    if (answer.also === undefined)
      return fail('the feed of incidents was not fetched: it has an address of its own, /api/v2/incident-summary.rss')
    const items = await readOracleFeed(answer.also)
    if (!items.ok) return fail(`incidents: ${items.error}`)
    const { incidents, undated } = oracleIncidents(
      regions.flatMap(({ hits }) => hits),
      items.value,
      context,
    )
    // A reading is bounded, and every region must be in it: regions first.
    const components = [...regions.map(({ whole }) => whole), ...regions.flatMap(({ unwell }) => unwell)]
    return ok({ ...readingOf({ incidents, components }), undated })
  },
}

const REPORT = /\/api\/v2\/components(?:_v2)?\.json$/

const Hit = z.object({ incidentId: word, severity: word })
const Service = z.object({ serviceId: word, serviceName: word, serviceStatus: word, incidents: listOf(Hit, 100) })
const Region = z.object({
  regionId: word,
  regionName: word,
  regionCanonicalName: word,
  serviceHealthReports: listOf(Service, 1000),
})
const Report = z.object({ regionHealthReports: z.custom<unknown>(Array.isArray).pipe(listOf(Region, 500)) })

/**
 * A region as one component with the status of its worst service, and its services that are not well, whose ids begin
 * with the region's. All services of all regions would be thousands of components without information.
 */
function regionOf(entry: z.output<typeof Region>, { source, places }: ReadContext) {
  const code = entry.regionCanonicalName || entry.regionId
  const name = oneLine(entry.regionName) || oneLine(code)
  if (code === '' || name === '') return null
  const byCode = places(source.provider, code.slice(0, 100)).regions
  const regions = byCode.length > 0 ? byCode : places(source.provider, name).regions
  const component = (native: string, title: string, health: Health): Component => ({
    id: recordId(source.id, native),
    provider: source.provider,
    name: clip(title, 200),
    ...health,
    regions,
  })
  const services = entry.serviceHealthReports.map(service =>
    noteOrigin({ ...service, health: healthOf(service) }, service),
  )
  const unwell = services.filter(({ health }) => health.status !== 'operational')
  const hits = services.flatMap(service => {
    const { serviceName, serviceId, incidents } = service
    return incidents
      .filter(({ incidentId }) => incidentId !== '')
      .map(
        (hit): OracleHit =>
          noteOrigin(
            {
              incident: hit.incidentId,
              service: oneLine(serviceName || serviceId),
              region: name,
              regions,
              status: healthIn(hit.severity).status,
            },
            service,
          ),
      )
  })
  return {
    hits,
    whole: component(code, name, worstOf(services.map(({ health }) => health))),
    unwell: unwell.map(({ serviceId, serviceName, health }) =>
      component(`${code}.${serviceId || serviceName}`, `${oneLine(serviceName || serviceId)}, ${name}`, health),
    ),
  }
}

type Health = Pick<Component, 'status' | 'rawStatus'>

/** A service is at most as good as its incidents, as far as their words are understood. */
function healthOf({ serviceStatus, incidents }: z.output<typeof Service>): Health {
  const hits = incidents.map(incident => healthIn(incident.severity)).filter(({ status }) => status !== 'unknown')
  return worstOf([healthIn(serviceStatus), ...hits])
}

function healthIn(raw: string): Health {
  const status = rules.find(([rule]) => rule.test(raw.slice(0, 80)))?.[1] ?? 'unknown'
  return { status, rawStatus: status === 'unknown' ? ownWord(raw) : null }
}

/** Known are NormalPerformance and the families of ServiceDegradation, ServiceDisruption and ServiceOutage. */
const rules: readonly [RegExp, Status][] = [
  [/^(?:normal|operational)/i, 'operational'],
  [/maintenance/i, 'under_maintenance'],
  [/outage/i, 'major_outage'],
  [/disruption/i, 'partial_outage'],
  [/degrad/i, 'degraded_performance'],
]

/** The worst; an unknown word ranks above operational. Without parts: unknown. */
function worstOf(parts: Health[]): Health {
  const rank = ({ status }: Health): number => (status === 'unknown' ? 0.5 : severity[status])
  const [first = { status: 'unknown', rawStatus: null }, ...others] = parts
  return others.reduce((a, b) => (rank(b) > rank(a) ? b : a), first)
}

type OracleHit = { incident: string; service: string; region: string; regions: string[]; status: Status }

/**
 * The incidents of the report and the feed. The report is the present, the feed a history: an incident that the report
 * does not name is open only while the feed says so and was updated within a day. `undated` are those that the feed
 * does not have yet.
 */
function oracleIncidents(hits: readonly OracleHit[], items: readonly OracleItem[], context: ReadContext) {
  const { source, now } = context
  const inFeed = new Set(items.map(item => item.id))
  const byIncident = new Map<string, OracleHit[]>()
  for (const hit of hits) byIncident.set(hit.incident, [...(byIncident.get(hit.incident) ?? []), hit])
  const onlyInReport = [...byIncident].filter(([id]) => !inFeed.has(id))
  return {
    incidents: [
      ...items.map(item => noteOrigin(fromFeed(item, byIncident.get(item.id) ?? [], context), item)),
      ...onlyInReport.map(([id, own]) => noteOrigin(fromReport(id, own, toInstant(now), context), ...own)),
    ],
    undated: onlyInReport.map(([id]) => recordId(source.id, id)),
  }
}

function fromFeed(item: OracleItem, hits: OracleHit[], context: ReadContext): ReadIncident {
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
    ...placesOfIncident(where),
    services: serviceNames([...service, ...hits.map(hit => hit.service)]),
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? updatedAt : null,
    url,
    updates,
  }
}

/** An incident that the feed does not have yet: its places, services and severity are known. */
function fromReport(id: string, hits: OracleHit[], at: string, context: ReadContext): ReadIncident {
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
    ...placesOfIncident(where),
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

/** An open item that affects nothing and was not touched for this long, in ms, was left open by mistake. */
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

/** Once an incident affects nothing, only its words show how severe it was. */
const impactIn = (text: string): Impact => (/\b(?:outage|unavailable)\b/i.test(text) ? 'major' : 'minor')

/** An incident in Oracle's feed. `service` and `region` are names, and may be 'Multiple Regions'. */
type OracleItem = {
  /** The id that the report uses as well. */
  id: string
  service: string
  region: string
  startedAt: Instant
  updatedAt: Instant
  url: string | null
  /** Newest first. */
  updates: IncidentUpdate[]
}

/**
 * Oracle's incidents: one item each, which grows with every update and stays after the end. Its title is '<service> |
 * <region> | <reference>'; every update is a paragraph that begins with its time and status.
 * @see https://ocistatus.oraclecloud.com/api/v2/incident-summary.rss
 */
async function readOracleFeed(answer: Answer): Promise<Result<OracleItem[]>> {
  const feed = await readRss(answer)
  if (!feed.ok) return feed
  const entries = feed.value.entries.slice(0, 1000)
  const items = recordsOf(entries, entries.length, {
    what: 'items',
    needs: 'a guid, a title and a pubDate',
    read: entry => one(itemOf(entry)),
  })
  if (items.ok) noteSecond(items.value)
  return items
}

function itemOf(entry: FeedEntry): OracleItem | null {
  const at = parseDate(entry.published)
  const [service = '', region = ''] = oneLine(entry.title).split(' | ')
  if (entry.id === '' || service === '' || at === null) return null
  const updates = datedUpdates(plainText(entry.summary || entry.content), at)
  return {
    id: entry.id,
    service,
    region,
    startedAt: updates.at(-1)?.at ?? at,
    updatedAt: latest([at, updates[0]?.at ?? null]) ?? at,
    url: webUrl(entry.link),
    updates,
  }
}
