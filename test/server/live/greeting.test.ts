import { io } from 'socket.io-client'
import { afterEach, expect, test } from 'vitest'
import { until } from '../../support/temporary-redis.ts'
import { liveServer } from './fanout/live-server.ts'

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

test.each([
  ['straight', true],
  ['by socket.io alone', false],
])('sent %s, a client of a quiet channel that is cut is told what happened meanwhile', async (_how, direct) => {
  const server = await liveServer(direct)
  ending.push(() => server.live.close())
  server.tell({ channels: ['topic/a'], text: 'before' })
  let since: string | null = null
  const socket = io(server.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: give => give({ channels: ['topic/a'], since, token: null }),
  })
  ending.push(() => socket.close())
  const seen: string[] = []
  socket.on('pulse', ({ head }) => {
    seen.push('pulse')
    since ??= head
  })
  socket.on('event', ({ id, data }) => {
    seen.push(data.id)
    since = id
  })
  await until(() => seen.length > 0, 'the greeting')
  expect([seen, since]).toEqual([['pulse'], '1-1'])
  socket.disconnect()
  await until(() => server.live.connected() === 0, 'the cut')
  server.tell({ channels: ['topic/a'], text: 'meanwhile' }, { channels: ['topic/b'], text: 'elsewhere' })
  socket.connect()
  await until(() => seen.length >= 3, 'what happened')
  server.tell({ channels: ['topic/a'], text: 'after' })
  await until(() => seen.length >= 4, 'the next')
  expect(seen).toEqual(['pulse', 'pulse', 'meanwhile', 'after'])
})

test('a refusal says what is wrong of what was given', async () => {
  const server = await liveServer(true)
  ending.push(() => server.live.close())
  const refused = (auth: object, headers: Record<string, string> = {}) =>
    new Promise<string>(resolve => {
      const socket = io(server.url, { transports: ['websocket'], forceNew: true, auth, extraHeaders: headers })
      ending.push(() => socket.close())
      socket.on('connect_error', error => resolve(error.message))
      socket.on('connect', () => resolve('connected'))
    })
  expect(await refused({ channels: null, since: null, token: null, renews: null })).toBe('connected')
  expect(await refused({ since: 'yesterday' })).toBe('auth.since: must be the id of an event, such as 1795500000000-0')
  expect(await refused({ channels: ['provider/asw'] })).toBe("'asw' is not watched here: did you mean aws?")
  expect(await refused({}, { Origin: 'https://elsewhere.example.com' })).toBe('this origin is not in ALLOWED_ORIGINS')
})
