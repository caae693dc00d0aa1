import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'

const VIEW = 'a-view-token-for-other-origins'
const library = new URL('../../node_modules/socket.io-client/dist/socket.io.min.js', import.meta.url)

let stack: Stack
let elsewhere: Server
let origin: string
let browser: Browser
let page: Page
/** By what each server lets others do. */
let named: string
let anyone: string
beforeAll(async () => {
  elsewhere = createServer(async ({ url }, response) => {
    const isScript = url === '/socket.io.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? await readFile(library) : '<!doctype html><script src="/socket.io.js"></script>')
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}` // it listens on a port
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  named = (
    await stack.another('server', { ALLOWED_ORIGINS: origin, VIEW_TOKEN: VIEW, ADMIN_TOKEN: `${VIEW}-of-the-admin` })
  ).url
  anyone = (await stack.another('server', { ALLOWED_ORIGINS: '*' })).url
  await stack.ready(named)
  await stack.ready(anyone)
  browser = await startBrowser()
  page = await (await browser.newContext()).newPage()
  await page.goto(origin)
})
afterAll(async () => {
  await browser.close()
  await stack.close()
  elsewhere.close()
})

type Answer = { status: number; etag: string | null; body: string } | 'refused'
const fetchFrom = (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  page.evaluate(
    ([url, headers, method]) =>
      fetch(url, { headers, method, cache: 'no-store' }).then(
        async answer => ({ status: answer.status, etag: answer.headers.get('etag'), body: await answer.text() }),
        () => 'refused' as const,
      ),
    [url, headers, method] as const,
  )
const firstOfStream = (url: string): Promise<string> =>
  page.evaluate(
    url =>
      new Promise<string>(resolve => {
        const source = new EventSource(url)
        const end = (what: string) => {
          source.close()
          resolve(what)
        }
        source.addEventListener('pulse', ({ lastEventId }) => end(lastEventId))
        source.onerror = () => end('refused')
      }),
    url,
  )
const connect = (url: string, auth: object): Promise<string> =>
  page.evaluate(
    ([url, auth]) =>
      new Promise<string>(resolve => {
        const { io } = globalThis as unknown as { io: typeof import('socket.io-client').io } // the script of the page
        const socket = io(url, { transports: ['websocket'], auth, reconnection: false, forceNew: true })
        const end = (what: string) => {
          socket.close()
          resolve(what)
        }
        socket.on('connect', () => end('connected')).on('connect_error', error => end(error.message))
      }),
    [url, auth] as const,
  )

test('a page of a named origin reads with its token, asks only for what is new, and sees why it may not', async () => {
  const bearer = { Authorization: `Bearer ${VIEW}` }
  const first = await fetchFrom(`${named}/api/regions`, bearer)
  expect(first).toMatchObject({ status: 200, etag: expect.stringMatching(/^W\/"/) })
  const etag = first === 'refused' ? '' : (first.etag ?? '')
  expect(
    await fetchFrom(`${named}/api/vendors`, { ...bearer, 'If-None-Match': etag, 'Last-Event-ID': '1-0' }),
  ).toMatchObject({ status: 200 })
  expect(await fetchFrom(`${named}/api/stats`)).toMatchObject({
    status: 401,
    body: expect.stringContaining('view token'),
  })
  expect(await fetchFrom(`${named}/api/nothing`, bearer)).toMatchObject({ status: 404 })
  expect(await fetchFrom(`${named}/api/screens`, { Authorization: `Bearer ${VIEW}-of-the-admin` })).toBe('refused')
  expect(await fetchFrom(`${named}/api/notices`, bearer, 'POST')).toBe('refused')
  expect(await connect(named, { channels: ['all'], token: VIEW })).toBe('connected')
})

test('where the operator says so, any page reads, follows and connects', async () => {
  expect(await fetchFrom(`${anyone}/api/regions`, { 'If-None-Match': '"none"' })).toMatchObject({ status: 200 })
  expect(await fetchFrom(`${anyone}/api/compact-snapshot`)).toMatchObject({ status: 200 })
  expect(await fetchFrom(`${anyone}/api/openapi.json`)).toMatchObject({ status: 200 })
  expect(await firstOfStream(`${anyone}/api/stream`)).toMatch(/^\d+-\d+$/)
  expect(await connect(anyone, { channels: ['all'] })).toBe('connected')
})

test('by default a page of another origin reads public documents and nothing else', async () => {
  for (const path of ['/statuspage/azure/api/v2/summary.json', '/badge/provider/azure.svg', '/feeds/status.atom'])
    expect([path, await fetchFrom(stack.url + path)]).toMatchObject([path, { status: 200 }])
  for (const path of [
    '/api/regions',
    '/api/compact-snapshot',
    '/feeds/all.json',
    '/feeds/notices.json',
    '/feeds/stack/mine.json',
  ])
    expect([path, await fetchFrom(stack.url + path)]).toEqual([path, 'refused'])
  expect(await firstOfStream(`${stack.url}/api/stream`)).toBe('refused')
  expect(await connect(stack.url, { channels: ['all'] })).toBe('this origin is not in ALLOWED_ORIGINS')
})

test('no answer ever lets a browser add credentials, and caches tell origins apart where it matters', async () => {
  const headersOf = async (url: string) =>
    (await fetch(url, { headers: { Origin: origin, Authorization: `Bearer ${VIEW}` } })).headers
  for (const url of [`${named}/api/stats`, `${anyone}/api/stats`, `${stack.url}/feeds/status.rss`])
    expect((await headersOf(url)).get('access-control-allow-credentials')).toBeNull()
  expect((await headersOf(`${named}/api/stats`)).get('vary')).toMatch(/\bOrigin\b/)
  expect((await headersOf(`${anyone}/api/stats`)).get('access-control-allow-origin')).toBe('*')
  const short = await fetch(`${anyone}/api/compact-snapshot`, { headers: { 'Accept-Encoding': 'br' } })
  expect(short.headers.get('access-control-allow-origin')).toBe('*')
})

test('any origin and a view token together are refused at the start', async () => {
  const { role } = await stack.another('server', { ALLOWED_ORIGINS: '*', VIEW_TOKEN: VIEW })
  await role.said('ALLOWED_ORIGINS must name origins where VIEW_TOKEN is set')
  expect(role.output()).toContain('ALLOWED_ORIGINS must name origins where VIEW_TOKEN is set')
})
