import { afterEach, expect, test } from 'vitest'
import type { Event } from '../../shared/domain/events.ts'
import { type Listener, listen } from '../support/listener.ts'
import { redisCluster } from '../support/redis-cluster.ts'
import { redisSentinels } from '../support/redis-sentinels.ts'
import { type Stack, type Store, startStackOn } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack<Store>
afterEach(() => stack.close())

/** A client, and what it got since it last had to start anew. */
type Follower = Listener & { sinceReset(): Event[]; base(): string }

function follow(url: string): Follower {
  const listener = listen(url, ['all'], '0-0')
  let from = 0
  listener.socket.on('reset', () => {
    from = listener.events.length
  })
  return {
    ...listener,
    sinceReset: () => listener.events.slice(from),
    base: () => listener.resets.at(-1)?.snapshot.head ?? '0-0',
  }
}

const publish = (title: string) =>
  stack.simulator.apply({ do: 'publish', feed: 'cloud-gazette', title, summary: 'Something happened.' })

const has = (events: readonly Event[], title: string) =>
  events.filter(event => event.type === 'article.published' && event.data.title === title).length

const knows = (client: Follower, title: string) =>
  has(client.sinceReset(), title) > 0 || client.resets.at(-1)?.snapshot.articles.some(one => one.title === title)

/** What a client holds is what the stream says: exactly the events after the snapshot that it has, or all of them. */
async function expectAgreement(clients: readonly Follower[]): Promise<void> {
  await stack.workers.stop()
  const stream = (await stack.stream()).map(({ id }) => id)
  for (const client of clients) {
    const start = client.resets.length === 0 ? 0 : stream.indexOf(client.base()) + 1
    await until(
      () => client.sinceReset().at(-1)?.id === stream.at(-1) || client.base() === stream.at(-1),
      'a client to be current',
    )
    expect(client.sinceReset().map(({ id }) => id)).toEqual(stream.slice(start))
    client.close()
  }
}

const processes = () => [stack.workers.pid, stack.server.pid]

/** Everything under sentinels, and ten clients who know what was told before; the replica has it too. */
async function startFollowed() {
  const redis = await redisSentinels()
  stack = await startStackOn(redis, { story: 'road' })
  await stack.ready()
  const clients = Array.from({ length: 10 }, () => follow(stack.url))
  publish('Before')
  await until(() => clients.every(client => knows(client, 'Before')), 'all to know', 60)
  await redis.replicated()
  const master = await redis.master()
  return { redis, clients, master }
}

test('when sentinels make a replica the master, all go on by themselves, twice, and nobody has to start anew', async () => {
  const redis = await redisSentinels()
  stack = await startStackOn(redis, { story: 'road' })
  await stack.ready()
  const before = processes()
  const clients = Array.from({ length: 10 }, () => follow(stack.url))
  for (const round of [1, 2]) {
    publish(`Before ${round}`)
    await until(() => clients.every(client => knows(client, `Before ${round}`)), 'all to know', 60)
    await redis.replicated()
    const master = await redis.master()
    await master.kill()
    publish(`During ${round}`)
    await until(async () => (await redis.master()) !== master, 'another master', 60)
    await until(
      () => clients.every(client => knows(client, `During ${round}`)),
      'all to know what happened meanwhile',
      90,
    )
    master.start()
    await redis.replicated()
  }
  expect(processes()).toEqual(before)
  expect(clients.flatMap(({ resets }) => resets.map(({ reason }) => reason))).toEqual([])
  await expectAgreement(clients)
})

test('what a replica never got is told again after the failover, and every client starts anew', async () => {
  const { redis, clients, master } = await startFollowed()
  await redis.cutReplica()
  publish('Lost')
  await until(() => clients.every(client => knows(client, 'Lost')), 'all to know what will be lost', 60)
  const lost = (await stack.stream()).at(-1)?.id
  await master.kill()
  await until(async () => (await redis.master()) !== master, 'another master', 60)
  await until(() => clients.every(client => client.resets.length > 0), 'all to start anew', 60)
  await until(() => clients.every(client => knows(client, 'Lost')), 'all to know it again', 90)
  const stream = await stack.stream()
  expect(stream.map(({ id }) => id)).not.toContain(lost)
  expect(has(stream, 'Lost')).toBe(1)
  await expectAgreement(clients)
})

test('a master that hangs is left for the new one, and no longer believed when it wakes', async () => {
  const { redis, clients, master } = await startFollowed()
  master.signal('SIGSTOP')
  publish('During')
  await until(async () => (await redis.master()) !== master, 'another master', 60)
  await until(() => clients.every(client => knows(client, 'During')), 'all to know what happened meanwhile', 90)
  master.signal('SIGCONT')
  publish('After')
  await until(() => clients.every(client => knows(client, 'After')), 'all to know what happened then', 90)
  await redis.replicated()
  await expectAgreement(clients)
})

test('when a node of a cluster dies, its replica takes over, and all go on by themselves', async () => {
  const redis = await redisCluster({ replicas: 1 })
  stack = await startStackOn(redis, { story: 'road' })
  await stack.ready()
  const before = processes()
  const clients = Array.from({ length: 10 }, () => follow(stack.url))
  publish('Before')
  await until(() => clients.every(client => knows(client, 'Before')), 'all to know', 60)
  const owner = await redis.owner()
  await owner.kill()
  publish('During')
  await until(() => clients.every(client => knows(client, 'During')), 'all to know what happened meanwhile', 90)
  expect((await redis.owner()).port).not.toBe(owner.port)
  expect(processes()).toEqual(before)
  await expectAgreement(clients)
})
