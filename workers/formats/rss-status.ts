import { type Incident, type IncidentUpdate, isEnded } from '../../shared/domain/incident.ts'
import { fail, type Instant, ok } from '../../shared/domain/primitives.ts'
import { IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import { type FeedEntry, hubOf } from '../feeds/feed-document.ts'
import { readRss } from '../feeds/rss.ts'
import { scopeOf } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { webUrl } from '../text/web-url.ts'
import type { ReadContext, Reader, Reading } from './reader.ts'
import { hashedId, orderUpdates, readingOf } from './reading.ts'
import { datedUpdates, ownWord, saidStatus } from './status-words.ts'

/**
 * Any status page's RSS or Atom, for pages without a better format: a history with one item per incident. Only its
 * words may say how far an incident is. An item that is no longer listed means nothing.
 * @see https://www.rssboard.org/rss-specification
 * @see https://www.rfc-editor.org/rfc/rfc4287
 */
export const rssStatus: Reader = {
  address: url => url,
  accept: 'application/rss+xml, application/atom+xml, application/xml, text/xml',
  complete: false,
  detection: { tried: 'last', doubt },
  async read(answer, context) {
    const feed = await readRss(answer)
    if (!feed.ok) return feed
    const { entries, link } = feed.value
    const base = webUrl(link, context.source.url) ?? context.source.url
    const incidents = entries.slice(0, 1000).flatMap(entry => incidentOf(entry, base, context) ?? [])
    if (entries.length > 0 && incidents.length === 0) {
      return fail(`none of the ${entries.length} items can be read: each needs a title and a date`)
    }
    const hub = hubOf(answer.link, feed.value, context.source.url)
    return ok({ ...readingOf({ incidents }), ...(hub && { hub }) })
  },
}

function incidentOf(entry: FeedEntry, base: string, context: ReadContext): Incident | null {
  const { source, places } = context
  const published = parseDate(entry.published) ?? parseDate(entry.updated)
  const title = oneLine(entry.title)
  if (published === null || title === '') return null
  const text = plainText(entry.content || entry.summary)
  const itemUpdates = datedUpdates(text, published)
  const updatedAt = latest([published, parseDate(entry.updated), itemUpdates[0]?.at ?? null]) ?? published
  const { kind, status, rawStatus } = stateOf(title, text, context.now - Date.parse(updatedAt))
  const updates =
    kind === 'incident' && itemUpdates.length > 1 ? itemUpdates : [{ id: updatedAt, at: updatedAt, status, text }]
  const where = places(source.provider, [title, ...entry.categories.map(oneLine)].join('\n'))
  return {
    id: hashedId(source.id, entry.id || entry.link || title + published),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status,
    rawStatus,
    impact: kind === 'maintenance' ? 'maintenance' : /\b(?:outage|unavailable|down)\b/i.test(title) ? 'major' : 'minor',
    scope: scopeOf(where),
    regions: where.regions,
    services: [],
    startedAt: earliest(published, updates),
    updatedAt,
    resolvedAt: isEnded({ status }) ? (updates.findLast(isEnded)?.at ?? updatedAt) : null,
    scheduledFor: null,
    scheduledUntil: null,
    url: webUrl(entry.link, base),
    updates: text === '' ? [] : orderUpdates(updates),
  }
}

/** Statuspage dates an item by its last update. If the first update has a time, the incident began then. */
const earliest = (published: Instant, updates: readonly IncidentUpdate[]): Instant => {
  const first = updates.at(-1)?.at ?? published
  return first < published ? first : published
}

/** An item without a status counts as open for this long, in ms: in a history it would stay open for ever. */
const UNSAID_MS = 86_400_000

function stateOf(title: string, text: string, ageMs: number): Pick<Incident, 'kind' | 'status' | 'rawStatus'> {
  const said = saidStatus(title, text)
  const isPlanned = MaintenanceStatus.safeParse(said?.status).success || /\bmaintenance\b/i.test(title)
  const isOver = said?.status ? isEnded({ status: said.status }) : ageMs > UNSAID_MS
  const rawStatus = ownWord(said?.raw ?? '')
  if (isPlanned) {
    const status = isOver ? 'completed' : (MaintenanceStatus.safeParse(said?.status).data ?? 'scheduled')
    return { kind: 'maintenance', status, rawStatus }
  }
  const status = IncidentStatus.safeParse(said?.status).data ?? (isOver ? 'resolved' : 'investigating')
  return { kind: 'incident', status, rawStatus }
}

/** A status page's history gives the status of every incident; news gives that of some. */
function doubt({ incidents }: Reading): string | null {
  if (incidents.filter(saysStatus).length * 2 > incidents.length) return null
  return 'it is a feed, but most of its items do not say how far an incident is'
}

/** Several updates have statuses of their own. */
const saysStatus = ({ title, updates }: Incident): boolean =>
  updates.length > 1 || saidStatus(title, updates[0]?.text ?? '') !== null
