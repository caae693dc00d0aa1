import { performance } from 'node:perf_hooks'
import type { Redis } from 'ioredis'
import { Source } from '../../shared/domain/source.ts'
import { keys, workerBeat } from '../../shared/redis/keys.ts'
import { parseHash } from '../../shared/redis/records.ts'
import { lastRollUp } from '../../shared/redis/rollup-store.ts'
import { keysThatBegin } from '../store.ts'
import type { RedisFacts, StoreFacts } from './facts.ts'

const ROUND_TRIPS = 20

/** Looks at Redis and at our store in it; changes nothing. */
export async function gatherRedis(redis: Redis): Promise<RedisFacts> {
  const roundTripsMs: number[] = []
  for (let n = 0; n < ROUND_TRIPS; n++) {
    const sentAt = performance.now()
    await redis.ping()
    roundTripsMs.push(performance.now() - sentAt)
  }
  const askedAt = Date.now()
  const [seconds, micros] = await redis.time()
  return {
    // Hosted Redis and careful users may not be allowed to ask.
    info: await redis.info().then(parseInfo, () => null),
    roundTripsMs,
    clockAheadMs: Number(seconds) * 1_000 + Number(micros) / 1_000 - (askedAt + Date.now()) / 2,
    store: await gatherStore(redis),
  }
}

async function gatherStore(redis: Redis): Promise<StoreFacts> {
  const [schema = null, migrated = null, maintenance, lease] = await redis.mget(
    keys.schema,
    keys.migrated,
    keys.maintenance,
    keys.rollUpLease,
  )
  const head = (await redis.xrevrange(keys.events, '+', '-', 'COUNT', 1))[0]
  const beats = await keysThatBegin(redis, workerBeat(''))
  return {
    schema,
    migrated,
    underMaintenance: typeof maintenance === 'string',
    workers: [...beats].map(key => key.slice(workerBeat('').length)).sort(),
    rollUpHeld: typeof lease === 'string',
    rolledUpAt: await lastRollUp(redis),
    headAt: head === undefined ? null : Number.parseInt(head[0], 10),
    sources: [...parseHash(Source, 'source', await redis.hgetall(keys.sources), () => undefined).values()],
  }
}

/** `name:value` a line, sections between. @see https://redis.io/docs/latest/commands/info/ */
const parseInfo = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^([\w-]+):(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
