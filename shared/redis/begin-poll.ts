import type { Redis } from 'ioredis'
import type { z } from 'zod'
import { Source } from '../domain/source.ts'
import { HubAnswer, HubRequest, leaseStands } from './hub-subscriptions.ts'
import { keys } from './keys.ts'
import { PollState } from './poll-state.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** The ground on which a poll stands. */
export type PollGround = {
  /** To hand back to `commitPoll`. */
  version: number
  /** The instant of the push that this poll answers, by which it is known; null when none does. To hand back to `commitPoll`. */
  answeredPush: number | null
  /** Whether a push wants this poll. */
  isPushed: boolean
  /** Whether a hub tells of the source's news. */
  hasHub: boolean
  /** Null before the first poll. */
  state: PollState | null
  source: Source | null
}

/**
 * Claims the poll that the timetable gave out and renews its lease. The claim fails when the timetable has given the
 * source to another since, or the source is gone: so no source is polled twice at once.
 *
 * KEYS  due leases versions polls sources claims pushes hub requests, hub answers
 * ARGV  source, due instant that the job was given
 * Returns now, version, state, health, instant of a push, hub request, hub answer; or false.
 */
const beginScript = script(`
local source = ARGV[1]
local score = redis.call('ZSCORE', KEYS[1], source)
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return false end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local dueAt = now + tonumber(redis.call('HGET', KEYS[2], source) or '15000')
redis.call('ZADD', KEYS[1], dueAt, source)
redis.call('HSET', KEYS[6], source, dueAt)
local function field(hash) return redis.call('HGET', KEYS[hash], source) or '' end
return { tostring(now), field(3), field(4), field(5), field(7), field(8), field(9) }
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
    [
      keys.due,
      keys.leases,
      keys.versions,
      keys.polls,
      keys.sources,
      keys.claims,
      keys.pushes,
      keys.hubRequests,
      keys.hubAnswers,
    ],
    [sourceId, dueAt],
  )
  if (!Array.isArray(reply)) return null
  const [now, version, state, source, pushedAt, hubRequest, hubAnswer] = reply.map(String)
  const beganAt = Number(now)
  const isPushed = pushedAt !== '' && Number(pushedAt) <= beganAt
  const read = <S extends z.ZodType>(schema: S, what: string, json: string | undefined) =>
    parseRecord(schema, what, sourceId, json || null, onInvalid) ?? null
  return {
    version: Number(version),
    answeredPush: isPushed ? Number(pushedAt) : null,
    isPushed,
    hasHub: leaseStands(read(HubRequest, 'hub request', hubRequest), read(HubAnswer, 'hub answer', hubAnswer), beganAt),
    state: read(PollState, 'poll state', state),
    source: read(Source, 'source', source),
  }
}
