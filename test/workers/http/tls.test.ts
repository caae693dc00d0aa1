import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { reasonOf } from '../../../workers/http/outcome.ts'
import { listen, openHttp, request, serve } from './loopback.ts'

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const serveTls = (cert: Buffer) =>
  listen(createServer({ key: fixture('key.pem'), cert }, (_, response) => response.end('private')))

/** The error with which a client that trusts `cert` turns away from its server. */
async function refusalOf(cert: Buffer, servername: string): Promise<unknown> {
  const port = await serveTls(cert)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca: cert, servername })
    socket.once('error', resolve)
    socket.once('secureConnect', () => reject(new Error('the connection was accepted')))
  })
}

test('a certificate that nobody vouches for is refused', async () => {
  const port = await serveTls(fixture('localhost.pem'))
  expect(await openHttp().get(request(`https://localhost:${port}/`))).toMatchObject({
    kind: 'failed',
    status: null,
    reason: 'certificate is self-signed',
  })
})

test('a server without TLS on an https address is a failure', async () => {
  const origin = await serve((_, response) => response.end())
  expect(await openHttp().get(request(origin.replace('http:', 'https:')))).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/^the TLS handshake failed/),
  })
})

test('a server that hangs in the handshake counts into the timeout', async () => {
  const port = await listen(createTcpServer(() => {}))
  expect(await openHttp().get(request(`https://127.0.0.1:${port}/`, { timeoutMs: 200 }))).toMatchObject({
    reason: 'timeout after 0.2 s',
  })
})

test('a certificate that has expired, or is for another name, is said in plain words', async () => {
  expect(reasonOf(await refusalOf(fixture('expired.pem'), 'localhost'))).toBe('certificate has expired')
  expect(reasonOf(await refusalOf(fixture('localhost.pem'), 'status.example'))).toBe('certificate is for another name')
})

test('an error that is not the network’s is a bug and stays one', () => {
  expect(() => reasonOf(new TypeError('x is not a function'))).toThrow(TypeError)
})

test('an error that we have no words for keeps the first line of its own', () => {
  const error = Object.assign(new Error(`wait ${'x'.repeat(500)}\nstack`), { code: 'EWHATEVER' })
  expect(reasonOf(error)).toMatch(/^wait x{100,200}… \(EWHATEVER\)$/)
})
