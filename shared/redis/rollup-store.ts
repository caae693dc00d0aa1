import type { Redis } from 'ioredis'
import type { EventDraft } from '../domain/events.ts'
import type { Change, Gap } from '../domain/history.ts'
import { Instant, type RegionId, toInstant } from '../domain/primitives.ts'
import type { RegionStatus } from '../domain/region.ts'
import { Status } from '../domain/status.ts'
import { appendEventLua, STREAM_LENGTH } from './event-stream.ts'
import { historyKey, keys } from './keys.ts'
import { script } from './script.ts'

/** Status changes kept per region: three months at 20 a day. */
const MAX_CHANGES = 2_000
const MAX_GAPS = 500

export type RollUpCommit = {
  who: string
  /** The lease is renewed for this time. */
  leaseMs: number
  now: number
  changes: readonly { status: RegionStatus; event: EventDraft }[]
  /** Statuses for the history. A region's last status is not written again. */
  remember: readonly Pick<RegionStatus, 'region' | 'status'>[]
  /** The begin (ms) of a gap before this roll-up; null without a gap. */
  silentSince: number | null
}

/**
 * commitRollUp. Returns 0, and writes nothing, if another holds the lease or it has expired.
 * KEYS  1 rollUpLease, 2 rollUpBeat, 3 statuses, 4 events, 5 gaps, then m × history
 * ARGV  1 holder, 2 now (ISO), 3 now (ms), 4 stream length, 5 begin of a gap (ms) or '', 6 max gaps, 7 max changes,
 *       8 lease ms, 9 n, then n × (region, status JSON, event JSON), m × status
 */
const commitScript = script(`${appendEventLua}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
if ARGV[5] ~= '' then
  redis.call('RPUSH', KEYS[5], ARGV[5] .. ' ' .. ARGV[3])
  redis.call('LTRIM', KEYS[5], -ARGV[6], -1)
end
local at = 10
for _ = 1, tonumber(ARGV[9]) do
  redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
  appendEvent(KEYS[4], ARGV[4], ARGV[at + 2])
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

/** Renews the lease, and writes the changed statuses, their events, the history and the heartbeat of the roll-up. */
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

/** The last roll-up, in ms; null before the first. */
export async function lastRollUp(redis: Redis): Promise<number | null> {
  const beat = Instant.safeParse(await redis.get(keys.rollUpBeat))
  return beat.success ? Date.parse(beat.data) : null
}

/** Reads the status changes of these regions, the newest `last` of each, and the gaps; oldest first. */
export async function readHistory(
  redis: Redis,
  regions: readonly RegionId[],
  last = MAX_CHANGES,
): Promise<{ changes: Map<RegionId, Change[]>; gaps: Gap[] }> {
  const replies = await redis
    .pipeline([
      ['lrange', keys.gaps, '0', '-1'],
      ...regions.map(region => ['lrange', historyKey(region), String(-last), '-1']),
    ])
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
