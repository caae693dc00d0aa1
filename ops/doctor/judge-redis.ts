import { type Finding, fine, look, size, span, wrong } from './finding.ts'
import type { RedisFacts } from './gather-redis.ts'

/** The oldest version with all commands that we use, such as XSETID with its counts. Every Valkey has them. */
const OLDEST_REDIS = 7
/** Limits of the used share of maxmemory, or of the machine's memory. */
const FULL = 0.95
const NEARLY_FULL = 0.8
/** A longer round trip (ms) delays every event noticeably. */
const SLOW_MS = 10
/** A larger difference of the clocks makes data look stale, or from the future. */
const CLOCK_LOOK_MS = 1_000
const CLOCK_WRONG_MS = 30_000

export function judgeRedis({ info, roundTripsMs, clockAheadMs }: RedisFacts): Finding[] {
  return [...(info === null ? [unasked] : judgeInfo(info)), latency(roundTripsMs), clock(clockAheadMs)]
}

const unasked = look(
  'redis',
  'INFO is not allowed to this user: version, policy, memory and persistence are not known',
  'allow it: ACL SETUSER <user> +info',
)

function judgeInfo(info: Readonly<Record<string, string>>): Finding[] {
  return [...version(info), ...policy(info), memory(info), ...persistence(info), ...clients(info)]
}

type Info = Readonly<Record<string, string>>

function version(info: Info): Finding[] {
  const name = info.valkey_version === undefined ? `Redis ${info.redis_version}` : `Valkey ${info.valkey_version}`
  const isOld = info.valkey_version === undefined && Number.parseInt(info.redis_version ?? '0', 10) < OLDEST_REDIS
  const found = isOld
    ? [wrong('redis version', `${name} is too old`, `use Redis ${OLDEST_REDIS} or newer, or Valkey`)]
    : [fine('redis version', name)]
  if (info.role === 'slave')
    found.push(wrong('redis role', 'this is a replica: nothing can be written to it', 'name the master with REDIS_URL'))
  else if (info.loading === '1')
    found.push(wrong('redis role', 'it is still loading its data', 'wait; its log tells how far it is'))
  return found
}

function policy(info: Info): Finding[] {
  const policy = info.maxmemory_policy
  const evicted = Number(info.evicted_keys ?? 0)
  const says = `maxmemory-policy is ${policy}: records and queued polls may be thrown away`
  const mend = 'redis-cli CONFIG SET maxmemory-policy noeviction, and the same in redis.conf'
  const isRight = policy === 'noeviction'
  const found = [isRight ? fine('redis policy', 'maxmemory-policy noeviction') : wrong('redis policy', says, mend)]
  if (evicted === 0) return found
  const lost = `${evicted} keys were thrown away since it started`
  return [...found, look('redis policy', lost, 'set noeviction; start the workers again, which read all sources anew')]
}

function memory(info: Info): Finding {
  const used = Number(info.used_memory)
  const most = Number(info.maxmemory)
  const limit = most > 0 ? most : Number(info.total_system_memory)
  const says =
    most > 0
      ? `${size(used)} of maxmemory ${size(most)} used`
      : `${size(used)} used, no maxmemory, ${size(limit)} in the machine`
  const mend = 'raise maxmemory or give it a larger machine; RETENTION_DAYS makes the store smaller'
  if (used > FULL * limit) return wrong('redis memory', `${says}: writes are refused when it is full`, mend)
  return used > NEARLY_FULL * limit ? look('redis memory', says, mend) : fine('redis memory', says)
}

function persistence(info: Info): Finding[] {
  const failed = [
    ['aof_last_write_status', 'the append-only file could not be written'],
    ['aof_last_bgrewrite_status', 'the append-only file could not be rewritten'],
    ['rdb_last_bgsave_status', 'the last snapshot to disk failed'],
  ]
    .filter(([field = '']) => (info[field] ?? 'ok') !== 'ok')
    .map(([field = '', says]) => {
      const line = `${says} (${field}:${info[field]}): Redis may refuse writes`
      return wrong('redis disk', line, 'look at its log, and at the room on its disk')
    })
  const says = 'off: a crash of Redis loses all since its last snapshot'
  const mend = 'redis-cli CONFIG SET appendonly yes, and the same in redis.conf'
  return [
    info.aof_enabled === '1' ? fine('append-only', 'on') : look('append-only', says, mend),
    ...(failed.length > 0 ? failed : [fine('redis disk', 'what was last written to disk succeeded')]),
  ]
}

function clients(info: Info): Finding[] {
  const most = Number(info.maxclients ?? 0)
  const connected = Number(info.connected_clients ?? 0)
  if (most === 0 || connected < NEARLY_FULL * most) return []
  const says = `${connected} of at most ${most} connections are taken`
  return [look('redis clients', says, 'redis-cli CLIENT LIST tells by whom; raise maxclients')]
}

function latency(roundTripsMs: readonly number[]): Finding {
  const sorted = [...roundTripsMs].sort((a, b) => a - b)
  const median = sorted[sorted.length >> 1] ?? 0
  const says = `a round trip takes ${median.toFixed(2)} ms, the longest of ${sorted.length} took ${(sorted.at(-1) ?? 0).toFixed(1)} ms`
  return median > SLOW_MS
    ? look('redis latency', says, 'bring Redis nearer, or see what holds it up: redis-cli SLOWLOG GET')
    : fine('redis latency', says)
}

function clock(aheadMs: number): Finding {
  const differs = Math.abs(aheadMs)
  const says = `Redis' clock is ${span(differs)} ${aheadMs > 0 ? 'ahead of' : 'behind'} ours`
  const mend = 'let both machines keep the time: timedatectl set-ntp true'
  if (differs > CLOCK_WRONG_MS) return wrong('clock', says, mend)
  return differs > CLOCK_LOOK_MS ? look('clock', says, mend) : fine('clock', 'that of Redis agrees with ours')
}
