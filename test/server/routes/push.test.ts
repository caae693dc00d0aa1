import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signer } from '../../../server/access/signer.ts'
import { minuteLimit } from '../../../server/http/admission.ts'
import { errorsAsJson } from '../../../server/http/app.ts'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { createPushSubscription, deletePushSubscription, getPushKey } from '../../../server/routes/push.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { keys } from '../../../shared/redis/keys.ts'
import {
  MAX_PUSH_SUBSCRIPTIONS,
  readPushSubscriptions,
  writePushKey,
} from '../../../shared/redis/push-subscriptions.ts'
import { minutesAgo, NOON } from '../../support/builders.ts'
import { namesOf } from '../../support/names.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const store = redisOfFile()
const wanted = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/abc:def',
  keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
  about: { stack: 'shop' },
  language: 'ja',
}
const shop = { id: 'shop', name: 'Shop', uses: [] }

let viewToken: string | undefined
let url: string
let close: () => void
beforeEach(async () => {
  viewToken = undefined
  const current = currentState()
  current.replace({ ...emptyView(), settings: { simulated: false, stacks: [shop], walls: {}, roundTrips: false } })
  const now = () => NOON
  const deps = {
    ...namesOf(current),
    redis: store.redis,
    signer: signer(store.redis),
    subscriptions: minuteLimit(5, now),
    wrongTokens: { limit: minuteLimit(0, now), trustedProxies: 0 },
    now,
    get viewToken() {
      return viewToken
    },
  }
  const app = new Koa()
  app.use(errorsAsJson)
  app.use(routerOf([getPushKey, createPushSubscription, deletePushSubscription], deps).routes())
  const server = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
  close = () => server.closeAllConnections() ?? server.close()
})
afterEach(() => close())

const subscribe = (body: object) =>
  fetch(`${url}/api/push-subscriptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const stored = async () => [...((await readPushSubscriptions(store.redis, null, refuse))?.subscribers.values() ?? [])]

describe('a browser', () => {
  test('finds the key of the workers, or that they have none', async () => {
    expect(await (await fetch(`${url}/api/push-key`)).json()).toEqual({ key: null })
    await writePushKey(store.redis, 'BKey')
    expect(await (await fetch(`${url}/api/push-key`)).json()).toEqual({ key: 'BKey' })
  })

  test('subscribes to a stack, changes what it is about, and ends it', async () => {
    const answer = await subscribe(wanted)
    expect(answer.status).toBe(201)
    const { id } = await answer.json()
    const first = { ...wanted, id, from: 'degraded_performance', right: '', at: minutesAgo(0) }
    expect(await stored()).toEqual([first])
    const about = { name: 'Mine', uses: [{ kind: 'region', region: 'aws/eu-west-1' }] }
    expect(await (await subscribe({ ...wanted, about })).json()).toEqual({ id })
    expect(await stored()).toEqual([{ ...first, about }])
    const end = () => fetch(`${url}/api/push-subscriptions/${id}`, { method: 'DELETE' })
    expect((await end()).status).toBe(204)
    expect(await stored()).toEqual([])
    expect((await end()).status).toBe(404)
  })

  test.each([
    ['a stack that is not there', { about: { stack: 'shp' } }, 404, 'did you mean shop?'],
    ['an address without TLS', { endpoint: 'http://fcm.googleapis.com/a' }, 400, 'https'],
    [
      'an address that is of no browser',
      { endpoint: 'https://fcm.googleapis.com.evil.example/a' },
      400,
      'push service',
    ],
    ['a user in the address', { endpoint: 'https://fcm.googleapis.com@evil.example/a' }, 400, 'https'],
    ['a key that is none', { keys: { p256dh: 'B', auth: 'A'.repeat(22) } }, 400, 'P-256'],
    ['no use at all', { about: { name: 'Mine', uses: [] } }, 400, 'about'],
    ['something else beside', { topic: 'x' }, 400, 'topic'],
  ])('is refused with %s', async (_, more, status, why) => {
    const answer = await subscribe({ ...wanted, ...more })
    expect(answer.status).toBe(status)
    expect(JSON.stringify(await answer.json())).toContain(why)
    expect(await stored()).toEqual([])
  })

  test('may have any push service where reading needs a token', async () => {
    viewToken = 'a-view-token'
    expect((await subscribe({ ...wanted, endpoint: 'https://push.example.org/a' })).status).toBe(201)
    expect((await stored())[0]?.right).toMatch(/^[\w-]{43}$/)
  })

  test('is one of a few a minute from one address, and of 5,000 in all', async () => {
    const many = Array.from({ length: MAX_PUSH_SUBSCRIPTIONS }, (_, n) => [String(n), '{}']).flat()
    await store.redis.hset(keys.pushSubscriptions, ...many)
    const full = await subscribe(wanted)
    expect([full.status, JSON.stringify(await full.json())]).toEqual([409, expect.stringContaining('5000 browsers')])
    for (let n = 0; n < 4; n++) await subscribe(wanted)
    expect((await subscribe(wanted)).status).toBe(429)
  })
})
