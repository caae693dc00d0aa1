import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Source } from '../../shared/domain/source.ts'
import { startWebSubHub, type WebSubHub } from '../simulator/websub-hub.ts'
import { freePort } from '../support/free-port.ts'
import { listen } from '../support/listener.ts'
import { type Role, startRole } from '../support/role.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const SECRET = 'correct-horse-battery'
/** Short, so that the test sees a renewal; the lease of a real hub lasts for days. */
const LEASE_S = 25

/** A feed that names a hub, and a status page; both remember how they were asked. */
function publisher(hub: () => string) {
  const titles = ['The first']
  const asked: { path: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host}`
    asked.push({ path: request.url ?? '', headers: request.headers })
    response.setHeader('Cache-Control', 'max-age=3600')
    if (request.url === '/feed')
      response.end(
        `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>${origin}</link>
        <atom:link rel="hub" href="${hub()}"/><atom:link rel="self" href="${origin}/feed"/>
        ${titles.map((title, n) => `<item><title>${title}</title><link>${origin}/${n}</link><guid>${n}</guid><pubDate>Tue, 24 Nov 2020 1${n}:00:00 GMT</pubDate></item>`).join('')}
        </channel></rss>`,
      )
    else
      response.end(
        '{"page":{"id":"p"},"status":{"indicator":"none"},"components":[],"incidents":[],"scheduled_maintenances":[]}',
      )
  })
  return { server, titles, asked, times: (wanted: string) => asked.filter(one => one.path.startsWith(wanted)).length }
}

let redis: TemporaryRedis
let hub: WebSubHub
let server: Server
let feed: ReturnType<typeof publisher>
let topic: string
let dir: string
let roles: Role[]
let url: string
beforeAll(async () => {
  redis = await temporaryRedis()
  hub = await startWebSubHub(LEASE_S)
  feed = publisher(() => hub.url)
  server = feed.server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  topic = `${origin}/feed`
  dir = await mkdtemp(path.join(tmpdir(), 'neph-push-'))
  const file = path.join(dir, 'sources.yaml')
  await writeFile(
    file,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how the file refers to the environment
    'sources:\n  - { id: page, kind: statuspage, url: "ORIGIN/page", private: true, provider: page, every: 1h, webhook: "${SOURCE_PAGE_HOOK}" }\nfeeds:\n  - { id: news, url: "ORIGIN/feed", private: true, every: 1h }\n'.replaceAll(
      'ORIGIN',
      origin,
    ),
  )
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const common = { REDIS_URL: redis.url }
  roles = [
    startRole('server', { ...common, PORT: String(port), VIEW_TOKEN: 'a-view-token-of-ours' }),
    startRole('workers', { ...common, NEPHOSCOPE_CONFIG: file, PUBLIC_URL: `${url}/`, SOURCE_PAGE_HOOK: SECRET }),
  ]
  await until(() => hub.verified.length > 0, 'the hub to verify a subscription')
  await until(async () => (await source('news'))?.push === 'websub', 'the source to show its hub')
})
afterAll(async () => {
  await Promise.all(roles.map(role => role.stop('SIGKILL')))
  await hub.close()
  server.closeAllConnections()
  server.close()
  await redis.close()
  await rm(dir, { recursive: true, force: true })
})

const read = (route: string) => fetch(`${url}${route}`, { headers: { Authorization: 'Bearer a-view-token-of-ours' } })
const api = async (route: string) => (await read(route)).json()
const source = async (id: string): Promise<Source | undefined> =>
  (await api('/api/sources')).sources.find((one: Source) => one.id === id)
const post = async (route: string, init: RequestInit = {}) => {
  const response = await fetch(url + route, { method: 'POST', ...init })
  return { status: response.status, text: await response.text() }
}

test('what a hub tells of is on the socket long before its feed is due', async () => {
  const client = listen(url, ['news'])
  client.socket.auth = { channels: ['news'], token: 'a-view-token-of-ours' }
  await until(() => client.socket.connected, 'the socket')
  feed.titles.push('Told by the hub')
  expect(await hub.publish(topic, '<rss/>')).toEqual([202])
  const published = () => client.events.some(({ data }) => 'title' in data && data.title === 'Told by the hub')
  await until(published, 'the article')
  expect(feed.asked.filter(one => one.path === '/feed').at(-1)?.headers['cache-control']).toBe('no-cache')
  client.close()
})

test('a delivery that is not signed is taken and ignored, and one for another token does not exist', async () => {
  const callback = new URL(hub.verified[0]?.callback ?? '').pathname
  const before = feed.times('/feed')
  for (const headers of [{}, { 'X-Hub-Signature': `sha256=${'0'.repeat(64)}` }])
    expect(await post(callback, { headers, body: 'forged' })).toEqual({ status: 202, text: '' })
  expect((await post(`${callback.slice(0, -3)}xyz`, { body: 'guessed' })).status).toBe(404)
  expect((await post(callback, { body: 'x'.repeat(1024 * 1024 + 1) })).status).toBe(413)
  expect(await (await read('/metrics')).text()).toContain('nephoscope_pushes_total{by="websub",outcome="forged"} 2')
  // A push that is right comes after those that are not: by the time it is answered they would have been.
  feed.titles.push('Told rightly')
  await hub.publish(topic, '<rss/>')
  await until(async () => (await api('/api/articles')).articles.length === 3, 'the next article')
  expect(feed.times('/feed')).toBe(before + 1)
})

test('a status page’s webhook with its secret has the page read, wherever the secret stands', async () => {
  for (const route of [`/hooks/statuspage/page?secret=${SECRET}`, `/hooks/statuspage/page/${SECRET}`]) {
    const before = feed.times('/page')
    expect(await post(route, { body: '{"incident":{"name":"not believed"}}' })).toEqual({ status: 202, text: '' })
    await until(() => feed.times('/page') > before, 'the page to be read')
  }
  expect((await api('/api/incidents')).total).toBe(0)
  expect((await source('page'))?.push).toBe('webhook')
  expect(JSON.stringify(await api('/api/sources'))).not.toContain(SECRET)
})

test('a webhook with a wrong secret and one of no source get the same answer, and too many of them none', async () => {
  const wrong = await post('/hooks/statuspage/page?secret=another-horse-battery')
  expect(wrong.status).toBe(404)
  expect(await post(`/hooks/statuspage/nothing?secret=${SECRET}`)).toEqual(wrong)
  expect(await post(`/hooks/statuspage/news?secret=${SECRET}`)).toEqual(wrong)
  expect(await post('/hooks/statuspage/page')).toEqual(wrong)
  const many = await Promise.all(Array.from({ length: 70 }, (_, n) => post(`/hooks/statuspage/page?secret=wrong-${n}`)))
  expect(many.map(({ status }) => status)).toContain(429)
})

test('a subscription is renewed before its lease is over, under the same address', async () => {
  await until(() => hub.verified.length > 1, 'the renewal')
  expect(new Set(hub.verified.map(({ callback }) => callback)).size).toBe(1)
  expect(hub.unverified).toEqual([])
})
