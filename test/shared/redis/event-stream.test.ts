import { expect, test } from 'vitest'
import type { Notice } from '../../../shared/domain/notice.ts'
import { awaitEvents, isInStream, limitStream, STREAM_LENGTH } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { postNotice, withdrawNotice } from '../../../shared/redis/notices.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

const NOTICE = '01jd0000000000000000000000'
const NOW = Date.parse('2026-11-20T10:00:00Z')

/** Posts and withdraws a notice of so many letters: two events. */
async function append(letters: number): Promise<void> {
  const from = new Date(NOW).toISOString()
  const notice: Notice = { id: NOTICE, text: 'x'.repeat(letters), level: 'info', from, until: null }
  await postNotice(server.redis, notice, NOW)
  await withdrawNotice(server.redis, NOTICE, NOW, refuse)
}

const countedBytes = async () => Number(await server.redis.hget(keys.eventSize, 'bytes'))

async function entries(): Promise<{ ids: string[]; bytes: number }> {
  const all = await server.redis.xrange(keys.events, '-', '+')
  return { ids: all.map(([id]) => id), bytes: all.reduce((sum, [, [, json = '']]) => sum + Buffer.byteLength(json), 0) }
}

test('the stream keeps at most its bytes, the newest last, and knows how many they are', async () => {
  await limitStream(server.redis, 20_000)
  for (let n = 0; n < 100; n++) {
    await append((n * 37) % 200)
    expect(await countedBytes()).toBeLessThanOrEqual(20_000)
  }
  const { ids, bytes } = await entries()
  expect(await countedBytes()).toBe(bytes)
  expect(bytes).toBeGreaterThan(19_000)
  expect(ids.at(-1)).toBe((await server.redis.xrevrange(keys.events, '+', '-', 'COUNT', 1))[0]?.[0])
})

test('the newest event is kept even when it alone is larger', async () => {
  await limitStream(server.redis, 100)
  await append(200)
  expect((await entries()).ids).toHaveLength(1)
})

test('what an earlier release appended, or a backup brought, is counted at the next event', async () => {
  for (let n = 0; n < 250; n++) await server.redis.xadd(keys.events, '*', 'event', '雲'.repeat(n))
  await append(10)
  expect(await countedBytes()).toBe((await entries()).bytes)
  await server.redis.xtrim(keys.events, 'MAXLEN', 7)
  await append(10)
  expect(await countedBytes()).toBe((await entries()).bytes)
})

test('the number of entries is bounded too', async () => {
  const fill = `for n = 1, ${STREAM_LENGTH * 1.01} do redis.call('XADD', KEYS[1], '*', 'event', '{}') end`
  await server.redis.eval(fill, 1, keys.events)
  await append(1)
  expect(await server.redis.xlen(keys.events)).toBeLessThanOrEqual(STREAM_LENGTH + 1)
  expect(await countedBytes()).toBe((await entries()).bytes)
})

test('a lower limit makes room at once, also where Redis is full', async () => {
  for (let n = 0; n < 30; n++) await append(200)
  await server.redis.config('SET', 'maxmemory', '1')
  await expect(append(1)).rejects.toThrow(/OOM|maxmemory/)
  await limitStream(server.redis, 64 * 1024 * 1024) // as it is: nothing to write
  await limitStream(server.redis, 5_000)
  await server.redis.config('SET', 'maxmemory', '0')
  const { bytes } = await entries()
  expect(bytes).toBeLessThanOrEqual(5_000)
  expect(await countedBytes()).toBe(bytes)
})

test('a reader learns that events were trimmed before it read them, and a client that its place is gone', async () => {
  await append(100)
  const [first = '', second = ''] = (await entries()).ids
  await append(100)
  expect(await awaitEvents(server.redis, second, 10, 1, () => undefined)).toMatchObject({ hasGap: false })
  await limitStream(server.redis, 300)
  await append(100)
  expect(await isInStream(server.redis, first)).toBe(false)
  expect(await awaitEvents(server.redis, first, 10, 1, () => undefined)).toMatchObject({ hasGap: true })
  const { last } = await awaitEvents(server.redis, first, 10, 1, () => undefined)
  expect(await awaitEvents(server.redis, last, 10, 1, refuse)).toMatchObject({ events: [], hasGap: false })
})
