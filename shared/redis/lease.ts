import type { Redis } from 'ioredis'
import { unfencedScript } from './script.ts'

/**
 * KEYS  lease
 * ARGV  who, ms
 */
const holdScript = unfencedScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

/** Takes or renews a lease, under which one process at a time does something; false while it is another's. */
export async function holdLease(redis: Redis, lease: string, who: string, ms: number): Promise<boolean> {
  return (await holdScript(redis, [lease], [who, ms])) === 1
}

/**
 * KEYS  lease
 * ARGV  who
 */
const releaseScript = unfencedScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`)

/** Gives a lease back, so that a successor need not wait for its end. */
export async function releaseLease(redis: Redis, lease: string, who: string): Promise<void> {
  await releaseScript(redis, [lease], [who])
}
