import { ascending } from '../../shared/domain/order.ts'
import { fail, type Instant, ok } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import type { FeedEntry } from '../feeds/feed-document.ts'
import { readRss } from '../feeds/rss.ts'
import { placesOfIncident, withZones } from '../places/places.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { containsInOrder } from '../text/web-url.ts'
import { noteOrigin, readOrigins } from './fragments.ts'
import type { IncidentUpdate, ReadContext, Reader, ReadIncident } from './reader.ts'
import { digest, FADES_AFTER_MS, hashedId, orderUpdates, readingOf, serviceKeys } from './reading.ts'
import { lifecycleOf, openLifecycleOf } from './status-words.ts'

/**
 * AWS status RSS, for all or for one service and region: an item per update, so several items make one incident. It is
 * a history: an item that is no longer listed means nothing.
 * @see https://status.aws.amazon.com/rss/all.rss
 */
export const awsRss: Reader = {
  address: url => url,
  accept: 'application/rss+xml, application/xml, text/xml',
  complete: false,
  detection: { tried: 'at-home', isHome: url => containsInOrder(url, 'aws', '/rss/') },
  async read(answer, context) {
    const feed = await readRss(answer)
    if (!feed.ok) return feed
    const notes = readOrigins(feed.value.entries.slice(0, 5000), noteOf)
    if (notes.length === 0 && feed.value.entries.length > 0) {
      return fail(`none of the ${feed.value.entries.length} items can be read: each needs a title and a pubDate`)
    }
    return ok(
      readingOf({
        incidents: groupNotes(notes)
          .map(event => noteOrigin(incidentOf(event, context), ...event.toReversed()))
          .reverse(),
      }),
    )
  },
}

/** One item. `place` is `<service>-<region>`, as in `ec2-us-east-1`. */
type Note = { guid: string; place: string; title: string; at: Instant; resolved: boolean; impact: Impact; text: string }

function noteOf(entry: FeedEntry): Note | null {
  const at = parseDate(entry.published)
  const raw = oneLine(entry.title)
  if (at === null || raw === '') return null
  const { title, resolved, impact } = readTitle(raw)
  const text = plainText(entry.summary)
  const isOver = resolved || lifecycleOf(title, text) === 'resolved'
  const event = eventIn(entry.id)
  const guid = event?.guid ?? (entry.id || digest(raw + at))
  return { guid, place: event?.place ?? '', title, at, resolved: isOver, impact, text }
}

/**
 * What a guid says: `…#ec2-us-east-1_1700000000` names a service and a region, and is another for each update. An ARN
 * is that of the event: `arn:aws:health:us-east-1::event/EC2/<type>/<type and id>`, perhaps with a time behind it.
 */
function eventIn(guid: string): { guid: string; place: string } | null {
  const [, region, service] =
    /arn:aws[a-z-]{0,20}:health:([a-z0-9-]{0,40}):[^:]{0,40}:event\/([\w-]{1,100})/i.exec(guid.slice(0, 2000)) ?? []
  if (region !== undefined && service !== undefined) {
    const name = service.toLowerCase().replaceAll('_', '')
    return {
      guid: guid.replace(/_\d{9,13}$/, ''),
      place: region === '' || region === 'global' ? name : `${name}-${region}`,
    }
  }
  const place = /#([a-z0-9-]{1,100})_\d{1,14}$/i.exec(guid.slice(-200))?.[1]?.toLowerCase()
  return place === undefined ? null : { guid, place }
}

/** 'Service is operating normally: [RESOLVED] Increased API Error Rates' → its parts. */
function readTitle(raw: string): Pick<Note, 'title' | 'resolved' | 'impact'> {
  const [, label = '', rest = ''] =
    /^(service is operating normally|informational message|performance issues|service degradation|service disruption): ?(.*)$/i.exec(
      raw,
    ) ?? []
  const bare = rest || raw
  const title = bare.replace(/^\[resolved\]\s*/i, '') || raw
  const resolved = /operating normally/i.test(label) || /^\[resolved\]/i.test(bare)
  return {
    title,
    resolved,
    impact: /disruption/i.test(label) ? 'critical' : /degradation|performance/i.test(label) ? 'major' : 'minor',
  }
}

/**
 * Notes → events, both oldest first. Notes with one guid, or with one place and title, are one event. A note after a
 * resolution begins a new one; only the last is kept, because their common name is their identity.
 */
function groupNotes(notes: Note[]): Note[][] {
  const byGuid = new Map<string, string>()
  const events = new Map<string, Note[]>()
  for (const note of notes.toSorted(ascending('at'))) {
    const key = byGuid.get(note.guid) ?? JSON.stringify([note.place, note.title.toLowerCase()])
    byGuid.set(note.guid, key)
    const event = events.get(key)
    if (event !== undefined && !event.at(-1)?.resolved) event.push(note)
    else {
      events.delete(key)
      events.set(key, [note])
    }
  }
  return [...events.values()]
}

const rank: Readonly<Record<Impact, number>> = { none: 0, maintenance: 0, minor: 1, major: 2, critical: 3 }

function incidentOf(notes: Note[], { source, places }: ReadContext): ReadIncident {
  const first = notes[0] as Note // a group begins with a note
  const last = notes.at(-1) ?? first
  const named = places(source.provider, first.place || source.url)
  const words = notes.map(({ text }) => text)
  const where = withZones(named, words, text => places(source.provider, text))
  const code = where.regions[0]?.split('/')[1] ?? 'global'
  const service = first.place.replace(`-${code}`, '')
  const impact = notes.map(note => note.impact).reduce((a, b) => (rank[b] > rank[a] ? b : a))
  const updates = notes.map(
    (note): IncidentUpdate => ({
      id: digest(note.guid + note.at),
      at: note.at,
      status: note.resolved ? 'resolved' : openLifecycleOf('', note.text),
      text: note.text || note.title,
    }),
  )
  return {
    id: hashedId(source.id, first.place, first.title.toLowerCase()),
    provider: source.provider,
    kind: 'incident',
    title: clip(first.title, 300),
    status: updates.at(-1)?.status ?? 'investigating',
    rawStatus: null,
    impact,
    ...placesOfIncident(where),
    services: service === '' || service === 'multipleservices' ? [] : [service],
    serviceKeys: serviceKeys([first.place]),
    startedAt: first.at,
    updatedAt: last.at,
    resolvedAt: last.resolved ? last.at : null,
    scheduledFor: null,
    scheduledUntil: null,
    url: 'https://health.aws.amazon.com/health/status',
    ...(last.resolved ? {} : { fadesAfterMs: FADES_AFTER_MS }),
    updates: orderUpdates(updates.reverse()),
  }
}
