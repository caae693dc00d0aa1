import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { channelKeys } from '../../../server/access/channel-keys.ts'
import { signer } from '../../../server/access/signer.ts'
import { errorsAsJson } from '../../../server/http/app.ts'
import { guard } from '../../../server/routes/guard.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'
import { testAccess } from '../../support/test-access.ts'

const VIEW = 'a-view-token-of-many-letters'

const SCREEN = '0123456789abcdef0123456789abcdef'
const admittedScreens = new Set<string>()

/** As the routes behind it set them. */
const cacheRules = new Map([
  ['/feeds/stack/shop.atom', 'max-age=60'],
  ['/card/stack/shop.png', 'public, max-age=31536000, immutable'],
  ['/embed/stack/shop', 'no-cache'],
  ['/api/compact-snapshot', 'private, no-cache'],
  ['/calendar/stack/shop.ics', 'public, max-age=0, s-maxage=2, must-revalidate'],
  ['/api/pushes', 'no-store'],
])

const store = redisOfFile()
let http: Server
let keyed: ReturnType<typeof channelKeys>
beforeAll(async () => {
  const { redis } = store
  const sign = signer(redis)
  const log = { warn: () => undefined }
  keyed = channelKeys({ redis, signer: sign, viewToken: VIEW, now: Date.now, log, onInvalid: refuse })
  const admitted = {
    identify: async (token: string) => (token === 'the-token-of-the-screen' ? SCREEN : null),
    hold: () => () => undefined,
    isAdmitted: (screen: string) => admittedScreens.has(screen),
  }
  const app = new Koa().use(errorsAsJson)
  app.use(
    guard({
      viewToken: VIEW,
      access: testAccess(redis, { viewToken: VIEW, admitted }),
      signer: sign,
      channelKeys: keyed,
      base: () => 'https://example.com',
      basePath: '/status',
    }),
  )
  app.use(ctx => {
    const rule = cacheRules.get(ctx.path)
    if (rule !== undefined) ctx.set('Cache-Control', rule)
    ctx.body = 'open'
  })
  http = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
})
afterAll(() => http.close())

const statusOf = async (path: string, channel: string) => {
  const { port } = http.address() as AddressInfo // it listens on a port, not on a socket
  return (await fetch(`http://127.0.0.1:${port}${path}?key=${await keyed.keyFor('view token', channel)}`)).status
}

test.each([
  ['stack/shop', '/feeds/stack/shop.atom'],
  ['stack/shop', '/badge/stack/shop.svg'],
  ['stack/shop', '/embed/stack/shop'],
  ['stack/shop', '/statuspage/stack/shop/api/v2/incidents/unresolved.json'],
  ['stack/shop', '/calendar/stack/shop.ics'],
  ['stack/shop', '/statuspage/stack/shop'],
  ['stack/shop', '/statuspage/stack/shop/history.atom'],
  ['service/aws/lambda', '/statuspage/service/aws/lambda/api/v2/summary.json'],
  ['region/aws/us-east-1/lambda', '/statuspage/region/aws/us-east-1/lambda/history.rss'],
  ['vendor/stripe', '/badge/vendor/stripe.svg'],
  ['service/aws/lambda', '/embed/service/aws/lambda'],
  ['region/aws/us-east-1/lambda', '/feeds/region/aws/us-east-1/lambda.rss'],
  ['provider/stack', '/statuspage/stack/api/v2/summary.json'],
])('the key of %s opens %s', async (channel, path) => expect(await statusOf(path, channel)).toBe(200))

test.each([
  ['stack/shop', '/feeds/stack/site.atom'],
  ['stack/shop', '/calendar/stack/site.ics'],
  ['stack/shop', '/calendar/stack/shop/../site.ics'],
  ['stack/shop', '/statuspage/stack/site/api/v2/summary.json'],
  ['provider/stack', '/statuspage/stack/shop/api/v2/summary.json'],
  ['stack/shop', '/statuspage/shop/api/v2/summary.json'],
  ['service/aws/lambda', '/badge/region/aws/us-east-1/lambda.svg'],
  ['stack/shop', '/api/stacks/shop'],
])('the key of %s does not open %s', async (channel, path) => expect(await statusOf(path, channel)).toBe(401))

const VIEWER = { Authorization: `Bearer ${VIEW}` }
const urlOf = (path: string) => `http://127.0.0.1:${(http.address() as AddressInfo).port}${path}` // it listens on a port
const cookieOf = async (headers: Record<string, string>): Promise<string> =>
  (await fetch(urlOf('/api/compact-snapshot'), { headers })).headers.get('Set-Cookie') ?? ''
const loads = async (cookie: string, path = '/img/0-96') =>
  (await fetch(urlOf(path), { headers: { Cookie: cookie.split(';')[0] ?? '' } })).status

test.each([
  ['/feeds/stack/shop.atom', 'private, max-age=60'],
  ['/card/stack/shop.png', 'private, max-age=31536000, immutable'],
  ['/embed/stack/shop', 'private, no-cache'],
  ['/calendar/stack/shop.ics', 'private, max-age=0, must-revalidate'],
  ['/badge/stack/shop.svg', 'private'],
  ['/api/compact-snapshot', 'private, no-cache'],
  ['/api/pushes', 'no-store'],
])('no cache between readers keeps %s', async (path, rule) => {
  const asked: [string, Record<string, string>][] = [[path, VIEWER]]
  if (!path.startsWith('/api/')) asked.push([`${path}?key=${await keyed.keyFor('view token', 'stack/shop')}`, {}])
  for (const [address, headers] of asked) {
    const answer = await fetch(urlOf(address), { headers })
    expect([answer.status, answer.headers.get('Cache-Control')], address).toEqual([200, rule])
  }
})

test('whoever is given a snapshot loads pictures with a cookie that is bound to their path and to https', async () => {
  expect(await loads('')).toBe(401)
  const cookie = await cookieOf(VIEWER)
  expect(cookie).toMatch(/^nephoscope-pictures=[\w.-]+; Path=\/status\/img; HttpOnly; SameSite=Strict; Secure$/)
  expect(await loads(cookie)).toBe(200)
})

test('the cookie of pictures opens nothing else, is given to nobody without a token, and cannot be made up', async () => {
  const cookie = await cookieOf(VIEWER)
  for (const path of ['/api/compact-snapshot', '/api/articles', '/feeds/news.atom'])
    expect(await loads(cookie, path), path).toBe(401)
  expect(await cookieOf({ Authorization: 'Bearer another-token-of-many-letters' })).toBe('')
  expect(await loads(cookie.replace('reader.', `${SCREEN}.`))).toBe(401)
  expect(await loads(`nephoscope-pictures=reader.${'a'.repeat(43)}`)).toBe(401)
})

test('a screen loads pictures until its admission is withdrawn', async () => {
  admittedScreens.add(SCREEN)
  const cookie = await cookieOf({ Authorization: 'Bearer the-token-of-the-screen' })
  expect(await loads(cookie)).toBe(200)
  admittedScreens.delete(SCREEN)
  expect(await loads(cookie)).toBe(401)
})
