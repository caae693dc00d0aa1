import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../support/listener.ts'
import { type Nginx, startNginx } from '../support/nginx.ts'
import { type Oracle, startOracle, tellingsBySource } from '../support/oracle.ts'
import type { Role } from '../support/role.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let nginx: Nginx
let oracle: Oracle
let servers: { role: Role; url: string }[]
let workers: Role[]

beforeAll(async () => {
  stack = await startStack({ story: 'road', environment: { TRUST_PROXY: '1' } })
  const [server, worker] = await Promise.all([stack.another('server'), stack.another('workers')])
  servers = [{ role: stack.server, url: stack.url }, server]
  workers = [stack.workers, worker.role]
  oracle = await startOracle(stack.simulator)
  await Promise.all(servers.map(({ url }) => stack.ready(url)))
  nginx = await startNginx(servers.map(({ url }) => url))
})
afterAll(async () => {
  await nginx.close()
  await stack.close()
})

const picture = (headers: Record<string, string> = {}) => fetch(`${nginx.url}/api/compact-snapshot`, { headers })

test('nginx gives one picture to all for a moment, as the server allows, and knows who has it already', async () => {
  const first = await picture()
  const etag = first.headers.get('etag') ?? ''
  const again = await picture()
  expect([again.headers.get('x-cache'), again.headers.get('etag')]).toEqual(['HIT', etag])
  expect(again.headers.get('cache-control')).toContain('s-maxage=2')
  expect(await again.text()).toBe(await first.text())
  expect((await picture({ 'If-None-Match': etag })).status).toBe(304)
  expect((await picture({ Authorization: 'Bearer x' })).headers.get('x-cache')).toBe('BYPASS')
})

test('what servers say of their own address is that of nginx', async () => {
  expect(await (await fetch(`${nginx.url}/feeds/all.atom`)).text()).toContain(`${nginx.url}/`)
})

test('metrics are for those inside', async () => {
  expect((await fetch(`${nginx.url}/metrics`)).status).toBe(404)
})

const socketsOf = async (url: string) =>
  Number(/^nephoscope_sockets (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1])

/** A client that is there and never says anything, not even goodbye, as one whose machine has gone to sleep. */
async function silentWebsocket(url: string): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) })
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  const head = ['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', 'Host: localhost', ...upgrade]
  socket.write(`${[...head, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='].join('\r\n')}\r\n\r\n`)
  await once(socket, 'data')
  return socket
}

/** One step of the story, until the stream holds what the oracle foretells. */
async function tell(): Promise<void> {
  stack.simulator.step()
  await oracle.look()
  const expected = oracle.expected()
  const lengths = (lists: Map<string, string[]>) => [...lists.values()].map(list => list.length)
  const happened = async () =>
    isDeepStrictEqual(lengths(tellingsBySource(await stack.stream(), expected.keys())), lengths(expected))
  await until(happened, 'the story in the stream')
}

test('all servers and workers restarted one after the other behind nginx leave each client with each event once, in order', async () => {
  const choices = [['all'], ['status'], ['news', 'region/azure/westeurope'], ['provider/aws', 'status']]
  const clients = Array.from({ length: 12 }, (_, n) => {
    const channels = choices[n % choices.length] ?? []
    return { channels, listener: listen(nginx.url, channels, '0-0') }
  })
  await until(() => clients.every(({ listener }) => listener.socket.connected), 'all to be connected')
  expect(await Promise.all(servers.map(({ url }) => socketsOf(url)))).toEqual([6, 6])
  const mute = await silentWebsocket(stack.url)
  await tell()
  for (const [n, { role, url }] of servers.entries()) {
    const worker = workers[n]
    expect(await Promise.all([role.stop(), worker?.stop()])).toEqual([0, 0])
    await tell()
    role.start()
    worker?.start()
    // One of the two answers, whatever the other is about to do.
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${nginx.url}/readyz`)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await tell()
    await stack.ready(url)
  }
  mute.destroy()
  await Promise.all(workers.map(worker => worker.stop()))

  const stream = await stack.stream()
  const expected = oracle.expected()
  expect(oracle.count()).toBeGreaterThan(15)
  expect(tellingsBySource(stream, expected.keys())).toEqual(expected)
  for (const { channels, listener } of clients) {
    const its = stream.filter(event => event.channels.some(channel => channels.includes(channel))).map(({ id }) => id)
    await until(() => listener.events.length >= its.length, `a client of ${channels} to be current`)
    expect(listener.resets).toEqual([])
    expect(listener.events.map(({ id }) => id)).toEqual(its)
    listener.close()
  }
})
