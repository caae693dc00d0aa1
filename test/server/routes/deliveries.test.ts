import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditLog } from '../../../server/access/audit-log.ts'
import { minuteLimit } from '../../../server/http/admission.ts'
import { errorsAsJson } from '../../../server/http/app.ts'
import { routerOf } from '../../../server/http/route.ts'
import { Deliveries, deleteDelivery, getDeliveries, replayDelivery } from '../../../server/routes/deliveries.ts'
import { buryHead, nameTargets, takeLanes } from '../../../shared/redis/deliveries.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { holdLease } from '../../../shared/redis/lease.ts'
import { commitNotify } from '../../../shared/redis/notify-store.ts'
import { minutesAgo, NOON } from '../../support/builders.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'
import { testAccess } from '../../support/test-access.ts'

const ADMIN = 'an-admin-token'
let store: TemporaryRedis
let http: Server

beforeAll(async () => {
  store = await temporaryRedis()
  const deps = {
    redis: store.redis,
    audit: auditLog({ redis: store.redis, keptDays: 90, now: () => NOON }),
    access: testAccess(store.redis, {
      adminToken: ADMIN,
      wrongTokens: { limit: minuteLimit(5, () => NOON), trustedProxies: 0 },
    }),
    now: () => NOON,
    onInvalid: refuse,
  }
  const router = routerOf([getDeliveries, replayDelivery, deleteDelivery], deps)
  http = createServer(new Koa().use(errorsAsJson).use(router.routes()).callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
})
afterAll(async () => {
  http.close()
  await store.close()
})

const ask = (path: string, method = 'GET', token = ADMIN): Promise<Response> =>
  fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}/api/deliveries${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  })
const listed = async () => Deliveries.parse(await (await ask('')).json())

async function bury(conversation: string): Promise<void> {
  await holdLease(store.redis, keys.notifyLease, 'test', 60_000)
  const brief = {
    id: `${conversation}#1`,
    target: 'team',
    rule: 'shop',
    conversation,
    occasion: 'opened',
    incident: null,
  }
  const message = { ...brief, place: 'AWS', title: 'Trouble', queuedAt: minutesAgo(1), message: { secret: 'text' } }
  const nothing = { conversations: new Map(), rules: new Map(), who: 'test', leaseMs: 60_000, now: NOON }
  const from = await store.redis.get(keys.notifyCursor)
  await commitNotify(store.redis, { ...nothing, from, cursor: '1-0', messages: [message] })
  const [lane = ''] = await takeLanes(store.redis, 1, 1_000, 'mine')
  const letter = { why: 'HTTP 404', attempts: 2, at: minutesAgo(0) }
  await buryHead(store.redis, { lane, claim: 'mine', leaseMs: 1_000 }, letter)
}

test('lists targets without their configuration, and what nobody got', async () => {
  await nameTargets(store.redis, [{ id: 'team', kind: { kind: 'webhook' } }])
  await bury('c1')
  const { targets, deadLetters, counts } = await listed()
  expect(targets).toEqual([{ id: 'team', kind: 'webhook', waiting: 0, trouble: null }])
  expect(deadLetters).toEqual([expect.objectContaining({ id: 'c1#1', why: 'HTTP 404', attempts: 2, place: 'AWS' })])
  expect(JSON.stringify(deadLetters)).not.toContain('secret')
  expect(counts).toEqual({ sent: 0, failed: 0, late: 0, forgotten: 0 })
})

test('replays and forgets dead letters, each once', async () => {
  await bury('c2')
  const ids = (await listed()).deadLetters.map(({ deadId }) => deadId)
  expect(ids).toHaveLength(2)
  expect((await ask(`/${ids[0]}/replay`, 'POST')).status).toBe(202)
  expect((await ask(`/${ids[0]}/replay`, 'POST')).status).toBe(404)
  expect((await ask(`/${ids[1]}`, 'DELETE')).status).toBe(204)
  const { targets, deadLetters } = await listed()
  expect(deadLetters).toEqual([])
  expect(targets[0]?.waiting).toBe(1)
})

test('is for the admin alone', async () => {
  for (const [path, method] of [
    ['', 'GET'],
    ['/1/replay', 'POST'],
    ['/1', 'DELETE'],
  ] as const)
    expect((await ask(path, method, 'a-wrong-token-1')).status).toBe(401)
})
