import type { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { type TemporaryRedis, temporaryRedis } from './temporary-redis.ts'

/** A Redis for the tests of a file, empty before each of them. Its client is there from the first hook on. */
export function redisOfFile(): { readonly redis: Redis } {
  let server: TemporaryRedis
  beforeAll(async () => {
    server = await temporaryRedis()
  })
  afterAll(() => server.close())
  beforeEach(() => server.redis.flushall())
  return {
    get redis() {
      return server.redis
    },
  }
}

/** Fails a test whose store holds an invalid record. */
export const refuse: OnInvalid = (what, key, why) => {
  throw new Error(`${what} ${key}: ${why}`)
}
