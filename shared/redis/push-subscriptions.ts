import type { Redis } from 'ioredis'
import { PushSubscriber } from '../domain/push.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash } from './records.ts'
import { script } from './script.ts'

export const MAX_PUSH_SUBSCRIPTIONS = 5_000

/**
 * addPushSubscription. Returns 0 where there are too many.
 * KEYS 1 pushSubscriptions, 2 pushVersion. ARGV 1 id, 2 JSON, 3 max
 */
const addScript = script(`
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('INCR', KEYS[2])
return 1
`)

/** Stores a subscription, or what it now is. False where there are too many. */
export async function addPushSubscription(redis: Redis, one: PushSubscriber): Promise<boolean> {
  const args = [one.id, JSON.stringify(one), MAX_PUSH_SUBSCRIPTIONS]
  return (await addScript(redis, [keys.pushSubscriptions, keys.pushVersion], args)) === 1
}

/** removePushSubscriptions. KEYS 1 pushSubscriptions, 2 pushVersion. ARGV n × id. Returns how many there were. */
const removeScript = script(`
local removed = 0
for _, id in ipairs(ARGV) do removed = removed + redis.call('HDEL', KEYS[1], id) end
if removed > 0 then redis.call('INCR', KEYS[2]) end
return removed
`)

export async function removePushSubscriptions(redis: Redis, ids: readonly string[]): Promise<boolean> {
  return ids.length > 0 && (await removeScript(redis, [keys.pushSubscriptions, keys.pushVersion], ids)) !== 0
}

/** All of them by id, and a version that changes with them; null where that is still `known`. */
export async function readPushSubscriptions(
  redis: Redis,
  known: string | null,
  onInvalid: OnInvalid,
): Promise<{ version: string; subscribers: Map<string, PushSubscriber> } | null> {
  const version = (await redis.get(keys.pushVersion)) ?? '0'
  if (version === known) return null
  const stored = await redis.hgetall(keys.pushSubscriptions)
  return { version, subscribers: parseHash(PushSubscriber, 'push subscription', stored, onInvalid) }
}

/** Ends those that were made by another right, as under a view token that is no longer valid. */
export async function keepPushSubscriptionsOf(redis: Redis, right: string, onInvalid: OnInvalid): Promise<number> {
  const found = await readPushSubscriptions(redis, null, onInvalid)
  const others = [...(found?.subscribers.values() ?? [])].filter(one => one.right !== right).map(({ id }) => id)
  await removePushSubscriptions(redis, others)
  return others.length
}

/** The public half of the workers' key; null where they have none. Workers write it when they start. */
export const readPushKey = (redis: Redis): Promise<string | null> => redis.get(keys.pushKey)

/** writePushKey. KEYS 1 pushKey, 2 pushSubscriptions, 3 pushVersion. ARGV 1 key, or '' for none. */
const writeKeyScript = script(`
local before = redis.call('GET', KEYS[1])
if ARGV[1] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[1])
if before and before ~= ARGV[1] and redis.call('DEL', KEYS[2]) == 1 then redis.call('INCR', KEYS[3]) end
return 1
`)

/** With another key all subscriptions end: push services take nothing from it for them. */
export async function writePushKey(redis: Redis, key: string | null): Promise<void> {
  await writeKeyScript(redis, [keys.pushKey, keys.pushSubscriptions, keys.pushVersion], [key ?? ''])
}
