import { readFile } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { startNginx } from '../support/nginx.ts'
import { clientFrame, opcode, type Raw, raw, rawWebsocket } from '../support/raw.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const VIEW_TOKEN = 'a-view-token-that-is-flooded'
const ADMIN_TOKEN = 'an-admin-token-that-is-flooded'
/** What the server may grow by while it is attacked, in bytes. Each attack sends more than this, or makes more of what it sends. */
const MOST_GROWTH = 100 * 1024 * 1024

let redis: TemporaryRedis
let server: Role
let url = ''
let before = 0
/** Those who begin a request and never end it. They are told off in five seconds, so they begin first. */
let slow: Raw[] = []
/** Websockets that say nothing after they are open, or not even a farewell. They begin first too. */
let silent: Raw[] = []

beforeAll(async () => {
  redis = await temporaryRedis()
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  server = startRole('server', {
    REDIS_URL: redis.url,
    PORT: String(port),
    VIEW_TOKEN,
    ADMIN_TOKEN,
    HANDSHAKES_PER_MINUTE: '0',
    REQUESTS_PER_MINUTE: '40',
    CONNECTIONS_PER_ADDRESS: '40',
    MAX_CONNECTIONS: '300',
  })
  await until(isReady, 'the server')
  slow = Array.from({ length: 100 }, (_, n) => raw(url, n % 2 === 0 ? 'GET / HTTP/1.1\r\nHost: x\r\nX-' : ''))
  silent = await Promise.all(Array.from({ length: 5 }, () => rawWebsocket(url)))
  before = await residentBytes()
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await redis.close()
})

const isReady = async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

/** Writes the same again and again, reading nothing, until it is cut or as much has been sent. */
async function pour({ socket }: Raw, piece: Buffer, mostBytes: number): Promise<void> {
  socket.pause()
  for (let sent = 0; sent < mostBytes && !socket.destroyed; sent += piece.length)
    if (!socket.write(piece)) await Promise.race([drained(socket), gone(socket)])
  socket.resume()
}
const drained = (socket: Raw['socket']) => new Promise<void>(resolve => socket.once('drain', () => resolve()))
const gone = (socket: Raw['socket']) => new Promise<void>(resolve => socket.once('close', () => resolve()))

