import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { keys } from '../../shared/redis/keys.ts'
import { freePort } from '../support/free-port.ts'
import { type Listener, listen } from '../support/listener.ts'
import { redisProcess } from '../support/redis-process.ts'
import { type Role, startRole } from '../support/role.ts'
import { temporaryRedis, until } from '../support/temporary-redis.ts'

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

async function servers() {
  const port = await freePort()
  const master = await temporaryRedis({ settings: ['--port', String(port), '--repl-diskless-sync-delay', '0'] })
  ending.push(master.close)
  const replica = await redisProcess(['port %p', 'save ""', `replicaof 127.0.0.1 ${port}`])
  ending.push(() => replica.close())
  await until(async () => /state=online/.test(await master.redis.info('replication')), 'the replica to follow')
  return { master, replica }
}

async function serve(environment: Record<string, string>): Promise<{ url: string; role: Role }> {
  const port = await freePort()
  const role = startRole('server', { PORT: String(port), ...environment })
  ending.push(() => role.stop())
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200, 'the server to be ready')
  return { url, role }
}

test('a server that follows a replica tells what the others tell, and a client goes from one to the other', async () => {
  const { master, replica } = await servers()
  const [one, other] = [
    await serve({ REDIS_URL: master.url }),
    await serve({ REDIS_URL: master.url, REDIS_REPLICA_URL: `redis://127.0.0.1:${replica.port}` }),
  ]
  const clients: Listener[] = [listen(one.url, ['all'], '0-0'), listen(other.url, ['all'], '0-0')]
  ending.push(...clients.map(client => client.close))
  const add = (id: string) =>
    master.redis.xadd(
      keys.events,
      '*',
      'event',
      JSON.stringify({ type: 'source.removed', at: new Date().toISOString(), channels: ['all'], data: { id } }),
    )
  for (const id of ['a', 'b', 'c']) await add(id)
  await until(() => clients.every(({ events }) => events.length === 3), 'the events at both')
  const [first, second] = clients
  expect(second?.events).toEqual(first?.events)

  const watcher = new Redis(replica.port)
  ending.push(() => watcher.disconnect())
  const readers = await watcher.client('LIST')
  expect(String(readers)).toContain('nephoscope-tail')
  const moved = listen(other.url, ['all'], first?.events[1]?.id)
  ending.push(moved.close)
  await until(() => moved.events.length === 1, 'what it missed')
  expect(moved.events).toEqual(first?.events.slice(2))
  expect(moved.resets).toEqual([])
})
