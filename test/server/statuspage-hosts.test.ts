import { get } from 'node:http'
import Parser from 'rss-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Settings } from '../../server/settings.ts'
import { defaultSettings } from '../../shared/domain/notice.ts'
import { parseEnvironment } from '../../shared/environment.ts'
import { keys } from '../../shared/redis/keys.ts'
import { writeSettings } from '../../shared/redis/notices.ts'
import { provider, status } from '../client/builders.ts'
import { entry, incident, minutesAgo, region, source } from '../support/builders.ts'
import { composedServer } from '../support/composed-server.ts'
import { type TemporaryRedis, temporaryRedis } from '../support/temporary-redis.ts'
import { read, readingIn } from '../workers/formats/reading.ts'

const regions = [region('aws/us-east-1', { name: 'N. Virginia', country: 'US' }), region('aws/eu-west-1')]
const catalogue = {
  providers: new Map([['aws', provider('aws', 'AWS')]]),
  regions: new Map(regions.map(one => [one.id, one])),
}
const lambda = { id: 'aws/lambda', name: 'Lambda', scope: 'regional' as const, under: null, isBroad: false }
const shop = {
  id: 'shop',
  name: 'Shop',
  uses: [{ kind: 'service' as const, service: lambda.id, regions: ['aws/us-east-1'], zones: [] }],
}
const told = incident('aws-status/a', {
  ...{ provider: 'aws', title: 'Lambda & "friends" fail', impact: 'major' },
  ...{ regions: ['aws/us-east-1'], services: ['AWS Lambda'], serviceIds: ['aws/lambda'] },
  entries: [entry(2, 3, { status: 'identified', text: 'A <b>switch</b>.\nIt is replaced.' }), entry(1, 5)],
})

let store: TemporaryRedis
let server: Awaited<ReturnType<typeof composedServer>>
beforeAll(async () => {
  store = await temporaryRedis()
  await writeSettings(store.redis, { ...defaultSettings, stacks: [shop] }, minutesAgo(9))
  const aws = source('aws-status', { provider: 'aws' })
  await store.redis.hset(keys.sources, aws.id, JSON.stringify(aws))
  await store.redis.hset(keys.incidents, told.id, JSON.stringify(told))
  for (const one of [status('aws/us-east-1', { status: 'partial_outage' }), status('aws/eu-west-1')])
    await store.redis.hset(keys.statuses, one.region, JSON.stringify(one))
  const hosts = new Map([
    ['status.shop.example', 'stack/shop'],
    ['aws.example:8080', 'aws'],
    ['gone.example', 'stack/gone'],
  ])
  server = await composedServer(store, {
    catalogue,
    services: new Map([[lambda.id, lambda]]),
    vendors: new Map(),
    hosts,
  })
})
afterAll(async () => {
  await server.close()
  await store.close()
})

type Answered = { status: number | undefined; type: string | undefined; policy: string; text: string }
const ask = (host: string, path: string): Promise<Answered> =>
  new Promise((resolve, reject) => {
    get(`${server.url}${path}`, { headers: { Host: host } }, response => {
      const { 'content-type': type, 'content-security-policy': policy = '' } = response.headers
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, type, policy: String(policy), text }))
    }).on('error', reject)
  })

