import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { minuteLimit } from '../../../server/http/admission.ts'
import { errorsAsJson } from '../../../server/http/app.ts'
import { routerOf } from '../../../server/http/route.ts'
import { takePost, takePostWithPath } from '../../../server/routes/inbound.ts'
import { MAX_WAITING, peekPosts, putPost, writeInboundSecrets } from '../../../shared/redis/inbox.ts'
import { NOON } from '../../support/builders.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { post as documented } from '../../workers/formats/inbound/read-post.ts'

const SECRET = 'correct-horse-battery'
const KEY = `whsec_${Buffer.from('another-horse-battery').toString('base64')}`
const digest = (text: string) => createHash('sha256').update(text).digest('hex')

let store: TemporaryRedis
let http: Server
let url: string
let now = NOON
let outcomes: string[] = []
let lines: object[] = []
beforeAll(async () => {
  store = await temporaryRedis()
  const router = routerOf([takePost, takePostWithPath], {
    redis: store.redis,
    wrongTokens: { limit: minuteLimit(8, () => now), trustedProxies: 0 },
    environment: { OWN: SECRET, SIGNED: KEY, CHANGED: 'what-the-workers-do-not-have' },
    onPush: (_, outcome) => outcomes.push(outcome),
    now: () => now,
    log: { warn: fields => lines.push(fields) },
    onInvalid: refuse,
  })
  http = createServer(new Koa().use(errorsAsJson).use(router.routes()).callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/hooks/in` // it listens on a port
})
afterAll(async () => {
  http.closeAllConnections()
  http.close()
  await store.close()
})
beforeEach(async () => {
  now += 60_000
  outcomes = []
  lines = []
  await store.redis.flushall()
  await writeInboundSecrets(
    store.redis,
    new Map([
      ['own', { name: 'OWN', digest: digest(SECRET) }],
      ['signed', { name: 'SIGNED', digest: digest(KEY) }],
      ['elsewhere', { name: 'CHANGED', digest: digest(SECRET) }],
    ]),
  )
})

type Given = { path?: string; headers?: Record<string, string>; body?: string | Buffer }
const send = async ({ path = '/own', headers = {}, body = '{"alerts":[]}' }: Given) =>
  fetch(url + path, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) })
const status = async (given: Given) => (await send(given)).status
const waiting = async (id = 'own') => (await peekPosts(store.redis, id, 2_000, refuse)).map(one => one?.body)
const basic = (words: string) => ({ Authorization: `Basic ${Buffer.from(words).toString('base64')}` })

test.each<[string, Given]>([
  ['as a bearer token', { headers: { Authorization: `Bearer ${SECRET}` } }],
  ['as an API key', { headers: { 'X-API-Key': SECRET } }],
  ['as a basic password', { headers: basic(`anybody:${SECRET}`) }],
  ['in the query', { path: `/own?secret=${SECRET}` }],
  ['in the query as Google writes it', { path: `/own?auth_token=${SECRET}` }],
  ['in the path', { path: `/own/${SECRET}` }],
  [
    'in the query beside a token of the sender',
    { path: `/own?secret=${SECRET}`, headers: { Authorization: 'Bearer a.b.c' } },
  ],
])('a post with the secret %s waits for a worker', async (_, given) => {
  expect(await status(given)).toBe(202)
  expect(await waiting()).toEqual(['{"alerts":[]}'])
  expect(outcomes).toEqual(['taken'])
})

test.each<[string, Given]>([
  ['a wrong one', { path: '/own?secret=wrong' }],
  ['that of another source', { path: `/signed?secret=${SECRET}` }],
  ['one for a source that does not exist', { path: `/nobody?secret=${SECRET}` }],
])('%s is as if there were nothing, and counts', async (_, given) => {
  for (let n = 0; n < 8; n++) expect(await status(given)).toBe(404)
  expect(await status(given)).toBe(429)
  expect(outcomes).toEqual(Array(9).fill('forged'))
  expect(await waiting()).toEqual([])
})

test('without any there is nothing', async () => {
  expect(await status({})).toBe(404)
  expect(outcomes).toEqual([])
})

const signed = (body: string, id = 'msg_1', at = now, key = KEY) => ({
  path: '/signed',
  body,
  headers: {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': `v1,bm90IHRoaXM= ${new Webhook(key).sign(id, new Date(at), body)}`,
  },
})

test('a post that is signed as Standard Webhooks says is taken once, within five minutes', async () => {
  expect(await status(signed('{"n":1}'))).toBe(202)
  expect(await status(signed('{"n":1}'))).toBe(202)
  expect(await status(signed('{"n":2}', 'msg_2', now - 290_000))).toBe(202)
  expect(await status(signed('{"n":3}', 'msg_3', now - 310_000))).toBe(404)
  expect(await status(signed('{"n":4}', 'msg_4', now + 310_000))).toBe(404)
  expect(await status({ ...signed('{"n":5}', 'msg_5'), body: '{"n":6}' })).toBe(404)
  expect(outcomes).toEqual(['taken', 'repeated', 'taken', 'forged', 'forged', 'forged'])
  expect(await waiting('signed')).toEqual(['{"n":1}', '{"n":2}'])
})

test('a post that is signed as GitHub does is taken', async () => {
  const body = '{"n":1}'
  const headers = (key: string) => ({
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
  })
  expect(await status({ body, headers: headers(SECRET) })).toBe(202)
  expect(await status({ body, headers: headers('theirs') })).toBe(404)
  expect(await waiting()).toEqual([body])
})

test('a server that has another secret than the workers takes no signature, and the secret itself', async () => {
  const body = '{"n":1}'
  const headers = {
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', 'what-the-workers-do-not-have').update(body).digest('hex')}`,
  }
  expect(await status({ path: '/elsewhere', body, headers })).toBe(404)
  expect(await status({ path: `/elsewhere?secret=${SECRET}`, body })).toBe(202)
})

