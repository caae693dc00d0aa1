import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../support/listener.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  await until(async () => (await json('/api/stats')).regionsLive > 100, 'the regions to be rolled up')
})
afterAll(() => stack.close())

const json = async (path: string) => (await fetch(`${stack.url}${path}`)).json()

const refused = (auth: object, headers: Record<string, string> = {}) =>
  new Promise<string>(resolve => {
    const socket = io(stack.url, {
      transports: ['websocket'],
      auth,
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
    })
    socket.on('connect_error', error => {
      socket.close()
      resolve(error.message)
    })
    socket.on('connect', () => {
      socket.close()
      resolve('connected')
    })
  })

test('a region subscriber gets that region’s events and no other’s', async () => {
  const mine = listen(stack.url, ['region/azure/westeurope'])
  const all = listen(stack.url, ['all'])
  await until(() => mine.socket.connected && all.socket.connected, 'the sockets')
  const open = (id: string, region: string) =>
    stack.simulator.apply({
      do: 'open',
      id,
      on: 'azure',
      title: `Trouble in ${region}`,
      regions: [region],
      services: ['Storage'],
    })
  open('one', 'westeurope')
  open('two', 'japaneast')
  const told = (listener: typeof mine, title: string) =>
    listener.events.some(({ type, data }) => type === 'incident.opened' && 'title' in data && data.title === title)
  await until(() => told(mine, 'Trouble in westeurope') && told(all, 'Trouble in japaneast'), 'both incidents')
  await until(() => mine.events.some(({ type }) => type === 'region.status'), 'the region’s status')
  expect(mine.events.every(({ channels }) => channels.includes('region/azure/westeurope'))).toBe(true)
  mine.close()
  all.close()
})

test('subscribing and leaving while connected, with a clear answer to what is no channel', async () => {
  const { socket, close } = listen(stack.url, ['news'])
  await until(() => socket.connected, 'the socket')
  expect(await socket.emitWithAck('subscribe', ['provider/aws'])).toEqual({
    ok: true,
    value: { channels: ['news', 'provider/aws'] },
  })
  expect(await socket.emitWithAck('unsubscribe', ['news'])).toEqual({ ok: true, value: { channels: ['provider/aws'] } })
  expect(await socket.emitWithAck('subscribe', ['region/azure/nowhere'])).toEqual({
    ok: false,
    error: "there is no region 'azure/nowhere': GET /api/regions lists them",
  })
  expect(await socket.emitWithAck('subscribe', ['Everything'])).toMatchObject({
    ok: false,
    error: expect.stringContaining("'Everything' is not a channel"),
  })
  const many = Array.from({ length: 250 }, (_, i) => `topic/t${i}`)
  expect(await socket.emitWithAck('subscribe', many)).toMatchObject({
    ok: false,
    error: expect.stringContaining('at most 200'),
  })
  close()
})

test('a handshake that is not understood is refused in one line', async () => {
  expect(await refused({ channels: ['nonsense/x'] })).toContain("'nonsense/x' is not a channel")
  expect(await refused({ channels: ['all'], since: 'yesterday' })).toContain('auth.since')
  expect(await refused({ channels: 'all' })).toContain('auth.channels')
})

test('a page of another origin is refused', async () => {
  const foreign = { Origin: 'https://evil.example.com' }
  expect(await refused({ channels: [] }, foreign)).toBe('this origin is not in ALLOWED_ORIGINS')
  expect(await refused({ channels: [] }, { Origin: stack.url })).toBe('connected')
})

test('an id that is trimmed away or from a lost future is answered with a reset', async () => {
  const trimmed = listen(stack.url, ['region/azure/westeurope'], '1-1')
  const ahead = listen(stack.url, ['all'], '99999999999999-0')
  await until(() => trimmed.resets.length === 1 && ahead.resets.length === 1, 'the resets')
  expect(trimmed.resets[0]?.reason).toBe('trimmed')
  expect(ahead.resets[0]?.reason).toBe('lost')
  expect(trimmed.resets[0]?.snapshot.statuses.map(({ region }) => region)).toEqual(['azure/westeurope'])
  trimmed.close()
  ahead.close()
})

test('a page whose past is gone is told to renew, and is sent no snapshot', async () => {
  const socket = io(stack.url, {
    transports: ['websocket'],
    auth: { channels: ['all'], since: '1-0', renews: true },
    forceNew: true,
  })
  const told: unknown[] = []
  socket.on('renew', reason => told.push(reason))
  socket.on('reset', reset => told.push(reset))
  await until(() => told.length > 0, 'to be told')
  expect(told).toEqual(['trimmed'])
  socket.close()
})

test('a fresh server gives a client from long ago everything out of Redis, in order', async () => {
  const late = await stack.another('server')
  await stack.ready(late.url)
  const client = listen(late.url, ['status'], '0-0')
  const expected = (await stack.stream()).filter(({ channels }) => channels.includes('status')).map(({ id }) => id)
  await until(() => client.events.length >= expected.length, 'the past')
  expect(client.events.slice(0, expected.length).map(({ id }) => id)).toEqual(expected)
  client.close()
})

test('handshakes of one address are limited', async () => {
  const strict = await stack.another('server', { HANDSHAKES_PER_MINUTE: '3' })
  await stack.ready(strict.url)
  const connect = () =>
    new Promise<boolean>(resolve => {
      const socket = io(strict.url, {
        transports: ['websocket'],
        auth: { channels: [] },
        reconnection: false,
        forceNew: true,
      })
      socket.on('connect', () => resolve(true)).on('connect_error', () => resolve(false))
    })
  const results: boolean[] = []
  for (let i = 0; i < 8; i++) results.push(await connect())
  expect(results).toContain(false)
  expect(results[0]).toBe(true)
})
