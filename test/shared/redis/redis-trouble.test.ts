import { Redis, ReplyError } from 'ioredis'
import { expect, test } from 'vitest'
import { describeRedisError } from '../../../shared/redis/connect.ts'
import { temporaryRedis } from '../../support/temporary-redis.ts'

test('what ails Redis is told in one line with what mends it, and nothing else is taken for it', async () => {
  const store = await temporaryRedis({ settings: ['--maxmemory', '1'] })
  const full: unknown = await store.redis.set('any', 'thing').catch((error: unknown) => error)
  const away = new Redis(store.socket, { maxRetriesPerRequest: 0, retryStrategy: () => 50 })
  away.on('error', () => undefined)
  await away.ping()
  const lost = away.blpop('nothing', 0).catch((error: unknown) => error)
  await store.close()
  const loss = await lost
  away.disconnect()
  expect(describeRedisError(full)).toMatch(
    /^ended: Redis refuses to write .*\(OOM .*Make room for it, in memory or on its disk/,
  )
  const disk = new ReplyError('MISCONF Errors writing to the AOF file: No space left on device')
  expect(describeRedisError(disk)).toMatch(/^ended: Redis refuses to write .*No space left.*Make room/)
  expect(describeRedisError(loss)).toMatch(/^ended: Redis went away .*Start it again/)
  expect(describeRedisError(new ReplyError('WRONGTYPE Operation against a key'))).toBeNull()
  expect(describeRedisError(new TypeError('x is not a function'))).toBeNull()
})
