import type { Redis } from 'ioredis'
import { type Event, EventDraft, type EventId, ORIGIN } from '../domain/events.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { unfencedScript } from './script.ts'

/** Entries that the stream keeps at least, if they fit into its bytes. Clients can resume this far back. */
export const STREAM_LENGTH = 100_000
/** Bytes of events that the stream keeps at most, unless `limitStream` says otherwise: at 1.1 KB each 60,000 events. */
const STREAM_BYTES = 64 * 1024 * 1024

type Entry = [id: string, fields: string[]]

/** The field of an entry that is not an event: the store was restored or migrated, so readers load it again. */
const RELOAD_FIELD = 'anew'

/**
 * Lua: `appendEvent(stream, length, json)` appends an event, returns its id, and trims the oldest beyond the length or
 * the bytes. It trims a hundredth more than it must, so it rarely has to. The count of bytes is wrong if anything else
 * changed the stream, such as an earlier release; the number of entries shows that, and all are counted again.
 */
export const appendEventLua = `
local function bytesOf(entry) return #entry[2][2] end
local function countBytes(stream)
  local bytes, from, page = 0, '-', nil
  repeat
    page = redis.call('XRANGE', stream, from, '+', 'COUNT', 100)
    for _, entry in ipairs(page) do bytes, from = bytes + bytesOf(entry), '(' .. entry[1] end
  until #page < 100
  return bytes
end
local function trimEvents(stream, length, entries, bytes, maxBytes)
  if bytes <= maxBytes and entries <= length * 1.01 then return entries, bytes end
  maxBytes = maxBytes * 0.99
  while entries > 1 and (bytes > maxBytes or entries > length) do
    local trimmed = 0
    for _, oldest in ipairs(redis.call('XRANGE', stream, '-', '+', 'COUNT', 100)) do
      if entries - trimmed <= 1 or (bytes <= maxBytes and entries - trimmed <= length) then break end
      bytes, trimmed = bytes - bytesOf(oldest), trimmed + 1
    end
    entries = entries - trimmed
    redis.call('XTRIM', stream, 'MAXLEN', entries)
  end
  return entries, bytes
end
local function appendEvent(stream, length, json)
  local size = redis.call('HMGET', '${keys.eventSize}', 'entries', 'bytes', 'maxBytes')
  local entries, bytes = redis.call('XLEN', stream), tonumber(size[2])
  if not bytes or tonumber(size[1]) ~= entries then bytes = countBytes(stream) end
  local id = redis.call('XADD', stream, '*', 'event', json)
  local maxBytes = tonumber(size[3] or '${STREAM_BYTES}')
  entries, bytes = trimEvents(stream, tonumber(length), entries + 1, bytes + #json, maxBytes)
  redis.call('HSET', '${keys.eventSize}', 'entries', entries, 'bytes', bytes)
  return id
end
`

/**
 * limitStream: makes room at once, also on a full Redis, where events cannot be appended. Returns 0 if nothing changed.
 * KEYS  1 events, 2 eventSize
 * ARGV  1 bytes, 2 stream length
 */
const limitScript = unfencedScript(`#!lua flags=allow-oom
${appendEventLua}
if (redis.call('HGET', KEYS[2], 'maxBytes') or '${STREAM_BYTES}') == ARGV[1] then return 0 end
local entries, bytes = redis.call('XLEN', KEYS[1]), countBytes(KEYS[1])
entries, bytes = trimEvents(KEYS[1], tonumber(ARGV[2]), entries, bytes, tonumber(ARGV[1]))
redis.call('HSET', KEYS[2], 'maxBytes', ARGV[1], 'entries', entries, 'bytes', bytes)
return 1
`)

/** Limits the bytes of events that the stream keeps, for every process that appends to it. */
export async function limitStream(redis: Redis, maxBytes: number): Promise<void> {
  await limitScript(redis, [keys.events, keys.eventSize], [maxBytes, STREAM_LENGTH])
}

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
  redis.call('HDEL', '${keys.eventSize}', 'bytes')
  return redis.call('XADD', stream, id, '${RELOAD_FIELD}', '1')
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
 * or migrated, so data read from it before is invalid. `hasGap`: events after `since` may have been trimmed unread.
 */
export async function awaitEvents(
  blocked: Redis,
  since: EventId,
  limit: number,
  blockMs: number,
  onInvalid: OnInvalid,
): Promise<{ events: Event[]; last: EventId; mustReload: boolean; hasGap: boolean }> {
  // The check is sent at once and answered last: if `since` is still there, nothing after it was trimmed before.
  const [reply, isWhole] = await Promise.all([
    blocked.xread('COUNT', limit, 'BLOCK', blockMs, 'STREAMS', keys.events, since),
    isInStream(blocked, since),
  ])
  const entries = reply?.[0]?.[1] ?? []
  const mustReload = entries.some(([, [field]]) => field === RELOAD_FIELD)
  const hasGap = entries.length > 0 && !isWhole
  return { events: parseEntries(entries, onInvalid), last: entries.at(-1)?.[0] ?? since, mustReload, hasGap }
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
