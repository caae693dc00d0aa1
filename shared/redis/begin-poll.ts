import type { Redis } from 'ioredis'
import { Source } from '../domain/source.ts'
import { keys } from './keys.ts'
import { PollState } from './poll-state.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** The ground on which a poll stands. */
export type PollGround = {
  /** To hand back to `commitPoll`. */
  version: number
  /** Null before the first poll. */
  state: PollState | null
  source: Source | null
}

/**
 * Claims the poll that the timetable gave out and renews its lease. The claim fails when the timetable has given the
 * source to another since, or the source is gone: so no source is polled twice at once.
 *
 * KEYS  due leases versions polls sources
 * ARGV  source, due instant that the job was given
 * Returns version, state, health; or false.
 */
const beginScript = script(`
local source = ARGV[1]
local score = redis.call('ZSCORE', KEYS[1], source)
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return false end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now + tonumber(redis.call('HGET', KEYS[2], source) or '15000'), source)
return {
  redis.call('HGET', KEYS[3], source) or '0',
  redis.call('HGET', KEYS[4], source) or '',
  redis.call('HGET', KEYS[5], source) or ''
}
`)

/** The ground for the poll of `sourceId` that was due at `dueAt`; null when that claim no longer holds. */
export async function beginPoll(
  redis: Redis,
  sourceId: string,
  dueAt: number,
  onInvalid: OnInvalid,
): Promise<PollGround | null> {
  const reply = await beginScript(
    redis,
    [keys.due, keys.leases, keys.versions, keys.polls, keys.sources],
    [sourceId, dueAt],
  )
  if (!Array.isArray(reply)) return null
  const [version, state, source] = reply.map(String)
  return {
    version: Number(version),
    state: parseRecord(PollState, 'poll state', sourceId, state || null, onInvalid) ?? null,
    source: parseRecord(Source, 'source', sourceId, source || null, onInvalid) ?? null,
  }
}