const many = (frame: Buffer, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => frame))
const bearer = { headers: { Authorization: `Bearer ${VIEW_TOKEN}` } }
const metric = async (name: string) =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${url}/metrics`, bearer)).text())?.[1])

describe('a websocket is cut', () => {
  /** A close frame with the status 1008, as bytes of Latin 1. */
  const TOO_MANY_PARTS = '\x88\x02\x03\xf0'
  const admitted = clientFrame(opcode.text, `40${JSON.stringify({ channels: [], token: VIEW_TOKEN })}`)
  const floods: [string, Buffer, Buffer][] = [
    ['that pings without end', admitted, many(clientFrame(opcode.ping, 'x'.repeat(125)), 1000)],
    [
      'whose message has parts without end',
      clientFrame(opcode.text, '42', false),
      many(clientFrame(opcode.continuation, '', false), 5000),
    ],
    ['that subscribes without end', admitted, many(clientFrame(opcode.text, '421["subscribe",["news"]]'), 1000)],
    ['that greets without end', admitted, many(admitted, 1000)],
  ]
  test.each(floods)('%s', async (_, first, piece) => {
    const floodsBefore = await metric('nephoscope_flooding_sockets_total')
    const client = await rawWebsocket(url)
    client.socket.write(first)
    await pour(client, piece, 200 * 1024 * 1024)
    await client.closed
    expect(await metric('nephoscope_flooding_sockets_total')).toBe(floodsBefore + 1)
  })

  test('whose message has very many small parts', async () => {
    const client = await rawWebsocket(url)
    client.socket.write(Buffer.concat([admitted, clientFrame(opcode.text, '42', false)]))
    client.socket.write(many(clientFrame(opcode.continuation, 'x', false), 1_000))
    await until(() => client.answer().endsWith(TOO_MANY_PARTS), 'its farewell')
    await client.closed
  })

  test('whose message comes byte by byte', async () => {
    const floodsBefore = await metric('nephoscope_flooding_sockets_total')
    const client = await rawWebsocket(url)
    client.socket.setNoDelay(true)
    client.socket.write(Buffer.concat([admitted, clientFrame(opcode.text, 'x'.repeat(60_000)).subarray(0, -50_000)]))
    for (let sent = 0; sent < 49_000 && !client.socket.destroyed; sent++) {
      client.socket.write('x')
      await nextTurn()
    }
    await client.closed
    expect(await metric('nephoscope_flooding_sockets_total')).toBe(floodsBefore + 1)
  })

  test('that sends a larger message than a list of channels is', async () => {
    const client = await rawWebsocket(url)
    client.socket.write(clientFrame(opcode.text, 'x', false))
    client.socket.write(many(clientFrame(opcode.continuation, 'x'.repeat(20_000), false), 4))
    await client.closed
  })

  // engine.io would wait for half a minute more for its farewell
  test('that never asks for anything', { timeout: 20_000 }, async () => {
    expect(silent.map(({ answer }) => /^HTTP\/1.1 101 /.test(answer()))).toEqual(silent.map(() => true))
    await Promise.all(silent.map(({ closed }) => closed))
  })

  test('that guesses tokens on one connection', async () => {
    const client = await rawWebsocket(url)
    const guess = clientFrame(opcode.text, `40${JSON.stringify({ channels: [], token: 'a-wrong-long-token' })}`)
    // more than two minutes' worth, so that no turn of the minute can let all through
    client.socket.write(many(guess, 70))
    await client.closed
    expect(client.answer().match(/unauthorized/g)?.length ?? 0).toBeLessThanOrEqual(60)
  })
})

test('an address may hold so many sockets and streams together, and each of them counts until it is closed', async () => {
  const headers = { Authorization: `Bearer ${VIEW_TOKEN}` }
  const leave = new AbortController()
  const streams = await Promise.all(
    Array.from({ length: 30 }, () => fetch(`${url}/api/stream`, { headers, signal: leave.signal })),
  )
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]))
  const sockets = await Promise.all(Array.from({ length: 10 }, () => rawWebsocket(url)))
  const refused = await rawWebsocket(url)
  expect(refused.answer()).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/)
  expect(refused.answer()).toContain('one address may hold 40 connections open, and this one does')
  const late = await fetch(`${url}/api/stream`, { headers })
  const detail = 'one address may hold 40 connections open, and this one does'
  expect(await late.json()).toEqual({ type: 'about:blank', title: 'Too Many Requests', status: 429, detail })
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, '60'])
  leave.abort()
  for (const { socket } of sockets) socket.destroy()
  await until(async () => {
    const stream = await fetch(`${url}/api/stream`, { headers })
    await stream.body?.cancel()
    return stream.status === 200
  }, 'room for another')
})

test('requests that cost work are counted by address, and those for what is there are not', async () => {
  const headers = { Authorization: `Bearer ${VIEW_TOKEN}` }
  const statusOf = async (path: string) => (await fetch(`${url}${path}`, { headers })).status
  // the same snapshot in many ways: at most some are made, as a new one is due when the state changes
  const same = ['news,notices', 'notices,news', 'news,news,notices']
  for (let n = 0; n < 100; n++) expect(await statusOf(`/api/snapshot?channels=${same[n % 3]}`)).toBe(200)
  const asked: number[] = []
  while (!asked.includes(429) && asked.length < 60) asked.push(await statusOf(`/api/search?q=x${asked.length}`))
  expect(asked.at(-1)).toBe(429)
  expect(await statusOf('/api/snapshot?channels=notices,news')).toBe(200)
  expect(await statusOf('/api/snapshot?channels=sources')).toBe(429)
  expect(await statusOf('/api/snapshot')).toBe(200)
})

test('the nginx that we ship refuses an address that asks for very much data, and serves it pages', async () => {
  const nginx = await startNginx([url])
  const request = (path: string, connection: string) =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\n\r\n`
  // nginx takes up to a thousand requests on a connection
  const hasty = Array.from({ length: 4 }, () =>
    raw(nginx.url, request('/api/nothing', 'keep-alive').repeat(900) + request('/api/nothing', 'close')),
  )
  await Promise.all(hasty.map(({ closed }) => closed))
  expect(hasty.at(-1)?.answer()).toContain('HTTP/1.1 429 ')
  expect((await fetch(`${nginx.url}/healthz`)).status).toBe(200)
  await nginx.close()
})

