import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import { keys } from '../../shared/redis/keys.ts'
import { plainGet } from '../support/plain-get.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  await until(async () => (await json('/api/sources?state=unread')).sources.length === 0, 'every source to be read')
  await until(async () => (await json('/api/stats')).regionsLive > 100, 'the regions to be rolled up')
})
afterAll(() => stack.close())

const get = (path: string, init?: RequestInit) => fetch(`${stack.url}${path}`, init)
const json = async (path: string) => (await get(path)).json()

test('the snapshot holds the regions of three clouds with coordinates, and passes its own schema', async () => {
  const read = async () => Snapshot.parse(await json('/api/snapshot'))
  await until(async () => (await read()).articles.length > 10, 'articles')
  const snapshot = await read()
  const located = (provider: string) =>
    snapshot.regions.filter(
      region => region.provider === provider && Number.isFinite(region.lat) && Number.isFinite(region.lon),
    )
  expect(located('azure').length).toBeGreaterThanOrEqual(60)
  expect(located('aws').length).toBeGreaterThanOrEqual(30)
  expect(located('google').length).toBeGreaterThanOrEqual(40)
  expect(snapshot.simulated).toBe(true)
})

test.each(['/api/snapshot', '/api/compact-snapshot', '/api/compact-snapshot/texts'])(
  '%s is compressed, tagged, and not sent again while it is the same',
  async path => {
    await stack.workers.stop()
    await sleep(500)
    const first = await get(path, { headers: { 'Accept-Encoding': 'br' } })
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('content-encoding')).toBe('br')
    expect(etag).toMatch(/^"[\w-]+"$/)
    expect(await plainGet(stack.url + path, { 'If-None-Match': etag })).toEqual({ status: 304, bytes: 0 })
    stack.workers.start()
  },
)

test('the short way to the picture answers as the long one does, and caches may share it for a moment', async () => {
  const ask = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(`${stack.url}${path}`, { headers })
    const { date, connection, 'keep-alive': _, ...rest } = Object.fromEntries(answer.headers)
    return { status: answer.status, headers: rest, body: await answer.text() }
  }
  // A weight, which the short way leaves to the application.
  await until(async () => {
    const short = await ask('/api/compact-snapshot', { 'Accept-Encoding': 'gzip, deflate, br, zstd' })
    const long = await ask('/api/compact-snapshot', { 'Accept-Encoding': 'br;q=1' })
    if (short.headers.etag !== long.headers.etag) return false // something happened between the two
    expect(short).toEqual(long)
    expect(short.headers['cache-control']).toBe('public, max-age=0, s-maxage=2, must-revalidate')
    expect(short.headers['content-encoding']).toBe('br')
    return true
  }, 'two answers with nothing between')
})

test('the snapshot of a channel holds its records and no others', async () => {
  const snapshot = Snapshot.parse(await json('/api/snapshot?channels=region/azure/westeurope'))
  expect(snapshot.statuses.map(({ region }) => region)).toEqual(['azure/westeurope'])
  expect(snapshot.incidents.every(({ regions }) => regions.includes('azure/westeurope'))).toBe(true)
  expect(snapshot.sources).toEqual([])
})

test('every answer says that it is simulated', async () => {
  for (const path of [
    '/api/regions',
    '/api/regions/azure/westeurope',
    '/api/incidents',
    '/api/articles',
    '/api/sources',
    '/api/stats',
    '/api/snapshot',
    '/api/compact-snapshot',
  ]) {
    const response = await get(path)
    expect(response.headers.get('x-nephoscope-simulated')).toBe('true')
    expect(await response.json()).toMatchObject({ simulated: true })
  }
  expect((await get('/')).headers.get('x-nephoscope-simulated')).toBe('true')
})

test('records are filtered and paged', async () => {
  expect((await json('/api/regions?provider=azure&country=nl')).regions.map(({ id }: { id: string }) => id)).toEqual([
    'azure/westeurope',
  ])
  const first = await json('/api/articles?limit=3')
  const second = await json(`/api/articles?limit=3&before=${encodeURIComponent(first.next)}`)
  expect(first.articles).toHaveLength(3)
  expect(second.articles[0].publishedAt <= first.articles[2].publishedAt).toBe(true)
  expect(second.articles.map(({ id }: { id: string }) => id)).not.toContain(first.articles[2].id)
  expect((await json('/api/regions/azure/westeurope')).region).toMatchObject({
    name: 'West Europe',
    status: { region: 'azure/westeurope' },
  })
})

test.each([
  ['/api/regions?provder=azure', 400, "there is no parameter 'provder'"],
  ['/api/articles?limit=0', 400, 'limit: must be a number from 1 to 500'],
  ['/api/articles?before=yesterday', 400, "before: must be the 'next'"],
  ['/api/snapshot?channels=Region/azure', 400, 'channels'],
  ['/api/compact-snapshot?channels=all', 400, "there is no parameter 'channels'"],
  ['/api/regions/azure/nowhere', 404, "there is no region 'azure/nowhere'"],
  ['/api/incidents/azure-status/none', 404, 'there is no incident'],
  ['/api/sources/none', 404, "there is no source 'none'"],
  ['/api/nothing', 404, 'there is no /api/nothing'],
])('%s answers %i in one clear line', async (path, status, line) => {
  const response = await get(path)
  expect(response.status).toBe(status)
  expect((await response.json()).detail).toContain(line)
})

