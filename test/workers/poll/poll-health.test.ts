import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Source } from '../../../shared/domain/source.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { addSource, bringForward, readSources, takeDue } from '../../../shared/redis/timetable.ts'
import { serviceMatcher } from '../../../shared/services/service-matcher.ts'
import type { SourceConfig } from '../../../workers/config/source-config.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { createHttp } from '../../../workers/http/http.ts'
import { healthEvent, unpolled } from '../../../workers/poll/health.ts'
import { poll } from '../../../workers/poll/poll.ts'
import { wakeMoved } from '../../../workers/poll/reconcile.ts'
import { createMeasure } from '../../../workers/probes/measure.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { matchServices, places } from '../formats/reading.ts'

const DAY = 24 * 3_600_000
let store: TemporaryRedis
let server: Server
let base: string
let answer: (response: ServerResponse, url: string) => void
const lines: string[] = []
const http = createHttp({ isPublic: () => true, userAgent: 'test' })
beforeAll(async () => {
  store = await temporaryRedis()
  server = createServer((request, response) => answer(response, request.url ?? ''))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
})
afterAll(async () => {
  await http.close()
  server.close()
  await store.close()
})
beforeEach(async () => {
  lines.length = 0
  services = { match: matchServices, version: 'one' }
  await store.redis.flushall()
})

const onInvalid = (what: string, key: string, why: string) => {
  throw new Error(`${what} ${key}: ${why}`)
}
const page = (id: string): SourceConfig => ({
  id,
  name: id,
  kind: 'statuspage',
  url: `${base}/${id}`,
  provider: 'azure',
  everyMs: 60_000,
  topics: [],
})
const pollDue = async (source: SourceConfig, now: () => number = Date.now) => {
  const [due] = await takeDue(store.redis, 1)
  expect(due?.id).toBe(source.id)
  return poll(source, due?.dueAt ?? 0, {
    redis: store.redis,
    http,
    readers,
    measure: createMeasure({ isPublic: () => true, userAgent: 'test' }),
    probeFrom: 'here',
    keepEndedMs: 86_400_000,
    evidenceBytes: 1_000_000,
    places,
    services,
    countryOf: () => undefined,
    now,
    random: () => 0.5,
    log: pino({ level: 'info' }, { write: line => lines.push(line) }),
    onInvalid,
  })
}
let services = { match: matchServices, version: 'one' }
const admit = (source: SourceConfig) =>
  addSource(store.redis, unpolled(source), healthEvent(unpolled(source), Date.now()), { leaseMs: 15_000, delayMs: 0 })
const health = async (id: string) => Source.parse(JSON.parse((await store.redis.hget(keys.sources, id)) ?? ''))
const dueInMs = async (id: string) => Number(await store.redis.zscore(keys.due, id)) - Date.now()
const quiet = '{"page": {"id": "p"}, "components": [], "incidents": [], "scheduled_maintenances": []}'

test('how an incident ended that a status page no longer lists is asked of its list of all', async () => {
  const lamps = { id: 'i', name: 'Slow lamps', impact: 'major', components: [] }
  const said = (id: string, status: string, body: string, at: string) => ({ id, status, body, display_at: at })
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  const first = said('1', 'investigating', 'We look.', ago(30))
  const over = said('2', 'resolved', 'All is well.', ago(12))
  const open = { ...lamps, status: 'investigating', created_at: first.display_at, incident_updates: [first] }
  const ended = { ...open, status: 'resolved', resolved_at: over.display_at, incident_updates: [over, first] }
  const other = { ...ended, id: 'never-seen' }
  const asked: string[] = []
  let listed: object[] = [open]
  answer = (response, url) => {
    asked.push(url)
    const all = url.endsWith('/incidents.json') ? [ended, other] : listed
    response.end(JSON.stringify({ page: {}, components: [], incidents: all }))
  }
  const source = page('lamps')
  await admit(source)
  await pollDue(source)
  listed = []
  for (const _ of [1, 2, 3]) {
    await bringForward(store.redis, [source.id])
    await pollDue(source)
  }
  const summary = '/lamps/api/v2/summary.json'
  expect(asked).toEqual([summary, summary, summary, '/lamps/api/v2/incidents.json', summary])
  const stored = Object.values(await store.redis.hgetall(keys.incidents)).map(json => JSON.parse(json))
  expect(stored).toMatchObject([
    {
      status: 'resolved',
      resolvedAt: over.display_at,
      entries: [{ n: 2, text: 'All is well.', saidAt: over.display_at }, { n: 1 }],
    },
  ])
})

