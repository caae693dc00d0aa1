import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { fail, ok, type Result } from '../shared/domain/primitives.ts'
import { parseEnvironment } from '../shared/environment.ts'
import { connectRedis, untilReady } from '../shared/redis/connect.ts'
import { keyPrefix, keys } from '../shared/redis/keys.ts'
import { holdLease, keepLease, releaseLease } from '../shared/redis/lease.ts'
import { redisSettings, redisTarget } from '../shared/redis/redis-settings.ts'

/** The limits for the first connection, and for a reconnection after a reported failure. */
const CONNECT_TIMEOUT_MS = 4_000
const LOSS_TIMEOUT_MS = 1_000

/** Connects to the Redis of the environment; or one line why that failed. */
export async function openStore(environment: Record<string, string | undefined>, name: string): Promise<Result<Redis>> {
  const settings = parseEnvironment(z.object(redisSettings), environment)
  if (!settings.ok) return settings
  const target = await redisTarget(settings.value, file => readFile(file, 'utf8'))
  if (!target.ok) return target
  let why = 'no answer'
  const ended = new AbortController()
  const giveUp = () => ended.abort()
  const late = once(ended.signal, 'abort').then(() => false)
  setTimeout(giveUp, CONNECT_TIMEOUT_MS).unref()
  const redis = connectRedis(target.value, name, {
    warn(fields) {
      if ('error' in fields) why = String(fields.error) || why
      setTimeout(giveUp, LOSS_TIMEOUT_MS)
    },
    info: () => undefined,
  })
  if (await Promise.race([untilReady(redis).then(() => true), late])) return ok(redis)
  redis.disconnect()
  return fail(`Redis cannot be reached (${why}): see that it runs, and that REDIS_URL names it`)
}

export async function scanKeys(redis: Redis, prefix: string = keyPrefix): Promise<Set<string>> {
  const found = new Set<string>()
  let cursor = '0'
  do {
    const [next, names] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1_000)
    for (const key of names) found.add(key)
    cursor = next
  } while (cursor !== '0')
  return found
}

/** A process that dies during a backup or restore blocks others for this time. */
const LEASE_MS = 10_000

/** Runs `work` under the lease that excludes migrations, restores and backups. @throws if another process holds it */
export async function withMaintenanceLease<T>(redis: Redis, work: (who: string) => Promise<T>): Promise<T> {
  const who = randomUUID()
  if (!(await holdLease(redis, keys.maintenance, who, LEASE_MS)))
    throw new Error('another process migrates, restores or backs up the store: try again when it is done')
  const renewing = keepLease(redis, keys.maintenance, who, LEASE_MS)
  try {
    return await work(who)
  } finally {
    clearInterval(renewing)
    await releaseLease(redis, keys.maintenance, who).catch(() => undefined)
  }
}
