import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channelsOfArticle, channelsOfIncident } from '../../shared/domain/channels.ts'
import type { Event, EventDraft } from '../../shared/domain/events.ts'
import { defaultSettings } from '../../shared/domain/notice.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { commitPoll } from '../../shared/redis/commit-poll.ts'
import { keys } from '../../shared/redis/keys.ts'
import { postNotice, writeSettings } from '../../shared/redis/notices.ts'
import { countryOf } from '../../shared/regions/catalogue.ts'
import { provider, status } from '../client/builders.ts'
import { article, entry, incident, minutesAgo, NOON, pollState, region, source } from '../support/builders.ts'
import { composedServer } from '../support/composed-server.ts'
import { followStream } from '../support/event-source.ts'
import { listen } from '../support/listener.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../support/temporary-redis.ts'

const regions = [region('aws/us-east-1', { name: 'N. Virginia', country: 'US' }), region('aws/eu-west-1')]
const catalogue = {
  providers: new Map([['aws', provider('aws', 'AWS')]]),
  regions: new Map(regions.map(one => [one.id, one])),
}
const service = (id: string, name: string) => ({ id, name, scope: 'regional' as const, under: null, isBroad: false })
const services = new Map([service('aws/lambda', 'Lambda'), service('aws/ec2', 'EC2')].map(one => [one.id, one]))
const vendors = new Map([['stripe', { name: 'Stripe' }]])
const lambdaIn = (region: string): Stack['uses'] => [
  { kind: 'service', service: 'aws/lambda', regions: [region], zones: [] },
]
const shop = { id: 'shop', name: 'Shop', uses: lambdaIn('aws/us-east-1') }
const site = { id: 'site', name: 'Site', uses: lambdaIn('aws/eu-west-1') }
const paying = {
  id: 'paying',
  name: 'Paying',
  uses: [{ kind: 'vendor' as const, vendor: 'stripe', sites: [], parts: [] }],
}

const told = incident('aws-status/a', {
  ...{ provider: 'aws', title: 'Lambda fails', impact: 'major' },
  ...{ regions: ['aws/us-east-1'], services: ['AWS Lambda'], serviceIds: ['aws/lambda'] },
  entries: [entry(1, 5)],
})
const news = article('blog/a', {
  providers: ['aws'],
  topics: ['compute'],
  regions: [],
  title: 'EC2 is faster',
  services: ['EC2'],
  serviceIds: ['aws/ec2'],
})

let store: TemporaryRedis
let server: Awaited<ReturnType<typeof composedServer>>
beforeAll(async () => {
  store = await temporaryRedis()
  await writeSettings(store.redis, { ...defaultSettings, stacks: [shop, site, paying] }, minutesAgo(9))
  const aws = source('aws-status', { provider: 'aws' })
  await store.redis.hset(keys.sources, aws.id, JSON.stringify(aws))
  for (const one of [status('aws/us-east-1', { status: 'partial_outage' }), status('aws/eu-west-1')])
    await store.redis.hset(keys.statuses, one.region, JSON.stringify(one))
  server = await composedServer(store, { catalogue, services, vendors })
})
afterAll(async () => {
  await server.close()
  await store.close()
})

const get = (path: string) => fetch(`${server.url}${path}`)
const json = async (path: string) => (await get(path)).json()
const places = countryOf(catalogue)
let version = 0
const commit = (events: EventDraft[]) =>
  commitPoll(store.redis, {
    ...{ version: version++, answeredPush: null, state: pollState(), delayMs: 1_000, articlesFrom: minutesAgo(900) },
    source: source('aws-status', { provider: 'aws' }),
    upserts: { incidents: [told], components: [], articles: [news] },
    removals: { incidents: [], components: [], articles: [] },
    ledger: [],
    events,
  })

const withIncident = [
  ...['all', 'status', 'provider/aws', 'vendor/aws', 'region/aws/us-east-1', 'region/aws/us-east-1/lambda'],
  ...['service/aws/lambda', 'country/us', 'incident/aws-status/a', 'stack/shop'],
]
const withArticle = ['all', 'news', 'provider/aws', 'vendor/aws', 'topic/compute', 'service/aws/ec2']
const withNotice = ['all', 'notices']
const withNothing = [
  ...['region/aws/eu-west-1', 'region/aws/eu-west-1/lambda', 'region/aws/us-east-1/ec2'],
  ...['country/nl', 'topic/ai', 'incident/aws-status/b', 'vendor/stripe', 'stack/site', 'stack/paying'],
]
const channels = [...new Set([...withIncident, ...withArticle, ...withNotice, ...withNothing])]
/** What is told in a channel, in the order in which it happens. */
const expected = (channel: string) => [
  ...(withIncident.includes(channel) ? ['incident.opened'] : []),
  ...(withArticle.includes(channel) ? ['article.published'] : []),
  ...(withNotice.includes(channel) ? ['notice.posted'] : []),
]

