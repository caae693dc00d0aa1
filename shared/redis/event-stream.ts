import type { Redis } from 'ioredis'
import { type Event, EventDraft, type EventId, ORIGIN } from '../domain/events.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

type Entry = [id: string, fields: string[]]

/**
 * The one rule of resuming: a named id must still stand in the stream. Trimmed, lost, or ahead of what a restored Redis
 * holds, it does not. `0-0` stands for the stream's beginning, which stands while nothing was trimmed away.
 */
export async function standsInStream(redis: Redis, id: EventId): Promise<boolean> {
  if (id !== ORIGIN) return (await redis.xrange(keys.events, id, id)).length === 1
  const [length, added] = await streamCounts(redis)
  return length === added
}

async function streamCounts(redis: Redis): Promise<[length: number, added: number]> {
  if ((await redis.exists(keys.events)) === 0) return [0, 0]
  const info: unknown = await redis.xinfo('STREAM', keys.events)
  const flat: unknown[] = Array.isArray(info) ? info : []
  const field = (name: string) => Number(flat[flat.indexOf(name) + 1])
  return [field('length'), field('entries-added')]
}

/** Events after `since`, oldest first, at most `limit`. */
export async function readEvents(redis: Redis, since: EventId, limit: number, onInvalid: OnInvalid): Promise<Event[]> {
  return parseEntries(await redis.xrange(keys.events, `(${since}`, '+', 'COUNT', limit), onInvalid)
}

/** The newest events up to this one, oldest first, at most `limit`. */
export async function readNewest(redis: Redis, upTo: EventId, limit: number, onInvalid: OnInvalid): Promise<Event[]> {
  const entries = await redis.xrevrange(keys.events, upTo, '-', 'COUNT', limit)
  return parseEntries(entries.reverse(), onInvalid)
}

/** Waits at most `blockMs` for events after `since`; an empty list when there were none. The connection is blocked meanwhile. */
export async function awaitEvents(
  blocked: Redis,
  since: EventId,
  limit: number,
  blockMs: number,
  onInvalid: OnInvalid,
): Promise<{ events: Event[]; last: EventId }> {
  const reply = await blocked.xread('COUNT', limit, 'BLOCK', blockMs, 'STREAMS', keys.events, since)
  const entries = reply?.[0]?.[1] ?? []
  return { events: parseEntries(entries, onInvalid), last: entries.at(-1)?.[0] ?? since }
}

function parseEntries(entries: Entry[], onInvalid: OnInvalid): Event[] {
  const events: Event[] = []
  for (const [id, fields] of entries) {
    const draft = parseRecord(EventDraft, 'event', id, fields[1], onInvalid)
    if (draft !== undefined) events.push({ ...draft, id })
  }
  return events
}
