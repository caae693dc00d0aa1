import type { Redis } from 'ioredis'
import type { EventDraft } from '../domain/events.ts'
import type { RegionStatus } from '../domain/region.ts'
import { STREAM_LENGTH } from './commit-poll.ts'
import { keys } from './keys.ts'
import { holdLease, yieldLease } from './lease.ts'
import { script } from './script.ts'

/** Takes or renews the lease under which one worker at a time rolls up. */
export const holdRollUp = (redis: Redis, who: string, ms: number): Promise<boolean> =>
  holdLease(redis, keys.rollUpLease, who, ms)

/** Gives the lease back, so that a successor need not wait for its end. */
export const yieldRollUp = (redis: Redis, who: string): Promise<void> => yieldLease(redis, keys.rollUpLease, who)

/**
 * KEYS  lease beat statuses events
 * ARGV  who, now (ISO), stream length, n, n × (region, status json, event json)
 * Returns 1, or 0 when the lease is another's: then nothing was written.
 */
const commitScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
local at = 5
for _ = 1, tonumber(ARGV[4]) do
  redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[3], '*', 'event', ARGV[at + 2])
  at = at + 3
end
return 1
`)

/** Writes changed statuses with their events, and the beat by which servers know that somebody watches the clock. */
export async function commitRollUp(
  redis: Redis,
  who: string,
  now: string,
  changes: readonly { status: RegionStatus; event: EventDraft }[],
): Promise<boolean> {
  const args = changes.flatMap(({ status, event }) => [status.region, JSON.stringify(status), JSON.stringify(event)])
  const reply = await commitScript(
    redis,
    [keys.rollUpLease, keys.rollUpBeat, keys.statuses, keys.events],
    [who, now, STREAM_LENGTH, changes.length, ...args],
  )
  return reply === 1
}
