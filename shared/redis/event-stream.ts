import type { Redis } from 'ioredis'
import { type Event, EventDraft, type EventId, ORIGIN } from '../domain/events.ts'
import { STREAM_LENGTH } from './commit-poll.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

type Entry = [id: string, fields: string[]]

/** The field of an entry that is not an event: the store was restored or migrated, so readers load it again. */
const RELOAD_FIELD = 'anew'

/**
 * Lua: `announceReload(stream, after)` makes all readers of the stream load the store again. `after` is the last id
 * that a reader may have seen, if that is not the stream's own.
 */
export const announceReloadLua = `
local function lastIdOf(stream)
  local info = redis.call('XINFO', 'STREAM', stream)
  for at = 1, #info, 2 do if info[at] == 'last-generated-id' then return info[at + 1] end end
end
local function split(id)
  local ms, n = string.match(id, '(%d+)-(%d+)')
  return tonumber(ms), tonumber(n)
end
local function announceReload(stream, after)
  local id = '*'
  local ms, n = split(after or '0-0')
  local lastMs, lastN = split(redis.call('EXISTS', stream) == 1 and lastIdOf(stream) or '0-0')
  local time = redis.call('TIME')
  local isAhead = ms > lastMs or (ms == lastMs and n > lastN)
  if isAhead and ms >= time[1] * 1000 + math.floor(time[2] / 1000) then id = string.format('%.0f-%.0f', ms, n + 1) end
  return redis.call('XADD', stream, 'MAXLEN', '~', '${STREAM_LENGTH}', id, '${RELOAD_FIELD}', '1')
end
`

/**
 * Whether the stream still contains an id, so that a client can resume from it. Trimmed ones, lost ones and those newer
 * than a restored store are not there. `0-0` is the beginning, and valid until something is trimmed.
 */
export async function isInStream(redis: Redis, id: EventId): Promise<boolean> {
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

export async function readEvents(redis: Redis, since: EventId, limit: number, onInvalid: OnInvalid): Promise<Event[]> {
  return parseEntries(await redis.xrange(keys.events, `(${since}`, '+', 'COUNT', limit), onInvalid)
}

export async function readNewestEvents(
  redis: Redis,
  upTo: EventId,
  limit: number,
  onInvalid: OnInvalid,
): Promise<Event[]> {
  const entries = await redis.xrevrange(keys.events, upTo, '-', 'COUNT', limit)
  return parseEntries(entries.reverse(), onInvalid)
}

/**
 * Waits at most `blockMs` for events after `since`, which blocks the connection. `mustReload`: the store was restored
 * or migrated, so data read from it before is invalid.
 */
export async function awaitEvents(
  blocked: Redis,
  since: EventId,
  limit: number,
  blockMs: number,
  onInvalid: OnInvalid,
): Promise<{ events: Event[]; last: EventId; mustReload: boolean }> {
  const reply = await blocked.xread('COUNT', limit, 'BLOCK', blockMs, 'STREAMS', keys.events, since)
  const entries = reply?.[0]?.[1] ?? []
  const mustReload = entries.some(([, [field]]) => field === RELOAD_FIELD)
  return { events: parseEntries(entries, onInvalid), last: entries.at(-1)?.[0] ?? since, mustReload }
}

function parseEntries(entries: Entry[], onInvalid: OnInvalid): Event[] {
  const events: Event[] = []
  for (const [id, fields] of entries) {
    if (fields[0] === RELOAD_FIELD) continue
    const draft = parseRecord(EventDraft, 'event', id, fields[1], onInvalid)
    if (draft !== undefined) events.push({ ...draft, id })
  }
  return events
}
