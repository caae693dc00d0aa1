import type { Redis } from 'ioredis'
import type { EventId } from '../domain/events.ts'
import { toInstant } from '../domain/primitives.ts'
import { deliveryLua, laneOf, type WaitingMessage } from './deliveries.ts'
import { keys } from './keys.ts'
import { script } from './script.ts'

/** What the notifier has decided up to an event: all of it is stored, or nothing. */
export type NotifyCommit = {
  who: string
  /** The lease is renewed for this time. */
  leaseMs: number
  /** The cursor as it was read; another one means that somebody else has decided. */
  from: EventId | null
  cursor: EventId
  /** Conversation id → Conversation as JSON; null where it is over and forgotten. */
  conversations: ReadonlyMap<string, string | null>
  /** Rule id → RuleMemory as JSON; null for a rule that is gone. */
  rules: ReadonlyMap<string, string | null>
  messages: readonly WaitingMessage[]
  now: number
}

/**
 * commitNotify. Returns 0, and writes nothing, if the lease or the cursor is no longer ours.
 * KEYS  1 lease, 2 cursor, 3 conversations, 4 rules
 * ARGV  1 who, 2 lease ms, 3 cursor before or '', 4 cursor, 5 at, 6 number of conversations, 7 number of rules, then
 *       n × (id, JSON or ''), m × (id, JSON or ''), k × (lane, message)
 */
const commitScript = script(`${deliveryLua}
if redis.call('GET', KEYS[1]) ~= ARGV[1] or (redis.call('GET', KEYS[2]) or '') ~= ARGV[3] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], ARGV[4])
local at = 8
local function store(hash, count)
  for _ = 1, count do
    if ARGV[at + 1] == '' then redis.call('HDEL', hash, ARGV[at]) else redis.call('HSET', hash, ARGV[at], ARGV[at + 1]) end
    at = at + 2
  end
end
store(KEYS[3], tonumber(ARGV[6]))
store(KEYS[4], tonumber(ARGV[7]))
while at < #ARGV do
  enqueue(ARGV[at], ARGV[at + 1], ARGV[5])
  at = at + 2
end
return 1
`)

/** Stores what was decided, and puts its messages into their lanes. Returns false if another has taken over. */
export async function commitNotify(redis: Redis, commit: NotifyCommit): Promise<boolean> {
  const { who, leaseMs, from, cursor, conversations, rules, messages, now } = commit
  const flat = (map: ReadonlyMap<string, string | null>) => [...map].flatMap(([id, json]) => [id, json ?? ''])
  const waiting = messages.flatMap(message => [laneOf(message), JSON.stringify(message)])
  const args = [who, leaseMs, from ?? '', cursor, toInstant(now), conversations.size, rules.size]
  const names = [keys.notifyLease, keys.notifyCursor, keys.conversations, keys.notifyRules]
  return (await commitScript(redis, names, [...args, ...flat(conversations), ...flat(rules), ...waiting])) === 1
}

/** What the notifier decided last; a cursor of null before the first time. */
export async function readNotify(
  redis: Redis,
): Promise<{ cursor: EventId | null; conversations: Record<string, string>; rules: Record<string, string> }> {
  const replies = await redis
    .multi()
    .get(keys.notifyCursor)
    .hgetall(keys.conversations)
    .hgetall(keys.notifyRules)
    .exec()
  const [cursor, conversations, rules] = (replies ?? []).map(([error, value]) => {
    if (error) throw error
    return value
  })
  return {
    cursor: typeof cursor === 'string' ? cursor : null,
    conversations: asHash(conversations),
    rules: asHash(rules),
  }
}

const asHash = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null ? (value as Record<string, string>) : {} // HGETALL of texts
