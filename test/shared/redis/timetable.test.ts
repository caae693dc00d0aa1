import { expect, test } from 'vitest'
import { keys } from '../../../shared/redis/keys.ts'
import { takeDue } from '../../../shared/redis/timetable.ts'
import { redisOfFile } from '../../support/redis-of-file.ts'

const HOUR = 3_600_000

const server = redisOfFile()

const takenNow = async () => (await takeDue(server.redis, 10)).map(({ id }) => id)
const inMinutes = async (id: string) =>
  Math.round((Number(await server.redis.zscore(keys.due, id)) - Date.now()) / 60_000)

test("when Redis' clock was set back by an hour, no source waits an hour for its turn", async () => {
  const before = Date.now() + HOUR
  await server.redis.set(keys.clock, before)
  await server.redis.zadd(keys.due, before - 1, 'azure', before + 600_000, 'github')
  expect(await takenNow()).toEqual(['azure'])
  expect(await inMinutes('github')).toBe(10)
  expect(await takenNow()).toEqual([])
  expect(await inMinutes('github')).toBe(10)
})

test('a clock that goes on moves nothing', async () => {
  await server.redis.zadd(keys.due, Date.now() + HOUR, 'azure')
  await server.redis.set(keys.clock, Date.now() - 2 * HOUR)
  expect(await takenNow()).toEqual([])
  expect(await inMinutes('azure')).toBe(60)
})
