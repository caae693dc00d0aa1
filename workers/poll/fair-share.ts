import type { EventDraft } from '../../shared/domain/events.ts'
import { bytesOf } from '../../shared/domain/ledger.ts'
import { ascending, firstOf } from '../../shared/domain/order.ts'
import { type RecordId, toInstant } from '../../shared/domain/primitives.ts'
import type { PollState } from '../../shared/redis/poll-state.ts'
import type { Diff } from './diff.ts'

/**
 * What one source may tell in a minute: a fifth of 3,000 events, which a server with thousands of sockets can pass on,
 * and of 2.5 MB, which keeps a client that reads slowly below the 1 MB at which it is cut. Entries of ledgers count too.
 */
const EVENTS_A_MINUTE = 600
const BYTES_A_MINUTE = 512 * 1024

export type Share = PollState['share']

/** Earlier polls: what is stored already, and what is left of the share. */
export type Earlier = Pick<PollState, 'incidents' | 'components' | 'articles' | 'missing' | 'share'>

/**
 * Leaves out the changes of a poll beyond the source's share, with their records, as if they had not been read. The
 * next poll finds them again, in their newest state. What opens or ends goes first; between equals it is the turn of
 * those that had none, by their ids. Pure.
 * @returns what is left, and how many events were left out
 */
export function withinShare(
  diff: Diff,
  earlier: Earlier,
  now: number,
): { diff: Diff; share: Share; postponed: number } {
  const left = refilled(earlier.share, now)
  const told = new Set<EventDraft>()
  const waiting = diff.events
    .map(event => ({ event, id: idOf(event), urgency: urgencyOf(event) }))
    .sort(
      firstOf<{ id: RecordId; urgency: number }>(
        ascending('urgency'),
        ascending(({ id }) => (id > left.last ? 0 : 1)),
        ascending('id'),
      ),
    )
  const entryBytes = new Map<RecordId, number>()
  for (const { incident, entry } of diff.ledger)
    entryBytes.set(incident, (entryBytes.get(incident) ?? 0) + bytesOf(entry))
  let { events, bytes, last } = left
  for (const { event, id } of waiting) {
    // The last change may overdraw the share, so one of any size has its turn.
    if (events < 1 || bytes <= 0) break
    told.add(event)
    events -= 1
    bytes -= Math.max(bytesOf(event), entryBytes.get(id) ?? 0)
    last = id
  }
  const postponed = diff.events.length - told.size
  const share = { at: toInstant(now), events, bytes, last: postponed === 0 ? '' : last }
  return { diff: postponed === 0 ? diff : without(diff, told, earlier), share, postponed }
}

/** The share after a first reading, which is stored in one go: nothing is left of it. */
export const spentShare = (now: number): Share => ({ at: toInstant(now), events: 0, bytes: 0, last: '' })

function refilled(share: Share, now: number): NonNullable<Share> {
  if (share === null) return { at: toInstant(now), events: EVENTS_A_MINUTE, bytes: BYTES_A_MINUTE, last: '' }
  const minutes = Math.max(0, now - Date.parse(share.at)) / 60_000
  return {
    ...share,
    events: Math.min(EVENTS_A_MINUTE, share.events + minutes * EVENTS_A_MINUTE),
    bytes: Math.min(BYTES_A_MINUTE, share.bytes + minutes * BYTES_A_MINUTE),
  }
}

const urgencies: Partial<Record<EventDraft['type'], number>> = {
  'incident.opened': 0,
  'incident.resolved': 0,
  'incident.updated': 1,
  'components.updated': 2,
  'article.published': 3,
}
const urgencyOf = ({ type }: EventDraft): number => urgencies[type] ?? 4

function idOf(event: EventDraft): RecordId {
  if (event.type !== 'components.updated') return 'id' in event.data ? event.data.id : ''
  return event.data.upserted[0]?.id ?? event.data.removed[0] ?? ''
}

/** A diff without what the events that are not told would have changed. */
function without(diff: Diff, told: ReadonlySet<EventDraft>, earlier: Earlier): Diff {
  const untold = diff.events.filter(event => !told.has(event))
  const records = new Set(untold.filter(({ type }) => type !== 'components.updated').map(idOf))
  const patches = untold.flatMap(event => (event.type === 'components.updated' ? [event.data] : []))
  const upserted = new Set(patches.flatMap(({ upserted }) => upserted.map(({ id }) => id)))
  const unremoved = new Set(patches.flatMap(({ removed }) => removed))
  const keep = <T extends { id: RecordId }>(list: readonly T[], left: ReadonlySet<RecordId>) =>
    list.filter(({ id }) => !left.has(id))
  /** A record that was never stored is not owned yet. */
  const owned = (ids: readonly RecordId[], left: ReadonlySet<RecordId>, before: readonly RecordId[]) => {
    const stored = new Set(before)
    return ids.filter(id => !left.has(id) || stored.has(id))
  }
  // An end by absence, and a step back in time, need the reading before: it stays as it was.
  const missing = Object.entries(earlier.missing).filter(([id]) => records.has(id))
  return {
    ...diff,
    upserts: {
      incidents: keep(diff.upserts.incidents, records),
      components: keep(diff.upserts.components, upserted),
      articles: keep(diff.upserts.articles, records),
    },
    removals: { ...diff.removals, components: diff.removals.components.filter(id => !unremoved.has(id)) },
    events: diff.events.filter(event => told.has(event)),
    ledger: diff.ledger.filter(({ incident }) => !records.has(incident)),
    incidents: owned(diff.incidents, records, earlier.incidents),
    components: [...owned(diff.components, upserted, earlier.components), ...unremoved],
    articles: owned(diff.articles, records, earlier.articles),
    missing: { ...diff.missing, ...Object.fromEntries(missing) },
  }
}
