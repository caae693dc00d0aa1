import { parseDocument } from 'htmlparser2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultSettings } from '../../shared/domain/notice.ts'
import { keys } from '../../shared/redis/keys.ts'
import { writeSettings } from '../../shared/redis/notices.ts'
import { provider, status } from '../client/builders.ts'
import { entry, incident, minutesAgo, region, source } from '../support/builders.ts'
import { composedServer } from '../support/composed-server.ts'
import { type TemporaryRedis, temporaryRedis } from '../support/temporary-redis.ts'

const east = region('aws/us-east-1', { name: 'N. Virginia' })
const catalogue = { providers: new Map([['aws', provider('aws', 'AWS')]]), regions: new Map([[east.id, east]]) }
const told = incident('aws-status/a', {
  ...{ provider: 'aws', title: 'Lambda & "friends" fail', regions: [east.id] },
  entries: [entry(1, 5, { text: `A <b>switch</b>. ${'x'.repeat(400)}` })],
})

const own = { ...told, id: 'own/a', isPrivate: true as const }

let store: TemporaryRedis
let server: Awaited<ReturnType<typeof composedServer>>
beforeAll(async () => {
  store = await temporaryRedis()
  const shop = { id: 'shop', name: 'Shop', uses: [{ kind: 'region' as const, region: east.id }] }
  await writeSettings(store.redis, { ...defaultSettings, stacks: [shop] }, minutesAgo(9))
  const aws = source('aws-status', { provider: 'aws' })
  await store.redis.hset(keys.sources, aws.id, JSON.stringify(aws))
  for (const one of [told, own]) await store.redis.hset(keys.incidents, one.id, JSON.stringify(one))
  await store.redis.hset(keys.statuses, east.id, JSON.stringify(status(east.id)))
  server = await composedServer(store, { catalogue, services: new Map(), vendors: new Map() })
})
afterAll(async () => {
  await server.close()
  await store.close()
})

const BASE = 'https://status.example.com'
const ask = async (url: string, more: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}/oembed?${new URLSearchParams({ url, ...more })}`)
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() }
}
const frameIn = (html: string): Record<string, string> => {
  const [node, ...more] = parseDocument(html).children
  expect(more).toEqual([])
  return node !== undefined && 'attribs' in node ? node.attribs : {}
}

test.each([
  [`${BASE}/region/aws/us-east-1`, 'AWS N. Virginia (us-east-1)', '/embed/region/aws/us-east-1'],
  [
    `http://status.example.com/region/aws/us-east-1/?tab=news#x`,
    'AWS N. Virginia (us-east-1)',
    '/embed/region/aws/us-east-1',
  ],
  [`${BASE}/provider/aws`, 'AWS', '/embed/vendor/aws'],
  [`${BASE}/incident/aws-status/a`, 'AWS: Lambda & "friends" fail', '/embed/incident/aws-status/a'],
  [`${BASE}/?stack=shop`, 'stack Shop', '/embed/stack/shop'],
])('%s becomes the frame of %s', async (url, title, path) => {
  const { status, type, body } = await ask(url, { format: 'json', discover: '1' })
  expect([status, type]).toEqual([200, 'application/json; charset=utf-8'])
  const { html, ...rest } = body
  expect(rest).toEqual({
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Nephoscope',
    provider_url: `${BASE}/`,
    cache_age: 300,
    width: 480,
    height: 140,
  })
  expect(frameIn(html)).toMatchObject({ src: BASE + path, width: '480', height: '140', title })
  expect((await fetch(server.url + path)).status).toBe(200)
})

test('what there is room for is never exceeded', async () => {
  const { body } = await ask(`${BASE}/provider/aws`, { maxwidth: '320', maxheight: '90' })
  expect([body.width, body.height]).toEqual([320, 90])
  expect(frameIn(body.html)).toMatchObject({ width: '320', height: '90' })
  const wide = await ask(`${BASE}/provider/aws`, { maxwidth: '2000', maxheight: '2000' })
  expect([wide.body.width, wide.body.height]).toEqual([480, 140])
})

test.each([
  `${BASE}/`,
  `${BASE}/news`,
  `${BASE}/nowhere`,
  `${BASE}/region/aws/nowhere`,
  `${BASE}/incident/aws-status/none`,
  `${BASE}/incident/own/a`,
  `${BASE}/?stack=gone`,
  `${BASE}/?stack=Shop:aws/us-east-1`,
  'https://elsewhere.example.com/provider/aws',
  'javascript:alert(1)',
  'no address',
])('%s is not known: 404 in one line', async url => {
  const { status, body } = await ask(url)
  expect([status, JSON.stringify(body)]).toEqual([404, expect.stringContaining('url is none of the pages')])
})

test('XML is not made, which has a status of its own; a size that is none is refused', async () => {
  expect((await ask(`${BASE}/provider/aws`, { format: 'xml' })).status).toBe(501)
  expect((await ask(`${BASE}/provider/aws`, { maxwidth: 'wide' })).status).toBe(400)
})

test('the frame of an incident says its stage and its last words, as text and cut', async () => {
  const frame = await fetch(`${server.url}/embed/incident/aws-status/a`)
  const text = await frame.text()
  expect(text).toContain('<title>AWS: Lambda &amp; &quot;friends&quot; fail</title>')
  expect(text).toContain(`href="${BASE}/incident/aws-status/a"`)
  expect(text).toMatch(/<p>A &lt;b&gt;switch&lt;\/b&gt;\. x{258,264}…<\/p>/)
  expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect((await fetch(`${server.url}/embed/incident/aws-status/none`)).status).toBe(404)
})