describe('a mapped host', () => {
  test.each([
    ['status.shop.example', 'Shop'],
    ['Status.Shop.Example:3000', 'Shop'],
    ['aws.example:8080', 'AWS'],
  ])('%s answers the documents of its page, which says its own address', async (host, name) => {
    const { status, text } = await ask(host, '/api/v2/summary.json')
    const summary = JSON.parse(text)
    expect([status, summary.page.name, summary.page.url]).toEqual([200, name, `http://${host}`])
    expect(summary.incidents[0].shortlink).toBe('https://status.example.com/incident/aws-status/a')
    for (const one of ['status', 'components', 'incidents', 'incidents/unresolved', 'scheduled-maintenances/upcoming'])
      expect([one, (await ask(host, `/api/v2/${one}.json?v=1`)).status]).toEqual([one, 200])
  })

  test('is read by our own reader', async () => {
    const { text } = await ask('status.shop.example', '/api/v2/summary.json')
    const { incidents, components } = readingIn(await read('statuspage', text, { provider: 'aws' }))
    expect(incidents.map(({ title, regions, updates }) => [title, regions, updates.length])).toEqual([
      ['Lambda & "friends" fail', ['aws/us-east-1'], 2],
    ])
    expect(components.map(({ name, status }) => [name, status])).toEqual([
      ['Lambda in N. Virginia (AWS)', 'partial_outage'],
    ])
  })

  test.each(['atom', 'rss'])('has its history.%s, an item an incident with all words', async ending => {
    const { text, type } = await ask('status.shop.example', `/history.${ending}?key=k`)
    expect(type).toBe(`application/${ending}+xml; charset=utf-8`)
    const { title, link, feedUrl, items } = await new Parser().parseString(text)
    expect([title, link, feedUrl]).toEqual([
      'Shop - Incident History',
      'http://status.shop.example',
      `http://status.shop.example/history.${ending}?key=k`,
    ])
    expect(items.map(item => [item.title, item.link, item.isoDate])).toEqual([
      ['Lambda & "friends" fail', 'https://status.example.com/incident/aws-status/a', minutesAgo(10)],
    ])
    expect(items[0]?.content).toContain('<strong>Identified</strong> - A &lt;b&gt;switch&lt;/b&gt;.<br>')
    expect(items[0]?.content).toContain('<strong>Investigating</strong> - Words 1')
  })

  test('shows a page without a script to a browser', async () => {
    const { status, type, policy, text } = await ask('status.shop.example', '/')
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8'])
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(text).toContain('<h1>Shop Status</h1>')
    expect(text).toContain('Lambda &amp; &quot;friends&quot; fail')
    expect(text).toContain('href="http://status.shop.example/history.atom"')
    expect(text).not.toMatch(/<script|<b>/)
  })

  test('has the frame and the script of the embed widget', async () => {
    const frame = await ask('status.shop.example', '/embed/frame')
    expect(frame.text).toContain('<body data-action="showFrame">')
    expect(frame.policy).toContain('frame-ancestors *')
    const script = await ask('status.shop.example', '/embed/script.js')
    expect(script.type).toBe('text/javascript; charset=utf-8')
    expect(script.text).toContain('"http://status.shop.example/embed/frame"')
  })

  test('has what every host has below other paths, and other hosts have no page of their own', async () => {
    expect((await ask('status.shop.example', '/badge/provider/aws.svg')).status).toBe(200)
    for (const path of ['/api/v2/summary.json', '/history.atom', '/embed/frame'])
      expect([path, (await ask('other.example', path)).status]).toEqual([path, 404])
  })

  test('of a stack that is gone says so in one line', async () => {
    const { status, text } = await ask('gone.example', '/api/v2/summary.json')
    expect([status, text]).toEqual([404, expect.stringContaining("there is no stack 'gone'")])
  })
})

test.each([
  ['/statuspage/aws', 'AWS'],
  ['/statuspage/stack/shop', 'Shop'],
  ['/statuspage/region/aws/us-east-1', 'AWS N. Virginia'],
  ['/statuspage/service/aws/lambda', 'Lambda (AWS)'],
  ['/statuspage/region/aws/us-east-1/lambda', 'Lambda in N. Virginia (AWS)'],
])('%s is a page at the address that its documents name', async (path, name) => {
  const { page, incidents } = JSON.parse((await ask('any.example', `${path}/api/v2/summary.json`)).text)
  expect([page.name, page.url, incidents.length]).toEqual([name, `https://status.example.com${path}`, 1])
  for (const own of [path, `${path}/`])
    expect((await ask('any.example', own)).text).toContain(`<h1>${name} Status</h1>`)
  expect((await ask('any.example', `${path}/history.rss`)).text).toContain(`${name} - Incident History`)
  expect((await ask('any.example', `${path}/embed/frame`)).status).toBe(200)
})

test.each([
  ['', []],
  ['a.example=azure', [['a.example', 'azure']]],
  [
    'A.example:8443=stack/shop, b.example=service/aws/lambda,',
    [
      ['a.example:8443', 'stack/shop'],
      ['b.example', 'service/aws/lambda'],
    ],
  ],
])('STATUSPAGE_HOSTS: %s', (value, expected) => {
  const parsed = parseEnvironment(Settings, { REDIS_URL: 'redis://localhost', STATUSPAGE_HOSTS: value })
  expect(parsed.ok && [...parsed.value.STATUSPAGE_HOSTS]).toEqual(expected)
})

test.each(['a.example', 'a.example=', '=azure', 'a/b=azure', 'a=stack/shop/x/y', 'a=news/x', 'a=azure,A=aws'])(
  'STATUSPAGE_HOSTS: %s is refused in one line that says how',
  value => {
    const parsed = parseEnvironment(Settings, { REDIS_URL: 'redis://localhost', STATUSPAGE_HOSTS: value })
    expect(parsed).toEqual({
      ok: false,
      error: expect.stringMatching(/^STATUSPAGE_HOSTS .*status\.shop\.example=stack\/shop.*$/),
    })
  },
)