test('an address that names nothing is answered to a browser with the page, to others in two words', async () => {
  const page = await get('/no/such/page', { headers: { Accept: 'text/html,*/*;q=0.8' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect(await page.text()).toContain('No such page · Nephoscope</title>')
  const other = await get('/no/such/page')
  expect([other.status, await other.text()]).toEqual([404, 'Not Found'])
  expect((await get('/assets/none.js', { headers: { Accept: '*/*' } })).headers.get('content-type')).toContain(
    'text/plain',
  )
})

test('a source tells its last poll although no event did', async () => {
  const read = async () => (await json('/api/sources/azure-status')).source
  const before = await read()
  await until(async () => (await read()).lastPollAt > before.lastPollAt, 'a later poll to be told')
  expect(before).toMatchObject({ latencyMs: expect.any(Number), day: expect.stringMatching(/[of]$/), gone: false })
  expect((await json('/api/sources')).canPollNow).toBe(false)
})

test('security headers stand on every answer, and no inline script or style may run', async () => {
  for (const path of ['/', '/api/stats', '/nothing']) {
    const { headers } = await get(path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('content-security-policy')).toMatch(/manifest-src 'self'; worker-src 'self'/)
    expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('every page is the one document with a head of its own, tagged, and 404 where it is about nothing', async () => {
  const page = await get('/region/azure/westeurope')
  const html = await page.text()
  expect(page.status).toBe(200)
  expect(html).toMatch(/<title>SIMULATED · Azure West Europe: [a-z ]+ · Nephoscope<\/title>/)
  expect(html).toContain(`<link rel="canonical" href="${stack.url}/region/azure/westeurope">`)
  expect(html).toContain('<div id="app">')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  // The document says how things are, and the minute: both may change between two requests.
  const statusOfTheSame = async () => {
    const near = await get('/near')
    return (await plainGet(`${stack.url}/near`, { 'If-None-Match': near.headers.get('etag') ?? '' })).status
  }
  await expect.poll(statusOfTheSame).toBe(304)
  for (const path of ['/region/azure/nowhere', '/provider/nobody', '/incident/azure-status/none']) {
    const missing = await get(path)
    expect(missing.status).toBe(404)
    expect(await missing.text()).toContain('<title>SIMULATED · No such page · Nephoscope</title>')
  }
})

test('the manifest and the service worker are served as such, and the worker is always asked for anew', async () => {
  const manifest = await get('/manifest.webmanifest')
  expect(manifest.headers.get('content-type')).toContain('application/manifest+json')
  const { icons, shortcuts } = await manifest.json()
  for (const { src } of icons) expect((await get(src)).status).toBe(200)
  for (const { url } of shortcuts) expect((await get(url)).status).toBe(200)
  const worker = await get('/service-worker.js')
  expect(worker.headers.get('content-type')).toContain('javascript')
  expect(worker.headers.get('cache-control')).toBe('no-cache')
})

test('probes and metrics answer', async () => {
  expect(await json('/healthz')).toEqual({ alive: true })
  expect(await json('/readyz')).toEqual({ ready: true })
  expect(await (await get('/metrics')).text()).toMatch(/nephoscope_sources\{state="ok"\} \d+/)
})

test('a source that leaves the sources file takes its records and its place on the timetable with it', async () => {
  const sources = (ids: string[]) =>
    `simulated: true\nsources:\n${ids.map(id => `  - { id: ${id}, kind: azure-rss, url: '${stack.simulator.url}/azure/en-us/status/feed/', private: true, provider: azure, every: 1s }`).join('\n')}\n`
  await stack.workers.stop()
  stack.simulator.apply({
    do: 'open',
    id: 'one',
    on: 'azure',
    title: 'Trouble in westeurope',
    regions: ['westeurope'],
    services: ['Storage'],
  })
  await stack.configure(sources(['azure-status', 'second']))
  stack.workers.start()
  const ids = async () => (await json('/api/sources')).sources.map(({ id }: { id: string }) => id)
  await until(async () => (await ids()).join() === 'azure-status,second', 'the two sources')
  await until(
    async () =>
      (await json('/api/incidents?limit=500')).incidents.some(({ id }: { id: string }) => id.startsWith('second/')),
    'an incident of the second',
  )

  await stack.workers.stop()
  await stack.configure(sources(['azure-status']))
  stack.workers.start()
  await until(async () => (await ids()).join() === 'azure-status', 'the one source')
  expect(
    (await json('/api/incidents?limit=500')).incidents.some(({ id }: { id: string }) => id.startsWith('second/')),
  ).toBe(false)
  expect(await stack.redis.redis.zrange(keys.due, '0', '-1')).toEqual(['azure-status'])
  expect((await stack.redis.redis.hkeys(keys.incidents)).filter(id => id.startsWith('second/'))).toEqual([])
})