test('every kind of channel tells what belongs to it, and no more, in a socket, a stream and pages', async () => {
  const from = server.current.view.head
  const followed = channels.map(channel => ({
    channel,
    socket: listen(server.url, [channel]),
    stream: followStream(`${server.url}/api/stream?channels=${channel}`),
  }))
  const all = followed[0]
  await until(() => followed.every(({ socket }) => socket.socket.connected), 'the sockets')
  await until(() => followed.every(({ stream }) => stream.messages.length > 0), 'the streams')
  const at = minutesAgo(1)
  await commit([
    { type: 'incident.opened', at, channels: channelsOfIncident(told, places), data: told },
    { type: 'article.published', at, channels: channelsOfArticle(news, places), data: news },
  ])
  await postNotice(store.redis, { id: '0'.repeat(26), text: 'Drill', level: 'info', from: at, until: null }, NOON)
  await until(() => all?.socket.events.length === 3 && all.stream.messages.length === 4, 'everything')
  const typesOf = (events: readonly Event[]) => events.map(({ type }) => type)
  for (const { channel, socket, stream } of followed) {
    const page = await json(`/api/events?channels=${channel}&since=${from}`)
    const streamed = stream.messages.filter(({ event }) => event === 'event').map(({ data }) => data as Event)
    expect([channel, typesOf(socket.events)]).toEqual([channel, expected(channel)])
    expect([channel, typesOf(streamed)]).toEqual([channel, expected(channel)])
    expect([channel, typesOf(page.events)]).toEqual([channel, expected(channel)])
    socket.close()
    stream.close()
  }
})

test.each(channels)('the feed of %s tells the same', async channel => {
  const { items } = await json(`/feeds/${channel}.json`)
  const kinds = items.map(({ id }: { id: string }) => /^tag:nephoscope,2026:(\w+)/.exec(id)?.[1]).sort()
  expect(kinds).toEqual(
    expected(channel)
      .map(type => type.slice(0, type.indexOf('.')))
      .sort(),
  )
})

test.each([
  ['all', 'everything', '/'],
  ['news', 'news', '/news'],
  ['provider/aws', 'AWS', '/provider/aws'],
  ['vendor/stripe', 'Stripe', '/provider/stripe'],
  ['region/aws/us-east-1', 'AWS N. Virginia (us-east-1)', '/region/aws/us-east-1'],
  ['region/aws/us-east-1/lambda', 'Lambda in N. Virginia (AWS)', '/region/aws/us-east-1'],
  ['service/aws/lambda', 'Lambda (AWS)', '/provider/aws?service=lambda'],
  ['stack/shop', 'stack Shop', '/?stack=shop'],
  ['country/us', 'United States', '/'],
  ['topic/customer-stories', 'news on customer stories', '/'],
  ['incident/aws-status/a', 'AWS: Lambda fails', '/incident/aws-status/a'],
])('the feed of %s is called "%s" and leads to %s', async (channel, name, page) => {
  const { title, home_page_url, feed_url } = await json(`/feeds/${channel}.json?key=k`)
  const base = 'https://status.example.com'
  expect([title, home_page_url]).toEqual([`Nephoscope: ${name}`, base + page])
  expect(feed_url).toBe(`${base}/feeds/${channel}.json?key=k`)
})

describe('what other sites show', () => {
  test.each([
    ['region/aws/us-east-1', 'AWS N. Virginia', 'partial outage'],
    ['region/aws/us-east-1/lambda', 'Lambda in N. Virginia (AWS)', 'partial outage'],
    ['region/aws/eu-west-1/lambda', 'Lambda in eu-west-1 (AWS)', 'operational'],
    ['service/aws/lambda', 'Lambda (AWS)', 'partial outage'],
    ['service/aws/ec2', 'EC2 (AWS)', 'operational'],
    ['vendor/aws', 'AWS', 'partial outage'],
    ['vendor/stripe', 'Stripe', 'unknown'],
    ['stack/shop', 'Shop', 'partial outage'],
    ['stack/site', 'Site', 'operational'],
    ['stack/paying', 'Paying', 'unknown'],
  ])('the badge and the frame of %s say "%s: %s"', async (channel, name, word) => {
    expect(await (await get(`/badge/${channel}.svg`)).text()).toContain(`<title>${name}: ${word}</title>`)
    const frame = await get(`/embed/${channel}`)
    expect(await frame.text()).toContain(`<title>${name}: ${word}</title>`)
    expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors *')
  })

  test('a provider has a badge as before', async () => {
    expect(await (await get('/badge/provider/aws.svg')).text()).toContain('AWS: partial outage')
  })

  test('a stack is a status page, and what it uses are the components', async () => {
    const summary = await json('/statuspage/stack/shop/api/v2/summary.json')
    expect(summary).toMatchObject({
      page: { id: 'shop', name: 'Shop' },
      status: { indicator: 'major' },
      components: [{ id: 'aws.lambda.us-east-1', name: 'Lambda in N. Virginia (AWS)', status: 'partial_outage' }],
      incidents: [{ name: 'Lambda fails', components: [{ id: 'aws.lambda.us-east-1' }] }],
    })
    const unknown = await json('/statuspage/stack/paying/api/v2/summary.json')
    expect(unknown).toMatchObject({ status: { indicator: 'minor' }, components: [], incidents: [] })
  })

  test.each([
    ['/badge/stack/shopp.svg', "there is no stack 'shopp': did you mean shop?"],
    ['/embed/service/aws/lamda', "there is no service 'aws/lamda': did you mean aws/lambda?"],
    ['/feeds/vendor/strpie.rss', "there is no vendor 'strpie': did you mean stripe?"],
    ['/statuspage/stack/shp/api/v2/summary.json', "there is no stack 'shp': did you mean shop?"],
    ['/api/stacks/shp', "there is no stack 'shp': did you mean shop?"],
  ])('%s is answered 404 with the nearest', async (path, detail) => {
    const answer = await get(path)
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { type: 'about:blank', title: 'Not Found', status: 404, detail },
    ])
  })
})

