import { setTimeout as sleep } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import { keys } from '../../shared/redis/keys.ts'
import { listen } from '../support/listener.ts'
import { plainGet } from '../support/plain-get.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  await until(async () => (await json('/api/sources?state=unread')).sources.length === 0, 'every source to be read', 60)
  await until(async () => (await json('/api/stats')).regionsLive > 100, 'the regions to be rolled up', 60)
})
afterAll(() => stack.close())

const get = (path: string, init?: RequestInit) => fetch(`${stack.url}${path}`, init)
const json = async (path: string) => (await get(path)).json()

describe('the API', () => {
  test('the snapshot holds the regions of three clouds with coordinates, and passes its own schema', async () => {
    const snapshot = Snapshot.parse(await json('/api/snapshot'))
    const located = (provider: string) =>
      snapshot.regions.filter(
        region => region.provider === provider && Number.isFinite(region.lat) && Number.isFinite(region.lon),
      )
    expect(located('azure').length).toBeGreaterThanOrEqual(60)
    expect(located('aws').length).toBeGreaterThanOrEqual(30)
    expect(located('google').length).toBeGreaterThanOrEqual(40)
    expect(snapshot.simulated).toBe(true)
    expect(snapshot.articles.length).toBeGreaterThan(10)
  })

  test('the snapshot is compressed, tagged, and not sent again while it is the same', async () => {
    await stack.workers.stop()
    await sleep(500)
    const first = await get('/api/snapshot', { headers: { 'Accept-Encoding': 'br' } })
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('content-encoding')).toBe('br')
    expect(etag).toMatch(/^"[\w-]+"$/)
    expect(await plainGet(`${stack.url}/api/snapshot`, { 'If-None-Match': etag })).toEqual({ status: 304, bytes: 0 })
    stack.workers.start()
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
    ['/api/regions/azure/nowhere', 404, "there is no region 'azure/nowhere'"],
    ['/api/incidents/azure-status/none', 404, 'there is no incident'],
    ['/api/sources/none', 404, "there is no source 'none'"],
    ['/api/nothing', 404, 'there is no /api/nothing'],
  ])('%s answers %i in one clear line', async (path, status, line) => {
    const response = await get(path)
    expect(response.status).toBe(status)
    expect((await response.json()).error).toContain(line)
  })

  test('a source tells its last poll although no event did', async () => {
    const read = async () => (await json('/api/sources/azure-status')).source
    const before = await read()
    await until(async () => (await read()).lastPollAt > before.lastPollAt, 'a later poll to be told', 60)
    expect(before).toMatchObject({ latencyMs: expect.any(Number), day: expect.stringMatching(/[of]$/), gone: false })
    expect((await json('/api/sources')).canPollNow).toBe(false)
  })

  test('security headers stand on every answer, and no inline script or style may run', async () => {
    for (const path of ['/', '/api/stats', '/nothing']) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test('probes and metrics answer', async () => {
    expect(await json('/healthz')).toEqual({ alive: true })
    expect(await json('/readyz')).toEqual({ ready: true })
    expect(await (await get('/metrics')).text()).toMatch(/nephoscope_sources\{state="ok"\} \d+/)
  })
})

describe('the socket', () => {
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
    expect(await socket.emitWithAck('unsubscribe', ['news'])).toEqual({
      ok: true,
      value: { channels: ['provider/aws'] },
    })
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
    expect(await refused({ channels: [] }, { Origin: 'https://evil.example.com' })).not.toBe('connected')
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

  test('a fresh server gives a client from long ago everything out of Redis, in order', async () => {
    const late = await stack.another('server')
    await stack.ready(late.url)
    const client = listen(late.url, ['status'], '0-0')
    const expected = (await stack.stream()).filter(({ channels }) => channels.includes('status')).map(({ id }) => id)
    await until(() => client.events.length >= expected.length, 'the past')
    expect(client.events.slice(0, expected.length).map(({ id }) => id)).toEqual(expected)
    client.close()
  })
})

test('with a view token set, reading needs it: the API, and the socket', async () => {
  const guarded = await stack.another('server', { VIEW_TOKEN: 'a-long-enough-token' })
  await stack.ready(guarded.url)
  expect((await fetch(`${guarded.url}/api/stats`)).status).toBe(401)
  expect(
    (await fetch(`${guarded.url}/api/stats`, { headers: { Authorization: 'Bearer a-long-enough-token' } })).status,
  ).toBe(200)
  expect((await fetch(`${guarded.url}/healthz`)).status).toBe(200)
  const connects = (token?: string) =>
    new Promise<boolean>(resolve => {
      const socket = io(guarded.url, {
        transports: ['websocket'],
        auth: { channels: [], token },
        reconnection: false,
        forceNew: true,
      })
      socket.on('connect', () => resolve(true)).on('connect_error', () => resolve(false))
    })
  expect([await connects(), await connects('a-wrong-long-token'), await connects('a-long-enough-token')]).toEqual([
    false,
    false,
    true,
  ])
})

test('a source is read at once for whoever has the admin token, and the route is not there without one', async () => {
  const admin = await stack.another('server', { ADMIN_TOKEN: 'an-admin-token', VIEW_TOKEN: 'a-view-token-too' })
  await stack.ready(admin.url)
  const poll = (token: string, id = 'azure-status', url = admin.url) =>
    fetch(`${url}/api/sources/${id}/poll`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
  expect((await poll('a-view-token-too')).status).toBe(401)
  expect((await poll('an-admin-token', 'nothing')).status).toBe(404)
  const before = stack.simulator.requests('azure-status')
  expect((await poll('an-admin-token')).status).toBe(202)
  await until(() => stack.simulator.requests('azure-status') > before, 'the source to be read')
  expect((await poll('an-admin-token', 'azure-status', stack.url)).status).toBe(404)
  // More than two minutes' worth, so that no turn of the minute can let all through.
  const wrong = await Promise.all(Array.from({ length: 70 }, () => poll('a-wrong-admin-token')))
  expect(wrong.map(({ status }) => status)).toContain(429)
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

test('a source that leaves the sources file takes its records and its place on the timetable with it', async () => {
  const sources = (ids: string[]) =>
    `simulated: true\nsources:\n${ids.map(id => `  - { id: ${id}, kind: azure-rss, url: '${stack.simulator.url}/azure/en-us/status/feed/', provider: azure, every: 1s }`).join('\n')}\n`
  await stack.workers.stop()
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
