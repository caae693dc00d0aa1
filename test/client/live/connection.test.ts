import { once } from 'node:events'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { afterEach, expect, test, vi } from 'vitest'
import {
  type ConnectionDeps,
  type ConnectionListener,
  type LiveSocket,
  openConnection,
} from '../../../client/live/connection.ts'
import { compactSnapshot, type LongTexts, longTextsOf } from '../../../shared/domain/compact-snapshot.ts'
import type { Event } from '../../../shared/domain/events.ts'
import type { Snapshot } from '../../../shared/domain/snapshot.ts'
import type { ClientToServer, ServerToClient } from '../../../shared/domain/socket-protocol.ts'
import { article, minutesAgo, snapshot } from '../builders.ts'

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

/** What the compact snapshot leaves out. */
const texts = longTextsOf(
  snapshot({ articles: Array.from({ length: 30 }, (_, n) => article(`aws-blog/${n}`, { summary: 'More.' })) }),
)

/** A server on loopback that speaks as ours does; `answer` is the status with which it gives the snapshot. */
async function serve(token: string | null = null) {
  const state = { head: snapshot().head, answer: 200, asked: 0, sinces: [] as unknown[] }
  const http = createServer((request, response) => {
    if (request.url === '/api/compact-snapshot') state.asked++
    const locked = token !== null && request.headers.authorization !== `Bearer ${token}`
    response.statusCode = locked ? 401 : state.answer
    const answer = request.url === '/api/compact-snapshot' ? compactSnapshot(snapshot({ head: state.head })) : texts
    response.end(JSON.stringify(answer))
  })
  const sockets = new Server<ClientToServer, ServerToClient>(http)
  sockets.use((socket, next) => {
    state.sinces.push(socket.handshake.auth.since)
    next(token !== null && socket.handshake.auth.token !== token ? new Error('a token is needed') : undefined)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  ended.push(() => sockets.close())
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { state, sockets, url: `http://127.0.0.1:${address.port}` }
}

/** A page that records what its connection reports. */
function page(url: string) {
  const seen = {
    phases: [] as string[],
    snapshots: [] as Snapshot[],
    texts: [] as LongTexts[],
    events: [] as Event[],
    dropped: 0,
    token: null as string | null,
    sockets: [] as LiveSocket[],
  }
  const deps: ConnectionDeps = {
    fetch: (address, headers) => fetch(url + address, { headers }),
    async connect(auth) {
      const options = { transports: ['websocket'], forceNew: true, autoConnect: false, auth, reconnectionDelay: 20 }
      const socket: LiveSocket = io(url, options)
      seen.sockets.push(socket)
      return socket
    },
    now: Date.now,
    random: () => 0,
    frame: run => setTimeout(run, 5),
    token: () => seen.token,
    warn: () => {},
  }
  const listener: ConnectionListener = {
    phase: phase => seen.phases.push(phase.kind),
    snapshot: snapshot => seen.snapshots.push(snapshot),
    texts: texts => seen.texts.push(texts),
    events: events => seen.events.push(...events),
    pulse: () => {},
    heard: () => {},
    version: () => {},
    latency: () => {},
    dropped: count => {
      seen.dropped = count
    },
  }
  const connection = openConnection(deps, listener)
  ended.push(connection.stop)
  return { seen, connection }
}

const published = (n: number): Event => ({
  id: `${1000 + n}-0`,
  at: minutesAgo(0),
  channels: ['all', 'news'],
  type: 'article.published',
  data: article(`aws-blog/${n}`),
})

const patiently = { timeout: 10_000, interval: 10 }
const live = (seen: { phases: string[] }) => vi.waitFor(() => expect(seen.phases.at(-1)).toBe('live'), patiently)
const ids = (events: Event[]) => events.map(event => event.id)

test('a page gets the snapshot, then what happens after it, in order', async () => {
  const { sockets, state, url } = await serve()
  const { seen } = page(url)
  await live(seen)
  for (const n of [1, 2, 3]) sockets.emit('event', published(n))
  await vi.waitFor(() => expect(ids(seen.events)).toEqual(['1001-0', '1002-0', '1003-0']), patiently)
  expect(seen.snapshots).toEqual([snapshot()])
  await vi.waitFor(() => expect(seen.texts).toEqual([texts]), patiently)
  expect(state.sinces).toEqual(['1000-0'])
})

type Sockets = Server<ClientToServer, ServerToClient>
const cutLines = (sockets: Sockets) => {
  for (const socket of sockets.sockets.sockets.values()) socket.conn.close()
}
test.each<[string, (sockets: Sockets) => void]>([
  ['the line is cut', cutLines],
  ['the server ends the connection', sockets => sockets.disconnectSockets()],
])('when %s, it comes back and names the last event that it saw', async (_, cut) => {
  const { sockets, state, url } = await serve()
  const { seen } = page(url)
  await live(seen)
  sockets.emit('event', published(1))
  await vi.waitFor(() => expect(seen.events).toHaveLength(1), patiently)
  cut(sockets)
  await vi.waitFor(() => expect(state.sinces).toEqual(['1000-0', '1001-0']), patiently)
  await live(seen)
  expect(seen.phases).toContain('reconnecting')
})

test('a server that cannot answer yet is asked until it can', async () => {
  const { state, url } = await serve()
  state.answer = 503
  const { seen } = page(url)
  await vi.waitFor(() => expect(seen.phases).toEqual(['unreachable', 'unreachable']), patiently)
  state.answer = 200
  await live(seen)
  expect(state.asked).toBe(3)
})

test('waking up asks at once instead of waiting', async () => {
  const { state, url } = await serve()
  state.answer = 503
  const { seen, connection } = page(url)
  await vi.waitFor(() => expect(seen.phases).toHaveLength(4), patiently)
  state.answer = 200
  connection.wake()
  await live(seen)
  expect(state.asked).toBe(5)
})

test('a locked server opens to the token, in the request and in the socket', async () => {
  const { url } = await serve('open sesame')
  const { seen, connection } = page(url)
  await vi.waitFor(() => expect(seen.phases).toEqual(['locked']), patiently)
  seen.token = 'open sesame'
  connection.wake()
  await live(seen)
  expect(seen.snapshots).toHaveLength(1)
})

test('told to renew, a page takes another snapshot, and goes on from that', async () => {
  const { sockets, state, url } = await serve()
  const { seen } = page(url)
  await live(seen)
  state.head = '500-0'
  sockets.emit('renew', 'lost')
  await vi.waitFor(() => expect(seen.snapshots.map(({ head }) => head)).toEqual(['1000-0', '500-0']), patiently)
  await vi.waitFor(() => expect(state.sinces).toEqual(['1000-0', '500-0']), patiently)
})

test('a message that does not pass is counted and left out, and what follows still arrives', async () => {
  const { sockets, url } = await serve()
  const { seen } = page(url)
  await live(seen)
  // deliberately none of our events, as from a newer server
  sockets.emit('event', { ...published(1), type: 'article.sung' } as unknown as Event)
  sockets.emit('event', published(2))
  await vi.waitFor(() => expect(ids(seen.events)).toEqual(['1002-0']), patiently)
  expect(seen.dropped).toBe(1)
})

test('a page spreads its return over the time that the server asks for', async () => {
  const { sockets, url } = await serve()
  const { seen } = page(url)
  await vi.waitFor(() => expect(seen.phases.at(-1)).toBe('live'))
  sockets.emit('pulse', { at: minutesAgo(0), head: '0-0', workersAt: null, comeBackWithinMs: 8_000 })
  const manager = () => seen.sockets[0]?.io
  await vi.waitFor(() => expect([manager()?.reconnectionDelay(), manager()?.randomizationFactor()]).toEqual([4_000, 1]))
})

test('a screen whose admission is withdrawn is locked at once, and comes back when it has another token', async () => {
  const { sockets, url, state } = await serve()
  const { seen, connection } = page(url)
  await live(seen)
  state.answer = 401
  sockets.emit('withdrawn')
  await vi.waitFor(() => expect(seen.phases.at(-1)).toBe('locked'), patiently)
  state.answer = 200
  connection.wake()
  await live(seen)
})

test('somebody else may use the socket, now and after it was opened anew', async () => {
  const { sockets, url } = await serve()
  const { seen, connection } = page(url)
  await live(seen)
  const uses: string[] = []
  const stop = connection.extend(socket => {
    uses.push(socket.connected ? 'connected' : 'opened')
    return () => uses.push('left')
  })
  expect(uses).toEqual(['connected'])
  sockets.emit('withdrawn')
  await vi.waitFor(() => expect(uses).toEqual(['connected', 'left']), patiently)
  connection.wake()
  await vi.waitFor(() => expect(uses).toEqual(['connected', 'left', 'opened']), patiently)
  stop()
  expect(uses.at(-1)).toBe('left')
})
