import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import Koa from 'koa'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { errorsAsJson } from '../../../server/http/app.ts'
import { requestLimit } from '../../../server/http/request-limit.ts'
import { route, routerOf } from '../../../server/http/route.ts'
import { connectRedis, untilReady } from '../../../shared/redis/connect.ts'
import { keptTypeOf, keyPrefix } from '../../../shared/redis/keys.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

const costly = { method: 'get', summary: '', query: {}, answers: { 200: z.object({}) }, access: 'view' } as const
const handle = () => ({})
const routes = [
  route({ ...costly, path: '/api/costly', costly: true, handle }),
  route({ ...costly, path: '/api/cheap', handle }),
]

let store: TemporaryRedis
const ending: (() => unknown)[] = []
beforeAll(async () => {
  store = await temporaryRedis()
})
afterAll(() => store.close())
beforeEach(async () => {
  for (const end of ending.splice(0)) await end()
  await store.redis.flushall()
})

/** A server with this limit, and how it answers a client behind one trusted proxy. */
async function server(perMinute: number, target = store.target) {
  const redis = connectRedis(target, 'test', { info: () => undefined, warn: () => undefined })
  await untilReady(redis)
  const countRequest = requestLimit({ redis, perMinute, trustedProxies: 1 })
  const app = new Koa().use(errorsAsJson).use(routerOf(routes, {}, { countRequest }).routes())
  const http = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
  ending.push(
    () => http.close(),
    () => redis.disconnect(),
  )
  const address = http.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const ask = (path: string, from: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'X-Forwarded-For': from } })
  const statuses = async (from: string, times: number, path = '/api/costly') => {
    const all: number[] = []
    for (let n = 0; n < times; n++) all.push((await ask(path, from)).status)
    return all
  }
  return { ask, statuses }
}

test('a network may ask for so much that costs work, of all servers together, and is told when to come again', async () => {
  const [one, other] = [await server(5), await server(5)]
  expect(await one.statuses('203.0.113.1', 3)).toEqual([200, 200, 200])
  expect(await other.statuses('203.0.113.1', 3)).toEqual([200, 200, 429])
  const refused = await one.ask('/api/costly', '203.0.113.1')
  expect(refused.status).toBe(429)
  const wait = Number(refused.headers.get('Retry-After'))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(60)
  expect(await refused.json()).toMatchObject({
    detail: 'more than 5 requests a minute from one address that cost work: ask for less, or less often',
  })
  expect(await one.statuses('203.0.113.2', 1)).toEqual([200])
  expect(await other.statuses('203.0.113.1', 2, '/api/cheap')).toEqual([200, 200])
})

test('all addresses of one IPv6 network count together', async () => {
  const { statuses } = await server(2)
  expect(await statuses('2001:db8:1:2::1', 1)).toEqual([200])
  expect(await statuses('2001:db8:1:2:ffff::9', 2)).toEqual([200, 429])
  expect(await statuses('2001:db8:1:3::1', 1)).toEqual([200])
})

test('while Redis is away or hangs, a server counts for itself and keeps nobody waiting', async () => {
  const { statuses } = await server(3)
  if (store.pid === undefined) throw new Error('no process')
  process.kill(store.pid, 'SIGSTOP')
  try {
    expect(await statuses('203.0.113.1', 4)).toEqual([200, 200, 200, 429])
  } finally {
    process.kill(store.pid, 'SIGCONT')
  }
  await store.stop()
  expect(await statuses('203.0.113.7', 4)).toEqual([200, 200, 200, 429])
  await store.start()
})

test('0 is no limit', async () => {
  const { statuses } = await server(0)
  expect(new Set(await statuses('203.0.113.1', 20))).toEqual(new Set([200]))
  expect(await store.redis.keys('*')).toEqual([])
})

test('the counts are ours, forgotten after a minute, and no part of a backup', async () => {
  const { statuses } = await server(5)
  await statuses('203.0.113.1', 1)
  const [key = '', ...more] = await store.redis.keys('*')
  expect(more).toEqual([])
  expect(key.startsWith(keyPrefix)).toBe(true)
  expect(keptTypeOf(key)).toBe('transient')
  expect(await store.redis.ttl(key)).toBeGreaterThan(0)
})

test('counting needs no right beyond those that the documentation gives', async () => {
  const docs = await readFile(new URL('../../../docs/scaling.md', import.meta.url), 'utf8')
  const [, rights = ''] = /^ {4}user nephoscope on >a-long-password (.+)$/m.exec(docs) ?? []
  await store.redis.call('ACL', 'SETUSER', 'nephoscope', 'on', '>secret', ...rights.split(' '))
  const address = { ...store.target.address, user: 'nephoscope', password: 'secret' }
  const { statuses } = await server(2, { address })
  expect(await statuses('203.0.113.1', 3)).toEqual([200, 200, 429])
  expect(await store.redis.keys('*')).toHaveLength(1)
  expect(await store.redis.acl('LOG')).toEqual([])
})
