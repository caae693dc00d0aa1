import { performance } from 'node:perf_hooks'
import type { Redis } from 'ioredis'
import { Source } from '../../shared/domain/source.ts'
import { keys, workerKey } from '../../shared/redis/keys.ts'
import { parseHash } from '../../shared/redis/records.ts'
import { lastRollUp } from '../../shared/redis/rollup-store.ts'
import { scanKeys } from '../store.ts'

export type RedisFacts = {
  /** The fields of INFO; null without the right to call it. */
  info: Readonly<Record<string, string>> | null
  roundTripsMs: readonly number[]
  /** Redis' clock minus ours, in ms. */
  clockAheadMs: number
  store: StoreFacts
}

export type StoreFacts = {
  /** The stored schema version; null if absent. */
  schema: string | null
  /** The version that an unfinished migration has reached; null if none is running. */
  migrated: string | null
  underMaintenance: boolean
  workers: readonly string[]
  rollUpHeld: boolean
  /** The last roll-up, in ms; null for never. */
  rolledUpAt: number | null
  /** The newest event, in ms of Redis' clock; null without events. */
  headAt: number | null
  /** All evidence together, in bytes. */
  evidenceBytes: number
  pictureBytes: number
  sources: readonly Source[]
}

const ROUND_TRIPS = 20

/** Reads facts about Redis and our store; changes nothing. */
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
    // Hosted Redis and restricted users may not allow INFO.
    info: await redis.info().then(parseInfo, () => null),
    roundTripsMs,
    clockAheadMs: Number(seconds) * 1_000 + Number(micros) / 1_000 - (askedAt + Date.now()) / 2,
    store: await gatherStore(redis),
  }
}

async function gatherStore(redis: Redis): Promise<StoreFacts> {
  const names = [keys.schema, keys.migrated, keys.maintenance, keys.rollUpLease]
  const [schema = null, migrated = null, maintenance, lease] = await redis.mget(names)
  const head = (await redis.xrevrange(keys.events, '+', '-', 'COUNT', 1))[0]
  const beats = await scanKeys(redis, workerKey(''))
  return {
    schema,
    migrated,
    underMaintenance: typeof maintenance === 'string',
    workers: [...beats].map(key => key.slice(workerKey('').length)).sort(),
    rollUpHeld: typeof lease === 'string',
    rolledUpAt: await lastRollUp(redis),
    headAt: head === undefined ? null : Number.parseInt(head[0], 10),
    evidenceBytes: Number(await redis.get(keys.evidenceBytes)),
    pictureBytes: Number(await redis.get(keys.pictureBytes)),
    sources: [...parseHash(Source, 'source', await redis.hgetall(keys.sources), () => undefined).values()],
  }
}

/** Lines of `name:value`, in sections. @see https://redis.io/docs/latest/commands/info/ */
const parseInfo = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^([\w-]+):(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
