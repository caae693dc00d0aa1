import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createServer as createTcpServer, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isPublicAddress } from '../../../workers/http/reach.ts'
import { createMeasure, type Measurement, type MeasureOptions } from '../../../workers/probes/measure.ts'
import { until } from '../../support/temporary-redis.ts'
import { listen, serve, serveRaw, unusedPort } from '../http/loopback.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const certificate = fixture('localhost.pem')

async function measure(url: string, options: Partial<MeasureOptions> & { timeoutMs?: number } = {}) {
  const { timeoutMs = 5_000, ...more } = options
  return createMeasure({ isPublic: () => true, userAgent: 'Nephoscope-Test/1', ...more })(url, timeoutMs)
}

const found = async (...of: Parameters<typeof measure>): Promise<Measurement> => {
  const measured = await measure(...of)
  if (!measured.ok) throw new Error(measured.error)
  return measured.value
}

const connectionsOf = (server: Server) => promisify(server.getConnections.bind(server))()
const ms = expect.any(Number)
const serveTls = (cert: Buffer) =>
  listen(createServer({ key: fixture('key.pem'), cert }, (_, response) => response.end('here')))

test('an endpoint that answers is measured phase by phase, on a connection of its own', async () => {
  const asked: (string | undefined)[] = []
  const origin = await serve(({ method, url, headers }, response) => {
    asked.push(method, url, headers.host, headers.connection, headers['user-agent'])
    response.end('here')
  })
  const { port } = new URL(origin)
  expect(await found(`http://localhost:${port}/alive?now`)).toEqual({
    nameMs: ms,
    connectMs: ms,
    tlsMs: null,
    firstByteMs: ms,
    httpStatus: 200,
    error: null,
  })
  expect(asked).toEqual(['GET', '/alive?now', `localhost:${port}`, 'close', 'Nephoscope-Test/1'])
  // Written as an address it has no name to look up.
  expect(await found(origin)).toMatchObject({ nameMs: null, connectMs: ms, httpStatus: 200 })
})

test('over TLS the handshake is a phase, and its certificate is checked', async () => {
  const port = await serveTls(certificate)
  expect(await found(`https://localhost:${port}/`, { ca: certificate })).toEqual({
    nameMs: ms,
    connectMs: ms,
    tlsMs: ms,
    firstByteMs: ms,
    httpStatus: 200,
    error: null,
  })
})

test.each([
  ['nobody vouches for', certificate, 'localhost', {}, 'certificate is self-signed'],
  ['is for another name', certificate, '127.0.0.1', { ca: certificate }, 'certificate is for another name'],
])('a certificate that %s is an error, and nothing is asked', async (_, cert, host, options, error) => {
  const port = await serveTls(cert)
  expect(await found(`https://${host}:${port}/`, options)).toMatchObject({
    connectMs: ms,
    tlsMs: null,
    firstByteMs: null,
    httpStatus: null,
    error,
  })
})

test('a certificate that has expired is told with the days since', async () => {
  const expired = fixture('expired.pem')
  const port = await serveTls(expired)
  const { error } = await found(`https://localhost:${port}/`, { ca: expired })
  expect(error).toMatch(/^certificate has expired, \d{4} days ago$/)
})

test('a bare TCP or TLS endpoint is reached once it is connected', async () => {
  const tcp = await listen(createTcpServer())
  expect(await found(`tcp://127.0.0.1:${tcp}`)).toMatchObject({
    connectMs: ms,
    tlsMs: null,
    httpStatus: null,
    error: null,
  })
  const tls = await listen(createTlsServer({ key: fixture('key.pem'), cert: certificate }))
  expect(await found(`tls://localhost:${tls}`, { ca: certificate })).toMatchObject({
    tlsMs: ms,
    firstByteMs: null,
    error: null,
  })
})

test('a status is found whatever it is, and a redirect is not followed', async () => {
  const ill = await serve((_, response) => response.writeHead(503).end('down'))
  expect(await found(ill)).toMatchObject({ httpStatus: 503, firstByteMs: ms, error: null })
  const moved = await serve((_, response) => response.writeHead(302, { Location: ill }).end())
  expect(await found(moved)).toMatchObject({ httpStatus: 302, error: null })
})

