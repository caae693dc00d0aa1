import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { startLine } from '../support/line.ts'
import { listen } from '../support/listener.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { temporaryRedis, until } from '../support/temporary-redis.ts'

let stack: Stack
afterEach(() => stack.close())

test('Redis stopped for ten seconds and started again: workers, server and clients go on by themselves', async () => {
  stack = await startStack({ story: 'road' })
  await stack.ready()
  const client = listen(stack.url, ['all'], '0-0')
  await until(() => client.events.some(({ type }) => type === 'article.published'), 'the first events')

  await stack.redis.stop('SIGKILL')
  stack.simulator.step()
  await sleep(10_000)
  expect((await fetch(`${stack.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${stack.url}/api/snapshot`)).status).toBe(200)
  await stack.redis.start()

  await until(() => client.events.some(({ type }) => type === 'incident.opened'), 'the incident that opened meanwhile')
  await stack.ready()
  const pids = [stack.workers.pid, stack.server.pid]
  expect(client.resets).toEqual([])
  await sleep(1_500)
  const stream = (await stack.stream()).map(({ id }) => id)
  await until(() => client.events.length >= stream.length, 'the client to be current')
  expect(client.events.map(({ id }) => id).slice(0, stream.length)).toEqual(stream)
  expect([stack.workers.pid, stack.server.pid]).toEqual(pids)
  client.close()
})

test('a client that cannot be given what it missed for want of Redis comes again by itself', async () => {
  stack = await startStack({ story: 'road' })
  // its past is longer than what a server that starts now remembers
  await until(async () => (await stack.stream()).length > 20, 'the first events')
  const line = await startLine(() => ({ path: stack.redis.socket }))
  const { url } = await stack.another('server', { REDIS_URL: `redis://127.0.0.1:${line.port}` })
  await stack.ready(url)
  line.down()
  const client = listen(url, ['all'], '0-0')
  let left = false
  client.socket.on('disconnect', () => {
    left = true
  })
  await until(() => left, 'the server to give up')
  line.up()
  const [first] = await stack.stream()
  await until(() => client.events[0]?.id === first?.id, 'what it missed')
  client.close()
  await line.close()
})

test('what starts while Redis is full serves what is there, waits for room, and ends with one line where it cannot begin', async () => {
  stack = await startStack({ story: 'road' })
  await until(async () => (await stack.stream()).length > 20, 'the first events')
  const told = (url: string) =>
    Promise.all(['events?limit=20', 'articles', 'regions'].map(async of => (await fetch(`${url}/api/${of}`)).json()))
  await stack.redis.redis.config('SET', 'maxmemory', '1')
  const { url } = await stack.another('server')
  await stack.ready(url)
  expect(await told(url)).toEqual(await told(stack.url))

  await stack.workers.stop('SIGKILL')
  stack.workers.start()
  await stack.workers.said('workers are running')
  stack.simulator.step()
  await stack.redis.redis.config('SET', 'maxmemory', '0')
  const opened = async () => (await stack.stream()).some(({ type }) => type === 'incident.opened')
  await until(opened, 'the incident, once there is room')
  expect(stack.workers.ended()).toBeNull()

  const empty = await temporaryRedis({ settings: ['--maxmemory', '1'] })
  const { role } = await stack.another('workers', { REDIS_URL: empty.url })
  await until(() => role.ended() !== null && role.life().endsWith('\n'), 'the workers to end')
  await empty.close()
  const [line = '', ...more] = role.life().trimEnd().split('\n')
  expect(JSON.parse(line).msg).toMatch(/^ended: Redis refuses to write .* Make room/)
  expect([more, role.ended()]).toEqual([[], { code: 1, signal: null }])
})

test('a Redis that comes back without its past resets every client, and all agree again', async () => {
  stack = await startStack({ story: 'road' })
  await stack.ready()
  const client = listen(stack.url, ['all'], '0-0')
  stack.simulator.step()
  await until(() => client.events.some(({ type }) => type === 'incident.opened'), 'the incident')

  await stack.redis.stop('SIGKILL')
  await stack.redis.start({ empty: true })
  await until(() => client.resets.length > 0, 'a reset')
  // The timetable is rebuilt from the sources file, and with it everything else.
  const has = () =>
    [...client.events.slice(-400)].some(
      event => event.type === 'incident.opened' && event.id > (client.resets.at(-1)?.snapshot.head ?? ''),
    )
  await until(has, 'the incident once more')
  client.close()
})