/** Lines of a request as they go over the wire. */
const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`
const long = 'x'.repeat(20_000)

test.each([
  { what: 'a long address', status: 431, request: lines(`GET /${long} HTTP/1.1`, 'Host: x') },
  { what: 'a large header', status: 431, request: lines('GET / HTTP/1.1', 'Host: x', `X: ${long}`) },
  { what: 'HTTP/2 from the first byte', status: 400, request: lines('PRI * HTTP/2.0', '', 'SM') },
  {
    what: 'a body of two lengths',
    status: 400,
    request: lines('POST /pairing HTTP/1.1', 'Host: x', 'Content-Length: 3', 'Transfer-Encoding: chunked', '', '0'),
  },
  { what: 'a request for no host', status: 400, request: lines('GET / HTTP/1.1') },
  { what: 'a header with a space in its name', status: 400, request: lines('GET / HTTP/1.1', 'Host: x', 'A b: c') },
])('$what is answered $status and cut', async ({ request, status }) => {
  const client = raw(url, request)
  await client.closed
  expect(client.answer()).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
})

const websocket = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAA']
test.each([
  {
    what: 'an upgrade to HTTP/2',
    request: lines('GET /healthz HTTP/1.1', 'Host: x', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c'),
  },
  { what: 'a websocket where none is served', request: lines('GET /elsewhere HTTP/1.1', 'Host: x', ...websocket) },
  { what: 'a tunnel', request: lines('CONNECT 192.0.2.1:80 HTTP/1.1', 'Host: x') },
])('$what is cut', async ({ request }) => {
  const client = raw(url, request)
  await client.closed
  expect(client.answer()).not.toMatch(/^HTTP\/1.1 [12]/)
})

test.each(['/', '/assets/none.js', '/healthz', '/wall', '/none', '/api/stats', '/queues', '/socket.io/'])(
  'methods that nobody asked for change nothing and name nothing: %s',
  async path => {
    for (const method of ['TRACE', 'PROPFIND', 'PUT', 'DELETE', 'SEARCH']) {
      const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Secret: s3cret`
      const client = raw(url, `${head}\r\nConnection: close\r\n\r\n`)
      await client.closed
      expect([method, client.answer()]).toEqual([method, expect.stringMatching(/^HTTP\/1.1 4\d\d /)])
      expect(client.answer()).not.toContain('s3cret')
    }
  },
)

test('requests without end in one go are answered one after the other, and wait for one who does not read', async () => {
  const reader = raw(url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500))
  await until(() => reader.answer().split('{"alive":true}').length > 100, 'answers')
  reader.socket.destroy()
  const deaf = raw(url)
  void pour(deaf, Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000)), 300_000)
  await until(isReady, 'the server')
  deaf.socket.destroy()
})

test('a body that is larger than it may be is refused, whether it says so or not', async () => {
  const post = (headers: string, body: string) =>
    raw(
      url,
      lines(
        'POST /api/notices HTTP/1.1',
        'Host: 127.0.0.1',
        `Authorization: Bearer ${ADMIN_TOKEN}`,
        'Content-Type: application/json',
        headers,
      ) + body,
    )
  const told = post('Content-Length: 900000000', '{')
  const untold = post('Transfer-Encoding: chunked', `${`10000\r\n${' '.repeat(65_536)}\r\n`.repeat(20)}0\r\n\r\n`)
  const refused = ({ answer }: Raw) => answer().startsWith('HTTP/1.1 413 ')
  await until(() => refused(told) && refused(untold), 'both to be refused')
  for (const { socket } of [told, untold]) socket.destroy()
})

test('whoever begins a request and does not end it is cut, and meanwhile others are served', async () => {
  expect(await isReady()).toBe(true)
  await Promise.all(slow.map(({ closed }) => closed))
  const answers = slow.map(({ answer }) => answer().slice(0, 12))
  expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 408']))
})

test('the server holds so many connections and no more', async () => {
  const crowd = Array.from({ length: 320 }, () => raw(url))
  const turnedAway = () => crowd.filter(({ socket, answer }) => socket.destroyed && answer() === '')
  await until(() => turnedAway().length >= 20, 'the last to be turned away without a word')
  for (const { socket } of crowd) socket.destroy()
  await until(isReady, 'the server to have room again')
})

test('after all that the server is the same process, ready, and not much larger', async () => {
  expect(await isReady()).toBe(true)
  expect(server.output()).not.toContain('a request failed')
  expect((await residentBytes()) - before).toBeLessThan(MOST_GROWTH)
})
