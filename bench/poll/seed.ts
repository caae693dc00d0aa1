import type { Redis } from 'ioredis'
import { toInstant } from '../../shared/domain/primitives.ts'
import { keys } from '../../shared/redis/keys.ts'
import { freshPollState } from '../../shared/redis/poll-state.ts'
import { parseSources } from '../../workers/config/source-config.ts'
import { readers } from '../../workers/formats/registry.ts'
import { unpolled } from '../../workers/poll/health.ts'

/** Far enough for the workers to start first, in ms. */
const LATER_MS = 3_600_000

/** Writes the store as it is when all sources of the file have long been read and are quiet: at their longest interval. */
export async function seedQuiet(redis: Redis, sourcesFile: string): Promise<void> {
  const parsed = parseSources(sourcesFile, 'benchmark')
  if (!parsed.ok) throw new Error(parsed.error)
  const now = Date.now()
  const at = toInstant(now)
  const pipeline = redis.pipeline()
  for (const config of parsed.value.sources.filter(source => source.kind !== 'probe')) {
    const source = {
      ...unpolled(config),
      intervalMs: config.everyMs * 2,
      lastPollAt: at,
      lastOkAt: at,
      httpStatus: 304,
    }
    const state = { ...freshPollState(readers[config.kind].address(config.url)), etag: '"1"', healthSentAt: at }
    pipeline.hset(keys.sources, config.id, JSON.stringify(source))
    pipeline.hset(keys.polls, config.id, JSON.stringify(state))
    pipeline.zadd(keys.due, now + LATER_MS, config.id)
  }
  await pipeline.exec()
}

/** Spreads the sources' due instants evenly at random over the time from `from` on. → ms since the epoch, by source */
export async function spreadDue(redis: Redis, ids: readonly string[], from: number, overMs: number): Promise<number[]> {
  const dues = ids.map(() => Math.round(from + Math.random() * overMs))
  await redis.zadd(keys.due, ...ids.flatMap((id, n) => [dues[n] ?? from, id]))
  return dues
}