const own = { path: `/own?secret=${SECRET}` }

test('the same body is a repetition, which is answered as if it were taken', async () => {
  expect([await status(own), await status(own), await status({ ...own, body: '[1]' })]).toEqual([202, 202, 202])
  expect(outcomes).toEqual(['taken', 'repeated', 'taken'])
  expect(await waiting()).toEqual(['{"alerts":[]}', '[1]'])
})

test('what is no JSON, or larger than any post, is refused', async () => {
  for (const body of ['', 'alerts=1', '"text"', '7', 'null']) expect(await status({ ...own, body })).toBe(400)
  expect(await status({ ...own, body: `"${'x'.repeat(300_000)}"` })).toBe(413)
  expect(await waiting()).toEqual([])
})

test('while the inbox is full, senders are asked to come again', async () => {
  for (let n = 0; n < MAX_WAITING; n++)
    await putPost(store.redis, 'own', { at: new Date(now).toISOString(), body: '{}' }, `${n}`)
  const answer = await send(own)
  expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '30'])
  expect(outcomes).toEqual(['full'])
  await store.redis.del('{nephoscope}:inbox:own')
  expect(await status(own)).toBe(202)
})

test('a subscription of Amazon SNS is confirmed by a person: its address is logged, and nothing is fetched', async () => {
  const body = await documented('aws-sns-confirmation')
  expect(await status({ ...own, body })).toBe(202)
  expect(lines).toEqual([
    { source: 'own', url: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t0k3n' },
  ])
  expect(await waiting()).toEqual([])
})

test.each([
  'https://sns.eu-west-1.amazonaws.com.evil.example/',
  'https://evil.example/?sns.eu-west-1.amazonaws.com',
  'http://sns.eu-west-1.amazonaws.com/',
  'https://sns.eu-west-1.amazonaws.com@evil.example/',
  'javascript:alert(1)',
])('a confirmation at %s is none', async SubscribeURL => {
  const body = JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL })
  expect(await status({ ...own, body })).toBe(400)
  expect(lines).toEqual([])
})
