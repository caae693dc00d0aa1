import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshSourcesDeps, freshSources } from '../../../server/routes/sources.ts'
import { tellsAll } from '../../../shared/domain/private-words.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { minutesAgo, source } from '../../support/builders.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

let store: TemporaryRedis
beforeAll(async () => {
  store = await temporaryRedis()
})
afterAll(() => store.close())

const told = new Map([['a', source('a', { lastPollAt: minutesAgo(4) })]])
const put = (one: Source) => store.redis.hset(keys.sources, one.id, JSON.stringify(one))
const onInvalid = () => {}
const deps = (now: () => number): FreshSourcesDeps => ({
  redis: store.redis,
  fromEvents: () => told,
  tells: tellsAll,
  now,
  log: { debug() {} },
  onInvalid,
})

test('sources are as they are stored, asked for once a second for everybody', async () => {
  let now = 0
  const sources = freshSources(deps(() => now))
  await put(source('a', { lastPollAt: minutesAgo(2) }))
  const [first, second] = await Promise.all([sources(), sources()])
  expect(first.get('a')?.lastPollAt).toBe(minutesAgo(2))
  expect(second).toBe(first)
  await put(source('a', { lastPollAt: minutesAgo(1) }))
  now = 999
  expect(await sources()).toBe(first)
  now = 1_000
  expect((await sources()).get('a')?.lastPollAt).toBe(minutesAgo(1))
})

test('a record of before a field came is read with what that field is without a poll', async () => {
  const { latencyMs, day, heldUntil, gone, ...older } = source('b')
  await store.redis.hset(keys.sources, 'b', JSON.stringify(older))
  expect((await freshSources(deps(() => 0))()).get('b')).toEqual({
    ...older,
    latencyMs: null,
    day: '-'.repeat(24),
    heldUntil: null,
    gone: false,
  })
})

test('while Redis cannot be asked, what was told stands', async () => {
  const lost = store.redis.duplicate({ maxRetriesPerRequest: 0 })
  lost.on('error', () => {})
  lost.disconnect()
  expect(await freshSources({ ...deps(() => 0), redis: lost })()).toEqual(told)
})
