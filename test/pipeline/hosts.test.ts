import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainGet } from '../support/plain-get.ts'
import { raw, rawWebsocket } from '../support/raw.ts'
import { ADMIN, wallServers } from '../support/wall-servers.ts'

const PUBLIC = { PUBLIC_URL: 'https://status.example.com', STATUSPAGE_HOSTS: 'azure.example=azure' }

let servers: Awaited<ReturnType<typeof wallServers>>
/** By what they are told of their names. */
let untold: string
let told: string
let any: string
beforeAll(async () => {
  servers = await wallServers({ ADMIN_TOKEN: ADMIN }, PUBLIC, { ALLOWED_HOSTS: '*', TRUST_PROXY: '1' })
  ;[untold = '', told = '', any = ''] = servers.urls
})
afterAll(() => servers.close())

const statusOf = async (url: string, path: string, host: string) => (await plainGet(url + path, { Host: host })).status
const port = (url: string) => new URL(url).port

/** What a page of a name that comes to lead here would ask: each of these is answered by another part of the server. */
const paths = [
  ...['/', '/region/azure/westeurope', '/index.html', '/manifest.webmanifest', '/nothing', '/queues', '/metrics'],
  ...['/api/snapshot', '/api/compact-snapshot', '/api/stream', '/feeds/all.rss', '/pairing', '/hooks/in/x', '/img/x'],
]

test('a page whose name comes to lead here reads nothing: not by any path, not by a websocket', async () => {
  const evil = `evil.example:${port(untold)}`
  for (const path of paths) expect([path, await statusOf(untold, path, evil)]).toEqual([path, 421])
  const short = await plainGet(`${untold}/api/compact-snapshot`, { Host: evil, 'Accept-Encoding': 'br' })
  expect(short.status).toBe(421)
  const socket = await rawWebsocket(untold, [], evil)
  expect(socket.answer()).toMatch(/^HTTP\/1\.1 421 Misdirected Request\r\n/)
  expect(socket.answer()).toContain(
    `this server is not known as '${evil}': name that host in ALLOWED_HOSTS, or in PUBLIC_URL`,
  )
})

test('addresses and localhost are known everywhere, names where they are named', async () => {
  for (const host of ['localhost', `192.0.2.7:${port(untold)}`, '[2001:db8::1]'])
    for (const url of servers.urls) expect([host, await statusOf(url, '/api/snapshot', host)]).toEqual([host, 200])
  for (const host of ['status.example.com', 'azure.example', 'Status.Example.COM:8443']) {
    expect([host, await statusOf(told, '/api/snapshot', host)]).toEqual([host, 200])
    expect([host, await statusOf(untold, '/api/snapshot', host)]).toEqual([host, 421])
    expect([host, await statusOf(any, '/api/snapshot', host)]).toEqual([host, 200])
  }
})

test('probes are answered by whatever name', async () => {
  for (const path of ['/healthz', '/readyz']) expect(await statusOf(untold, path, 'pod-7.example')).toBe(200)
})

test.each(['/healthz', '/api/snapshot', '/'])('a request for two hosts is for none: %s', async path => {
  const first = `Host: 127.0.0.1:${port(untold)}`
  for (const second of ['Host: evil.example', 'hOST: evil.example', first]) {
    const client = raw(untold, `GET ${path} HTTP/1.1\r\n${first}\r\n${second}\r\nConnection: close\r\n\r\n`)
    await client.closed
    expect(client.answer()).toMatch(/^HTTP\/1\.1 400 /)
  }
  const socket = await rawWebsocket(untold, ['Host: evil.example'])
  expect(socket.answer()).toMatch(/^HTTP\/1\.1 400 /)
})

test('a browser that comes over TLS is told to come by nothing else, as far as the server can know', async () => {
  const security = async (url: string, scheme?: string) => {
    const answer = await fetch(url, scheme === undefined ? {} : { headers: { 'X-Forwarded-Proto': scheme } })
    return answer.headers.get('strict-transport-security')
  }
  const YEAR = 'max-age=31536000'
  expect([await security(told), await security(`${told}/api/stats`), await security(`${told}/none`)]).toEqual([
    YEAR,
    YEAR,
    YEAR,
  ])
  expect([await security(any, 'https'), await security(any, 'http'), await security(any)]).toEqual([YEAR, null, null])
  expect(await security(untold, 'https')).toBeNull() // whoever says so is no proxy of ours
})