test('the components that a summary leaves out are asked of the list of all', async () => {
  const part = (id: string) => ({ id, name: `Lamp ${id}`, status: 'operational' })
  const group = { id: 'g', name: 'Lamps', group: true, components: ['a', 'b'] }
  const asked: string[] = []
  let whole = 200
  answer = (response, url) => {
    asked.push(url)
    const isWhole = url.endsWith('/components.json')
    const components = isWhole ? [group, part('a'), part('b')] : [group, part('a')]
    response.writeHead(isWhole ? whole : 200).end(JSON.stringify({ page: {}, components }))
  }
  const source = page('lamps')
  await admit(source)
  await pollDue(source)
  expect(asked).toEqual(['/lamps/api/v2/summary.json', '/lamps/api/v2/components.json'])
  const known = async () => Object.keys(await store.redis.hgetall(keys.components)).sort()
  expect(await known()).toEqual(['lamps/a', 'lamps/b'])

  whole = 503
  await bringForward(store.redis, [source.id])
  expect(await pollDue(source)).toBe('failed')
  expect(await known()).toEqual(['lamps/a', 'lamps/b'])

  whole = 404 // the host has no such list after all
  await bringForward(store.redis, [source.id])
  await pollDue(source)
  expect(await health('lamps')).toMatchObject({ error: null, failures: 0 })
  expect(await known()).toEqual(['lamps/a'])
})

test('the past of a source is asked once, and its failure is none of the source', async () => {
  const log = JSON.stringify([{ summary: 'Slow lamps', message: 'Dark.', status: 2, timestamp: 1_795_500_000 }])
  const startTime = Date.now() - 7_200_000
  const past = { service: 'LAMPS', region: 'eu-west-1', typeCode: 'X', startTime, endTime: startTime + 3_600_000 }
  const asked: string[] = []
  const serve = (history: string) => {
    answer = (response, url) => {
      asked.push(url)
      response.end(url.endsWith('/events') ? history : '[]')
    }
  }
  const cloud = (id: string): SourceConfig => ({
    ...page(id),
    kind: 'aws-events',
    url: `${base}/${id}/public/currentevents`,
    provider: 'aws',
  })
  const records = async (id: string) =>
    Object.keys(await store.redis.hgetall(keys.incidents)).filter(key => key.startsWith(id))

  await admit(cloud('full'))
  serve(JSON.stringify([{ ...past, metadata: { EVENT_LOG: log } }]))
  expect(await pollDue(cloud('full'))).toBe('changed')
  expect(await records('full')).toHaveLength(1)
  await bringForward(store.redis, ['full'])
  expect(await pollDue(cloud('full'))).toBe('same')
  expect(asked).toEqual(['/full/public/currentevents', '/full/public/events', '/full/public/currentevents'])

  await admit(cloud('bare'))
  serve('<html></html>')
  expect(await pollDue(cloud('bare'))).toBe('same')
  expect(await health('bare')).toMatchObject({ error: null, failures: 0 })
})

test('an address that is gone disables its source until it is polled on demand, or gets another address', async () => {
  const source = page('leaving')
  await admit(source)
  answer = response => response.writeHead(410).end()
  expect(await pollDue(source)).toBe('failed')
  expect(await health('leaving')).toMatchObject({
    gone: true,
    httpStatus: 410,
    error: expect.stringMatching(/^Gone: /),
  })
  expect(await dueInMs('leaving')).toBeGreaterThan(DAY - 600_000)
  expect(lines.join()).toMatch(/"source":"leaving".*Gone: the address/)

  answer = response => response.end(quiet)
  await bringForward(store.redis, ['leaving'])
  expect(await pollDue(source)).toBe('same')
  expect(await health('leaving')).toMatchObject({
    gone: false,
    error: null,
    failures: 0,
    day: expect.stringMatching(/f$/),
  })
  expect(lines.at(-1)).toContain('no longer gone')
})