test('a port on which nobody listens refuses, and the name was found before', async () => {
  expect(await found(`http://localhost:${await unusedPort()}/`)).toEqual({
    nameMs: ms,
    connectMs: null,
    tlsMs: null,
    firstByteMs: null,
    httpStatus: null,
    error: 'connection refused',
  })
})

test('a name that nobody knows is a finding of the first phase', async () => {
  const lookup = async () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))
  expect(await found('https://gone.example.com/', { lookup })).toMatchObject({ nameMs: null, error: 'name not found' })
})

test('a timeout says in which phase it struck', async () => {
  const silent = await listen(createTcpServer())
  const timeoutMs = 200
  expect(await found(`https://127.0.0.1:${silent}/`, { timeoutMs })).toMatchObject({
    connectMs: ms,
    tlsMs: null,
    error: 'timeout after 0.2 s in the TLS handshake',
  })
  expect(await found(`http://127.0.0.1:${silent}/`, { timeoutMs })).toMatchObject({
    firstByteMs: null,
    error: 'timeout after 0.2 s waiting for the answer',
  })
  expect(await found('http://slow.example.com/', { timeoutMs, lookup: () => new Promise(() => {}) })).toMatchObject({
    nameMs: null,
    error: 'timeout after 0.2 s looking up the name',
  })
})

test('an answer that begins late shows in the time to its first byte, and its body is not waited for', async () => {
  const slow = await serve((_, response) => {
    setTimeout(() => {
      response.writeHead(200)
      response.write('a beginning without an end')
    }, 150)
  })
  const { firstByteMs, connectMs, error } = await found(slow)
  expect(error).toBeNull()
  expect(firstByteMs).toBeGreaterThan(140)
  expect(firstByteMs).toBeGreaterThan(connectMs ?? Number.POSITIVE_INFINITY)
})

test('what breaks off, or speaks no HTTP, is an error in one line', async () => {
  const broken = await serveRaw(socket => socket.destroy())
  expect(await found(broken)).toMatchObject({ error: 'the connection was closed before the answer was complete' })
  const babble = await serveRaw(socket => socket.end('220 mail.example.com ready\r\n'))
  expect((await found(babble)).error).toMatch(/^[^\n]{10,200}$/)
  const plain = await serve((_, response) => response.end())
  expect((await found(plain.replace('http:', 'https:'))).error).toMatch(/^the TLS handshake failed/)
})

test.each([
  'http://127.0.0.1',
  'http://[::1]',
  'tcp://0x7f000001',
  'tls://localhost',
  'https://2130706433',
  'tcp://[::ffff:127.0.0.1]',
])('where private addresses are not allowed, none is connected to: %s', async origin => {
  let connections = 0
  const server = createTcpServer(() => {
    connections += 1
  })
  const port = await listen(server)
  const measured = await measure(`${origin}:${port}`, { isPublic: isPublicAddress })
  expect(measured).toMatchObject({ ok: false, error: expect.stringContaining('private address') })
  expect(connections).toBe(0)
})

test.each([
  ['is trusted', { ca: certificate }],
  ['is not', {}],
])('no connection stays open, whether its certificate %s', async (_, options) => {
  const server = createServer({ key: fixture('key.pem'), cert: certificate }, (_, response) => response.write('here'))
  const port = await listen(server)
  await found(`https://localhost:${port}/`, options)
  await until(() => connectionsOf(server).then(count => count === 0), 'the connection to be closed', 5)
})

test('no connection stays open after a timeout in the handshake', async () => {
  const server = createTcpServer(socket => socket.on('error', () => {}).resume())
  const port = await listen(server)
  await found(`tls://127.0.0.1:${port}`, { timeoutMs: 100 })
  await until(() => connectionsOf(server).then(count => count === 0), 'the connection to be closed', 5)
})