describe('a program asks', () => {
  const ids = async (query: string) =>
    (await json(`/api/incidents?${query}`)).incidents.map(({ id }: { id: string }) => id)

  test('for the incidents of a stack, with the reasons', async () => {
    const { incidents } = await json('/api/incidents?stack=shop')
    expect(incidents).toMatchObject([
      { id: told.id, reasons: [{ kind: 'service', strength: 'certain', use: 'aws/lambda@us-east-1' }] },
    ])
    expect(await ids('stack=site')).toEqual([])
    expect((await json('/api/incidents')).incidents[0].reasons).toBeUndefined()
  })

  test('for those of a service and of a vendor, and for the articles', async () => {
    expect([await ids('service=aws/lambda'), await ids('service=aws/ec2')]).toEqual([[told.id], []])
    expect([await ids('vendor=aws'), await ids('vendor=stripe')]).toEqual([[told.id], []])
    expect((await json('/api/articles?vendor=aws')).articles).toMatchObject([{ id: news.id }])
    expect((await json('/api/articles?stack=paying')).articles).toEqual([])
    expect((await json('/api/incidents?stack=shp')).detail).toBe("stack: there is no stack 'shp': did you mean shop?")
    expect((await json('/api/incidents?stack=Shop')).detail).toBe("stack: there is no stack 'Shop': did you mean shop?")
  })

  test('how the stacks do', async () => {
    const { stacks } = await json('/api/stacks')
    expect(stacks).toMatchObject([
      { id: 'shop', uses: ['aws/lambda@us-east-1'], status: 'partial_outage', silent: [], unwatched: [] },
      { id: 'site', status: 'operational' },
      { id: 'paying', status: 'unknown', unwatched: ['stripe'] },
    ])
    const { stack, incidents } = await json('/api/stacks/shop')
    expect([stack, incidents]).toMatchObject([stacks[0], [{ id: told.id, reasons: [{ kind: 'service' }] }]])
  })
})

describe('when the settings change', () => {
  const moved = { ...shop, uses: lambdaIn('aws/eu-west-1') }

  test('whoever follows a stack starts anew, over every transport, and nobody else does', async () => {
    const before = server.current.view.head
    const [ours, other] = [listen(server.url, ['stack/shop']), listen(server.url, ['provider/aws'])]
    const stream = followStream(`${server.url}/api/stream?channels=stack/shop`)
    await until(() => ours.socket.connected && other.socket.connected, 'the sockets')
    await until(() => stream.messages.length > 0, 'the stream')
    await writeSettings(
      store.redis,
      { ...defaultSettings, stacks: [shop, site, paying], roundTrips: true },
      minutesAgo(1),
    )
    await until(() => ours.resets.length === 1 && stream.messages.length === 3, 'a change of other settings')
    await writeSettings(store.redis, { ...defaultSettings, stacks: [moved, site, paying] }, minutesAgo(0))
    await until(() => ours.resets.length === 2, 'the reset of the socket')
    await until(() => stream.messages.length === 5, 'the reset of the stream')
    expect(stream.messages.map(({ event }) => event)).toEqual(['pulse', 'reset', 'pulse', 'reset', 'pulse'])
    expect(ours.events).toEqual([])
    expect(ours.resets[0]).toMatchObject({ reason: 'rebuilt', snapshot: { roundTrips: true } })
    expect(ours.resets[1]).toMatchObject({ reason: 'rebuilt', snapshot: { incidents: [] } })
    expect(other.resets).toEqual([])
    const resumed = listen(server.url, ['stack/shop'], before)
    const everything = listen(server.url, ['all'], before)
    await until(() => resumed.resets.length === 1 && everything.events.length === 2, 'the resumes')
    expect(everything.resets).toEqual([])
    expect(await json(`/api/events?channels=stack/shop&since=${before}`)).toMatchObject({
      reset: 'rebuilt',
      events: [],
    })
    for (const one of [ours, other, resumed, everything]) one.close()
    stream.close()
  })
})
