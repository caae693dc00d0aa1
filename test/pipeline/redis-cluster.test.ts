import { afterEach, expect, test } from 'vitest'
import { keys } from '../../shared/redis/keys.ts'
import { listen } from '../support/listener.ts'
import { type RedisCluster, redisCluster } from '../support/redis-cluster.ts'
import { type Stack, startStackOn } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack<RedisCluster>
afterEach(() => stack.close())

test('on a Redis Cluster everything works in one slot, and goes on when that moves to another node', async () => {
  stack = await startStackOn(await redisCluster({ replicas: 0 }), { story: 'road' })
  const { redis } = stack
  await stack.ready()
  const client = listen(stack.url, ['all'], '0-0')
  stack.simulator.step()
  await until(() => client.events.some(({ type }) => type === 'incident.opened'), 'the incident')

  const before = (await redis.owner()).port
  await redis.moveSlot()
  const told = client.events.length
  stack.simulator.apply({ do: 'publish', feed: 'cloud-gazette', title: 'After the move', summary: 'It goes on.' })
  const after = () =>
    client.events.some(event => event.type === 'article.published' && event.data.title === 'After the move')
  await until(after, 'what happened after the move')
  expect((await redis.owner()).port).not.toBe(before)
  expect(client.events.length).toBeGreaterThan(told)

  await stack.workers.stop()
  const stream = (await stack.stream()).map(({ id }) => id)
  await until(() => client.events.length >= stream.length, 'the client to be current')
  expect(client.events.map(({ id }) => id)).toEqual(stream)
  expect(client.resets).toEqual([])
  expect(await redis.redis.exists(keys.due)).toBe(1)
  client.close()
})
