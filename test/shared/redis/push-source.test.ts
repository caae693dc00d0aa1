import { expect, test } from 'vitest'
import { commitPoll } from '../../../shared/redis/commit-poll.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { beginPoll, type PollStart } from '../../../shared/redis/poll-state.ts'
import { pushSource, writeHubAnswer, writeHubRequest } from '../../../shared/redis/push.ts'
import { addSource, removeSource, takeDue } from '../../../shared/redis/timetable.ts'
import { hubRequest, minutesAgo, pollState, source } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const HOUR = 3_600_000

const server = redisOfFile()

const told = { type: 'source.removed' as const, at: minutesAgo(0), channels: ['all'], data: { id: 's' } }
const admit = (delayMs: number) => addSource(server.redis, source('s'), told, { leaseMs: 15_000, delayMs })
const due = async () => Number(await server.redis.zscore(keys.due, 's'))
const redisNow = async () => {
  const [seconds = 0, micros = 0] = (await server.redis.time()).map(Number)
  return seconds * 1000 + Math.floor(micros / 1000)
}
async function begin(): Promise<PollStart> {
  const [taken] = await takeDue(server.redis, 1)
  const ground = await beginPoll(server.redis, 's', taken?.dueAt ?? 0, refuse)
  if (ground === null) throw new Error('the poll could not begin')
  return ground
}
const end = ({ version, answeredPush }: PollStart) =>
  commitPoll(server.redis, {
    version,
    answeredPush,
    articlesFrom: minutesAgo(0),
    state: pollState(),
    source: source('s'),
    delayMs: HOUR,
    upserts: { incidents: [], components: [], articles: [] },
    removals: { incidents: [], components: [], articles: [] },
    events: [],
    ledger: [],
  })

test('a push makes a source due, and its poll knows of the push until one was committed', async () => {
  await admit(HOUR)
  expect(await pushSource(server.redis, 's')).toBe(true)
  const pushed = await begin()
  expect(pushed.isPushed).toBe(true)
  await end(pushed)
  expect(await due()).toBeGreaterThan((await redisNow()) + HOUR / 2)
  await server.redis.zadd(keys.due, 1, 's')
  expect((await begin()).isPushed).toBe(false)
})

test('a push during a poll leaves it its worth and its lease, and leads to another poll', async () => {
  await admit(0)
  const ground = await begin()
  const lease = await due()
  await pushSource(server.redis, 's')
  expect(await due()).toBe(lease)
  expect(await takeDue(server.redis, 1)).toEqual([])
  expect(await end(ground)).toEqual([])
  expect(await due()).toBeLessThanOrEqual(await redisNow())
  expect((await begin()).isPushed).toBe(true)
})

test('a push that comes after a poll began is not answered by it, be it in the same millisecond', async () => {
  await admit(0)
  const ground = await begin()
  await server.redis.hset(keys.pushes, 's', (await redisNow()) - 1_000)
  await end(ground)
  expect(await due()).toBeLessThanOrEqual(await redisNow())
  expect((await begin()).isPushed).toBe(true)
})

test('pushes that follow soon come to one poll, two seconds after the one before', async () => {
  await admit(HOUR)
  await pushSource(server.redis, 's')
  const first = await due()
  await end(await begin())
  for (let n = 0; n < 5; n++) await pushSource(server.redis, 's')
  expect(await due()).toBeGreaterThanOrEqual(first + 2_000)
})

test('a push that a dead worker’s poll left unanswered is answered by the next', async () => {
  await admit(HOUR)
  await pushSource(server.redis, 's')
  await begin()
  await server.redis.zadd(keys.due, 1, 's')
  expect((await begin()).isPushed).toBe(true)
})

test('a push moves nothing to a later instant, and does not bring back a source that is gone', async () => {
  await admit(0)
  const before = await due()
  await pushSource(server.redis, 's')
  expect(await due()).toBe(before)
  await removeSource(server.redis, 's', told)
  expect(await pushSource(server.redis, 's')).toBe(false)
  expect(await server.redis.exists(keys.due, keys.claims, keys.pushes, keys.pushedAt)).toBe(0)
})

test('a poll knows whether a hub is bound to tell of news: not before it has agreed, and not after its lease', async () => {
  await admit(0)
  const request = hubRequest()
  const answer = (until: number) => ({
    kind: 'granted' as const,
    token: request.token,
    askedAt: request.askedAt,
    at: minutesAgo(0),
    until: new Date(until).toISOString(),
  })
  const hasHub = async () => {
    await server.redis.zadd(keys.due, 1, 's')
    return (await begin()).hasHub
  }
  await writeHubRequest(server.redis, 's', request)
  expect(await hasHub()).toBe(false)
  await writeHubAnswer(server.redis, 's', answer((await redisNow()) + HOUR))
  expect(await hasHub()).toBe(true)
  await writeHubAnswer(server.redis, 's', answer((await redisNow()) - 1))
  expect(await hasHub()).toBe(false)
})
