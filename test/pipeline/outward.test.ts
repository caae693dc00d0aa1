import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HistoryDay } from '../../shared/domain/history.ts'
import { keys } from '../../shared/redis/keys.ts'
import { type Follower, followStream } from '../support/event-source.ts'
import { listen } from '../support/listener.ts'
import { plainGet } from '../support/plain-get.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const VIEW = 'a-view-token-of-many-letters'
const ADMIN = 'an-admin-token-of-many-letters'

let stack: Stack
let guarded: string
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s' })
  await stack.ready()
  guarded = (
    await stack.another('server', { VIEW_TOKEN: VIEW, ADMIN_TOKEN: ADMIN, PUBLIC_URL: 'https://status.example.com' })
  ).url
  await stack.ready(guarded)
  await until(async () => (await json('/api/sources?state=unread')).sources.length === 0, 'every source to be read')
  await until(async () => (await json('/api/stats')).regionsLive > 100, 'the regions to be rolled up')
})
afterAll(() => stack.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${stack.url}${path}`, { headers })
const json = async (path: string) => (await get(path)).json()
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
const tell = (id: string, region: string) =>
  stack.simulator.apply({
    do: 'open',
    id,
    on: 'azure',
    title: `Trouble ${id}`,
    regions: [region],
    services: ['Storage'],
  })
const idsOf = (follower: Follower) => follower.messages.filter(({ event }) => event === 'event').map(({ id }) => id)

describe('events for programs', () => {
  test('a stream, pages and a socket tell the same events in the same order', async () => {
    const channels = ['region/azure/westeurope', 'news']
    const socket = listen(stack.url, channels, '0-0')
    const stream = followStream(`${stack.url}/api/stream?channels=${channels}`, { 'Last-Event-ID': '0-0' })
    await until(() => stream.messages.some(({ event }) => event === 'pulse'), 'the stream to be live')
    expect(stream.headers()).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    tell('stream', 'westeurope')
    await until(
      () => [socket.events, stream.messages].every(list => JSON.stringify(list).includes('Trouble stream')),
      'the incident',
    )
    await stack.workers.stop()
    const paged: string[] = []
    let page = await json(`/api/events?channels=${channels}&since=0-0&limit=20`)
    for (; ; page = await json(`/api/events?channels=${channels}&since=${page.next}&limit=20`)) {
      paged.push(...page.events.map(({ id }: { id: string }) => id))
      if (!page.more) break
    }
    await until(() => idsOf(stream).length >= paged.length && socket.events.length >= paged.length, 'all of it')
    expect(idsOf(stream)).toEqual(paged)
    expect(socket.events.map(({ id }) => id)).toEqual(paged)
    stack.workers.start()
    stream.close()
    socket.close()
  })

  test.each([
    ['/api/events?channels=region/azure/nowhere', 400, "there is no region 'azure/nowhere'"],
    ['/api/events?since=yesterday', 400, 'since'],
    ['/api/stream?token=x', 400, "there is no parameter 'token'"],
    ['/api/history', 400, 'either region or provider'],
    ['/api/incidents?from=yesterday', 400, 'from: must be a day'],
    ['/feeds/sources.rss', 404, 'has no feed'],
    ['/feeds/Everything.rss', 404, 'is not a channel'],
    ['/feeds/all.exe', 404, 'a feed ends in'],
    ['/calendar/all', 404, 'a calendar ends in .ics'],
    ['/calendar/news.ics', 404, 'tells of no maintenance'],
    ['/calendar/region/azure/nowhere.ics', 404, 'there is no region'],
    ['/oembed?url=https://elsewhere.example.com/', 404, 'url is none of the pages'],
    ['/oembed', 400, 'url'],
    ['/badge/region/azure/nowhere.svg', 404, 'there is no region'],
    ['/badge/provider/nobody.svg', 404, 'is not watched here'],
    ['/statuspage/nobody/api/v2/summary.json', 404, 'is not watched here'],
    ['/api/search', 400, 'q'],
  ])('%s answers %i in one clear line', async (path, status, line) => {
    const response = await get(path)
    expect(response.status).toBe(status)
    expect((await response.json()).detail).toContain(line)
  })
})

describe('what other sites show', () => {
  beforeAll(() => stack.workers.stop())
  afterAll(() => stack.workers.start())

  test.each([
    ['/feeds/region/azure/westeurope.atom', 'application/atom+xml; charset=utf-8', 60],
    ['/feeds/all.rss', 'application/rss+xml; charset=utf-8', 60],
    ['/feeds/news.json', 'application/feed+json; charset=utf-8', 60],
    ['/calendar/status.ics', 'text/calendar; charset=utf-8', 300],
    ['/badge/region/azure/westeurope.svg', 'image/svg+xml', 30],
    ['/badge/provider/azure.svg', 'image/svg+xml', 30],
    ['/embed/region/azure/westeurope', 'text/html; charset=utf-8', 30],
  ])('%s is tagged, kept for a while and not sent again while it is the same', async (path, type, seconds) => {
    const first = await get(path)
    expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
      200,
      type,
      `max-age=${seconds}`,
    ])
    const etag = first.headers.get('etag') ?? ''
    expect(await plainGet(`${stack.url}${path}`, { 'If-None-Match': etag })).toEqual({ status: 304, bytes: 0 })
  })

  test('every page names its feeds, its calendar and what shows it elsewhere, unless reading needs a token', async () => {
    const hrefs = async (url: string) =>
      [...(await (await fetch(url)).text()).matchAll(/<link rel="alternate"[^>]* href="([^"]+)"/g)].map(
        ([, href = '']) => href.replaceAll('&amp;', '&'),
      )
    const path = '/region/azure/westeurope'
    const [rss = '', atom, json, calendar, oembed = '', ...more] = await hrefs(stack.url + path)
    expect([rss, atom, json, calendar, more]).toEqual([
      ...['rss', 'atom', 'json'].map(ending => `/feeds${path}.${ending}`),
      `/calendar${path}.ics`,
      [],
    ])
    expect((await get(rss)).status).toBe(200)
    expect(await (await fetch(oembed)).json()).toMatchObject({
      type: 'rich',
      title: expect.stringContaining('West Europe'),
    })
    expect(await hrefs(`${stack.url}/sources`)).toContain('/feeds/all.rss')
    expect(await hrefs(guarded + path)).toEqual([])
  })

  test('a frame may stand on any page, and nothing else of ours', async () => {
    const policyOf = async (path: string) => (await get(path)).headers.get('content-security-policy') ?? ''
    expect(await policyOf('/embed/region/azure/westeurope')).toContain('frame-ancestors *')
    for (const path of ['/', '/api/stats', '/feeds/all.rss', '/badge/provider/azure.svg'])
      expect(await policyOf(path)).toContain("frame-ancestors 'none'")
  })

  test('feeds link to where the office says, or to the host that was asked', async () => {
    expect(await (await get('/feeds/status.rss')).text()).toContain(`<link>${stack.url}/</link>`)
    const told = await fetch(`${guarded}/feeds/status.rss`, { headers: bearer(VIEW) })
    expect(await told.text()).toContain('<link>https://status.example.com/</link>')
    expect((await plainGet(`${stack.url}/feeds/status.rss`, { Host: 'a"b' })).status).toBe(400)
  })
})

test('with a view token set, everything needs it, in either case of letters, or the key of that channel alone', async () => {
  const statusOf = async (path: string, headers = {}) => (await fetch(`${guarded}${path}`, { headers })).status
  const paths = [
    '/api/stats',
    '/API/stats',
    '/api/stream',
    '/feeds/all.rss',
    '/badge/provider/azure.svg',
    '/embed/region/azure/westeurope',
    '/statuspage/azure/api/v2/summary.json',
    '/statuspage/azure/history.atom',
    '/statuspage/azure',
    '/calendar/all.ics',
    '/oembed?url=https://status.example.com/provider/azure',
  ]
  for (const path of paths) expect([path, await statusOf(path)]).toEqual([path, 401])

  const { key } = await (
    await fetch(`${guarded}/api/feed-key?channel=provider/azure`, { headers: bearer(VIEW) })
  ).json()
  expect(key).not.toBe(createHmac('sha256', VIEW).update('feed:provider/azure').digest('base64url'))
  for (const path of [
    '/feeds/provider/azure.atom',
    '/badge/provider/azure.svg',
    '/calendar/provider/azure.ics',
    '/statuspage/azure/api/v2/status.json',
    '/statuspage/azure/history.rss',
    '/statuspage/azure',
  ])
    expect([path, await statusOf(`${path}?key=${key}`)]).toEqual([path, 200])
  for (const path of ['/feeds/all.atom', '/badge/provider/aws.svg', '/api/stats', '/embed/region/azure/westeurope'])
    expect([path, await statusOf(`${path}?key=${key}`)]).toEqual([path, 401])
  expect(await statusOf(`/api/stats?token=${VIEW}`)).toBe(401)
})

test('the admin sees the keys that were given away, and revokes one of them', async () => {
  const keyOf = async (channel: string): Promise<string> =>
    (await (await fetch(`${guarded}/api/feed-key?channel=${channel}`, { headers: bearer(VIEW) })).json()).key
  const [azure, aws] = [await keyOf('provider/azure'), await keyOf('provider/aws')]
  const statuses = async () => [
    (await fetch(`${guarded}/badge/provider/azure.svg?key=${azure}`)).status,
    (await fetch(`${guarded}/badge/provider/aws.svg?key=${aws}`)).status,
  ]
  expect(await statuses()).toEqual([200, 200])
  const listed = await (await fetch(`${guarded}/api/keys`, { headers: bearer(ADMIN) })).text()
  for (const key of [azure, aws]) expect(listed).not.toContain(key.split('.')[1])
  const { keys } = JSON.parse(listed)
  const { id } = keys.find((one: { channel: string }) => one.channel === 'provider/azure')
  const revoke = (token: string) =>
    fetch(`${guarded}/api/keys/${id}`, { method: 'DELETE', headers: bearer(token) }).then(({ status }) => status)
  expect([await revoke(VIEW), await revoke(ADMIN), await revoke(ADMIN)]).toEqual([403, 204, 404])
  await until(async () => (await statuses())[0] === 401, 'the key to be revoked')
  expect(await statuses()).toEqual([401, 200])
})

test('a notice is posted, told, withdrawn, and withdrawn by itself when its time is past', async () => {
  const post = (body: unknown, url = guarded) =>
    fetch(`${url}/api/notices`, {
      method: 'POST',
      headers: { ...bearer(ADMIN), 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const listener = listen(stack.url, ['notices'])
  await until(() => listener.socket.connected, 'the socket')
  const posted = await post({ text: ' Drill at two ', level: 'warning' })
  const { notice } = await posted.json()
  expect([posted.status, notice]).toMatchObject([201, { text: 'Drill at two', level: 'warning', until: null }])
  const soon = new Date(Date.now() + 1_500).toISOString()
  expect((await post({ text: 'Gone soon', until: soon })).status).toBe(201)
  await until(() => listener.events.some(({ type }) => type === 'notice.withdrawn'), 'the notice to be over')
  const remove = (id: string) => fetch(`${guarded}/api/notices/${id}`, { method: 'DELETE', headers: bearer(ADMIN) })
  expect([(await remove(notice.id)).status, (await remove(notice.id)).status]).toEqual([204, 404])
  await until(() => listener.events.length === 4, 'all of it')
  expect(listener.events.map(({ type }) => type).sort()).toEqual([
    'notice.posted',
    'notice.posted',
    'notice.withdrawn',
    'notice.withdrawn',
  ])
  expect((await json('/api/notices')).notices).toEqual([])

  expect((await post({ text: 'x'.repeat(281) })).status).toBe(400)
  expect((await post({ text: 'a\u0000b' })).status).toBe(400)
  expect((await post({ text: 'x', until: '2001-01-01T00:00:00Z' })).status).toBe(400)
  expect((await post({ text: 'x'.repeat(9_000) })).status).toBe(413)
  expect((await post({ text: 'x' }, stack.url)).status).toBe(404)
  listener.close()
})

test('what is over is paged out of the store, also where the view has forgotten it', async () => {
  const all = (await json('/api/incidents?state=ended&limit=500')).incidents.map(({ id }: { id: string }) => id)
  expect(all.length).toBeGreaterThan(0)
  const paged: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page = await json(`/api/incidents?state=ended&limit=2${next && `&before=${encodeURIComponent(next)}`}`)
    paged.push(...page.incidents.map(({ id }: { id: string }) => id))
    next = page.next
  }
  expect(paged).toEqual(all)
  expect((await json('/api/incidents?state=ended&until=2001-01-01')).incidents).toEqual([])
  expect(await stack.redis.redis.zcard(keys.incidentTimes)).toBe(await stack.redis.redis.hlen(keys.incidents))
})

test('the history of a region begins with its first reading, and today is known from then on', async () => {
  const { days, since } = await json('/api/history?region=azure/westeurope')
  expect(days.map((day: unknown) => HistoryDay.parse(day).status)).toHaveLength(90)
  expect(days[0]).toMatchObject({ status: 'unknown', minutes: { unknown: 1440 } })
  expect(Date.parse(since)).toBeLessThan(Date.now())
  expect(Object.keys(days[89].minutes).length).toBeGreaterThan(1)
  expect((await json('/api/history?provider=azure&days=2')).days).toHaveLength(2)
})
