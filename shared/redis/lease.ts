import type { Redis } from 'ioredis'
import { unfencedScript } from './script.ts'

/** holdLease. KEYS 1 lease. ARGV 1 holder, 2 ms. Returns 0 while another holder has it. */
const holdScript = unfencedScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

/** Renews a lease that is held until the returned timer is cleared. */
export const keepLease = (redis: Redis, lease: string, who: string, ms: number): NodeJS.Timeout =>
  setInterval(() => void holdLease(redis, lease, who, ms).catch(() => false), ms / 3)

/** Takes or renews a lease, so that one process at a time does a task. Returns false while another holds it. */
export async function holdLease(redis: Redis, lease: string, who: string, ms: number): Promise<boolean> {
  return (await holdScript(redis, [lease], [who, ms])) === 1
}

/** releaseLease. KEYS 1 lease. ARGV 1 holder. */
const releaseScript = unfencedScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`)

/** Releases a lease, so that a successor does not wait for its expiry. */
export async function releaseLease(redis: Redis, lease: string, who: string): Promise<void> {
  await releaseScript(redis, [lease], [who])
}