const known = ({ id }: SourceConfig) =>
  readSources(store.redis, [id], (_, key, why) => {
    throw new Error(`${key}: ${why}`)
  })

test('an address that was changed while no worker ran counts at once', async () => {
  const source = page('moving')
  await admit(source)
  answer = response => response.writeHead(410).end()
  await pollDue(source)
  expect(await wakeMoved(store.redis, [source], await known(source))).toEqual([])
  const moved = { ...source, url: `${base}/new` }
  expect(await wakeMoved(store.redis, [moved], await known(moved))).toEqual(['moving'])
  answer = response => response.end(quiet)
  expect(await pollDue(moved)).toBe('same')
})

test('what a feed dates ahead is told when its time has come, though the feed has not changed and says so', async () => {
  const [ahead, old] = ['2026-11-28T12:00:00Z', '2026-11-28T08:00:00Z']
  const item = (at: string) => ({ id: at, url: `${base}/${at}`, title: `Out at ${at}`, date_published: at })
  const document = { version: 'https://jsonfeed.org/version/1.1', items: [item(ahead), item(old)] }
  answer = response => {
    response.setHeader('ETag', '"1"')
    if (response.req.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else response.end(JSON.stringify(document))
  }
  const source = { ...page('early'), kind: 'feed' } satisfies SourceConfig
  await admit(source)
  const readAt = async (instant: string) => {
    await bringForward(store.redis, ['early'])
    const end = await pollDue(source, () => Date.parse(instant))
    return [end, (await health('early')).httpStatus, await store.redis.hlen(keys.articles)]
  }
  expect(await readAt('2026-11-28T09:00:00Z')).toEqual(['changed', 200, 1])
  expect(await readAt('2026-11-28T11:00:00Z')).toEqual(['same', 304, 1])
  expect(await readAt('2026-11-28T11:59:00Z')).toEqual(['changed', 200, 2])
  expect(await readAt('2026-11-28T12:01:00Z')).toEqual(['same', 304, 2])
})

test('a new catalogue of services reads once more what did not change, and open incidents get their ids', async () => {
  const config = { ...page('azure'), kind: 'azure-rss' } as const
  const item =
    '<item><title>Errors</title><guid>1</guid><category>Storage</category><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>'
  answer = response => {
    if (response.req.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else response.setHeader('etag', '"1"').end(`<rss><channel><title>t</title>${item}</channel></rss>`)
  }
  let minute = 0
  const pollAgain = async () => {
    minute += 5
    await bringForward(store.redis, ['azure'])
    return pollDue(config, () => Date.UTC(2026, 10, 24, 11, minute))
  }
  const stored = async () => (await store.redis.hvals(keys.incidents)).map(json => JSON.parse(json).serviceIds)

  await admit(config)
  services = { match: serviceMatcher([], []), version: 'none' }
  await pollAgain()
  expect((await health('azure')).httpStatus).toBe(200)
  expect(await stored()).toEqual([undefined])
  await pollAgain()
  expect((await health('azure')).httpStatus).toBe(304)

  services = { match: matchServices, version: 'one' }
  await pollAgain()
  expect((await health('azure')).httpStatus).toBe(200)
  expect(await stored()).toEqual([['azure/storage']])
  await pollAgain()
  expect((await health('azure')).httpStatus).toBe(304)
})

test('while a host asks to be left alone, its other sources wait, and say so', async () => {
  const [busy, other] = [page('busy'), page('other')]
  const asked: string[] = []
  answer = (response, url) => {
    asked.push(url)
    response.writeHead(429, { 'retry-after': '600' }).end()
  }
  await admit(busy)
  expect(await pollDue(busy)).toBe('failed')
  await admit(other)
  expect(await pollDue(other)).toBe('held')
  expect(asked).toEqual(['/busy/api/v2/summary.json'])
  expect(await health('other')).toMatchObject({ failures: 0, error: null, lastPollAt: null })
  expect(Date.parse((await health('other')).heldUntil ?? '')).toBeGreaterThan(Date.now() + 500_000)
  expect(await dueInMs('other')).toBeGreaterThan(500_000)
})
