import type { Redis } from 'ioredis'
import type { EventDraft } from '../domain/events.ts'
import type { Change, Gap } from '../domain/history.ts'
import { Instant, type RegionId, toInstant } from '../domain/primitives.ts'
import type { RegionStatus } from '../domain/region.ts'
import { Status } from '../domain/status.ts'
import { STREAM_LENGTH } from './commit-poll.ts'
import { historyKey, keys } from './keys.ts'
import { holdLease, releaseLease } from './lease.ts'
import { script } from './script.ts'

/** Takes the lease under which one worker at a time rolls up. */
export const holdRollUp = (redis: Redis, who: string, ms: number): Promise<boolean> =>
  holdLease(redis, keys.rollUpLease, who, ms)

/** Gives the lease back, so that a successor need not wait for its end. */
export const releaseRollUp = (redis: Redis, who: string): Promise<void> => releaseLease(redis, keys.rollUpLease, who)

/** Changes of status that are remembered of one region: at 20 a day, those of three months. */
const MAX_CHANGES = 2_000
/** Gaps that are remembered. */
const MAX_GAPS = 500

/** What one turn of the roll-up writes. */
export type RollUpCommit = {
  who: string
  /** The lease is renewed for so long, in ms. */
  leaseMs: number
  /** ms since the epoch */
  now: number
  changes: readonly { status: RegionStatus; event: EventDraft }[]
  /** Statuses for the history; those that it ends with already are not written again. */
  remember: readonly Pick<RegionStatus, 'region' | 'status'>[]
  /** Since when (ms) nobody had rolled up before this turn; null when there was no such gap. */
  silentSince: number | null
}

/**
 * KEYS  lease beat statuses events gaps, m × history
 * ARGV  who, now (ISO), now (ms), stream length, silent since (ms) or '', most gaps, most changes, lease (ms),
 *       n, n × (region, status json, event json), m × status
 * Returns 1, or 0 when the lease is another's or has run out: then nothing was written.
 */
const commitScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
if ARGV[5] ~= '' then
  redis.call('RPUSH', KEYS[5], ARGV[5] .. ' ' .. ARGV[3])
  redis.call('LTRIM', KEYS[5], -ARGV[6], -1)
end
local at = 10
for _ = 1, tonumber(ARGV[9]) do
  redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[4], '*', 'event', ARGV[at + 2])
  at = at + 3
end
for history = 6, #KEYS do
  local last = redis.call('LINDEX', KEYS[history], -1)
  if not last or string.match(last, ' (.*)$') ~= ARGV[at] then
    redis.call('RPUSH', KEYS[history], ARGV[3] .. ' ' .. ARGV[at])
    redis.call('LTRIM', KEYS[history], -ARGV[7], -1)
  end
  at = at + 1
end
redis.call('PEXPIRE', KEYS[1], ARGV[8])
return 1
`)

/**
 * Renews the lease, and writes changed statuses with their events and their place in the history, and the beat by which servers know that somebody
 * watches the clock.
 */
export async function commitRollUp(redis: Redis, commit: RollUpCommit): Promise<boolean> {
  const { who, leaseMs, now, changes, remember, silentSince } = commit
  const reply = await commitScript(
    redis,
    [
      ...[keys.rollUpLease, keys.rollUpBeat, keys.statuses, keys.events, keys.gaps],
      ...remember.map(({ region }) => historyKey(region)),
    ],
    [
      ...[who, toInstant(now), now, STREAM_LENGTH, silentSince ?? '', MAX_GAPS, MAX_CHANGES, leaseMs, changes.length],
      ...changes.flatMap(({ status, event }) => [status.region, JSON.stringify(status), JSON.stringify(event)]),
      ...remember.map(({ status }) => status),
    ],
  )
  return reply === 1
}

/** When a roll-up last ran, ms; null when none ever did. */
export async function lastRollUp(redis: Redis): Promise<number | null> {
  const beat = Instant.safeParse(await redis.get(keys.rollUpBeat))
  return beat.success ? Date.parse(beat.data) : null
}

/** What the roll-up has remembered: of each region its changes of status, and when nobody watched; oldest first. */
export async function readHistory(
  redis: Redis,
  regions: readonly RegionId[],
): Promise<{ changes: Map<RegionId, Change[]>; gaps: Gap[] }> {
  const replies = await redis
    .pipeline([['lrange', keys.gaps, '0', '-1'], ...regions.map(region => ['lrange', historyKey(region), '0', '-1'])])
    .exec()
  const [gaps = [], ...lists] = (replies ?? []).map(([error, value]) => {
    if (error) throw error
    return Array.isArray(value) ? value.map(String) : []
  })
  return {
    gaps: gaps.map(gap => {
      const [from, until] = gap.split(' ').map(Number)
      return { from: from ?? 0, until: until ?? 0 }
    }),
    changes: new Map(regions.map((region, index) => [region, (lists[index] ?? []).flatMap(parseChange)])),
  }
}

function parseChange(text: string): Change[] {
  const [at, word] = text.split(' ')
  const status = Status.safeParse(word)
  return status.success ? [{ at: Number(at), status: status.data }] : []
}
