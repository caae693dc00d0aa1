import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { keys } from '../../shared/redis/keys.ts'
import { holdLease, yieldLease } from '../../shared/redis/lease.ts'

/** A process that backs up or restores and dies blocks others for so long, in ms. */
const LEASE_MS = 10_000

/** Does what nobody else may do at the same time: nobody migrates, restores or backs up meanwhile. @throws when somebody does */
export async function underMaintenance<T>(redis: Redis, work: (who: string) => Promise<T>): Promise<T> {
  const who = randomUUID()
  if (!(await holdLease(redis, keys.maintenance, who, LEASE_MS)))
    throw new Error('another process migrates, restores or backs up the store: try again when it is done')
  const renewing = setInterval(
    () => void holdLease(redis, keys.maintenance, who, LEASE_MS).catch(() => false),
    LEASE_MS / 3,
  )
  try {
    return await work(who)
  } finally {
    clearInterval(renewing)
    await yieldLease(redis, keys.maintenance, who).catch(() => undefined)
  }
}
