import { performance } from 'node:perf_hooks'
import type { Redis } from 'ioredis'
import { Source } from '../../shared/domain/source.ts'
import { keys, workerKey } from '../../shared/redis/keys.ts'
import { parseHash } from '../../shared/redis/records.ts'
import { lastRollUp } from '../../shared/redis/rollup-store.ts'
import { scanKeys } from '../store.ts'

/** What was seen of Redis. */
export type RedisFacts = {
  /** The answer of INFO, by field; null where it is not allowed to ask. */
  info: Readonly<Record<string, string>> | null
  /** Round trips, in ms. */
  roundTripsMs: readonly number[]
  /** How far its clock is ahead of ours, in ms. */
  clockAheadMs: number
  store: StoreFacts
}

/** What was seen of our store in it. */
export type StoreFacts = {
  /** What the schema's mark says; null: there is none. */
  schema: string | null
  /** Up to which version a migration has come that is not finished; null: there is none. */
  migrated: string | null
  /** Whether somebody migrates, restores or backs up now. */
  underMaintenance: boolean
  /** The hosts whose workers live. */
  workers: readonly string[]
  /** Whether somebody holds the lease of the roll-up. */
  rollUpHeld: boolean
  /** When a roll-up last ran, in ms; null: never. */
  rolledUpAt: number | null
  /** When the newest event happened, in ms by Redis' clock; null: there is none. */
  headAt: number | null
  sources: readonly Source[]
}

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
  const beats = await scanKeys(redis, workerKey(''))
  return {
    schema,
    migrated,
    underMaintenance: typeof maintenance === 'string',
    workers: [...beats].map(key => key.slice(workerKey('').length)).sort(),
    rollUpHeld: typeof lease === 'string',
    rolledUpAt: await lastRollUp(redis),
    headAt: head === undefined ? null : Number.parseInt(head[0], 10),
    sources: [...parseHash(Source, 'source', await redis.hgetall(keys.sources), () => undefined).values()],
  }
}

/** `name:value` a line, sections between. @see https://redis.io/docs/latest/commands/info/ */
const parseInfo = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^([\w-]+):(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
