import { Redis, ReplyError } from 'ioredis'
import { expect, test } from 'vitest'
import { redisTrouble } from '../../../shared/redis/connect.ts'
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
  expect(redisTrouble(full)).toMatch(
    /^ended: Redis refuses to write .*\(OOM .*Make room for it, in memory or on its disk/,
  )
  const disk = new ReplyError('MISCONF Errors writing to the AOF file: No space left on device')
  expect(redisTrouble(disk)).toMatch(/^ended: Redis refuses to write .*No space left.*Make room/)
  expect(redisTrouble(loss)).toMatch(/^ended: Redis went away .*Start it again/)
  expect(redisTrouble(new ReplyError('WRONGTYPE Operation against a key'))).toBeNull()
  expect(redisTrouble(new TypeError('x is not a function'))).toBeNull()
})
