import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Redis } from 'ioredis'
import Koa from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorsAsJson } from '../../../server/http/app.ts'
import { routerOf } from '../../../server/http/route.ts'
import { currentState } from '../../../server/live/current.ts'
import { getArticles } from '../../../server/routes/articles.ts'
import type { Article } from '../../../shared/domain/article.ts'
import { commitPoll } from '../../../shared/redis/commit-poll.ts'
import { connectRedis } from '../../../shared/redis/connect.ts'
import { article, minutesAgo, pollState, region, source } from '../../support/builders.ts'
import { namesOf } from '../../support/names.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

const catalogue = { providers: new Map(), regions: new Map([['azure/westeurope', region('azure/westeurope')]]) }

let store: TemporaryRedis
let redis: Redis
let http: Server
const logged: string[] = []
beforeAll(async () => {
  store = await temporaryRedis()
  redis = connectRedis(store.target, 'test', { warn: () => undefined, info: () => undefined })
  const app = new Koa()
  app.on('error', (error: Error) => logged.push(error.message))
  const current = currentState()
  const router = routerOf([getArticles], {
    redis,
    current,
    known: namesOf(current, { catalogue, vendors: new Set(['aws']) }).known,
    countryOf: region => (region === 'azure/westeurope' ? 'NL' : undefined),
    onInvalid: (_, key, why) => logged.push(`${key}: ${why}`),
  })
  app.use(errorsAsJson).use(router.routes())
  http = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(http, 'listening')
})
afterAll(async () => {
  http.close()
  redis.disconnect()
  await store.close()
})

const get = (query = '') => {
  const { port } = http.address() as AddressInfo // it listens on a port, not on a socket
  return fetch(`http://127.0.0.1:${port}/api/articles?${query}`)
}
const ids = async (query: string) => {
  const { articles }: { articles: Article[] } = await (await get(query)).json()
  return articles.map(({ id }) => id)
}

test('live and archived articles are one list, and every filter works on both', async () => {
  const stored = [
    article('s/new', { publishedAt: minutesAgo(1), regions: ['azure/westeurope'], language: 'de-at' }),
    article('s/middle', { publishedAt: minutesAgo(2), topics: ['security'], title: 'Schlüssel werden erneuert' }),
    article('s/old', { publishedAt: minutesAgo(3), providers: ['aws'], countries: ['NL'], language: null }),
  ]
  const commit = {
    answeredPush: null,
    articlesFrom: minutesAgo(100),
    source: source('s'),
    delayMs: 1_000,
    events: [],
    ledger: [],
  }
  const upserts = { incidents: [], components: [], articles: stored }
  const removals = { incidents: [], components: [], articles: [] }
  await commitPoll(store.redis, { ...commit, version: 0, state: pollState(), upserts, removals })
  await commitPoll(store.redis, {
    ...commit,
    version: 1,
    state: pollState(),
    upserts: { ...upserts, articles: [] },
    removals: { ...removals, articles: ['s/middle', 's/old'] },
  })
  expect(await ids('')).toEqual(['s/new', 's/middle', 's/old'])
  expect(await ids('topic=security')).toEqual(['s/middle'])
  expect(await ids('provider=aws')).toEqual(['s/old'])
  expect(await ids('region=azure/westeurope')).toEqual(['s/new'])
  expect(await ids('country=nl')).toEqual(['s/new', 's/old'])
  expect(await ids('language=de')).toEqual(['s/new'])
  expect(await ids('q=schlussel%20ern')).toEqual(['s/middle'])
  const first = await (await get('limit=2')).json()
  expect(await ids(`limit=2&before=${encodeURIComponent(first.next)}`)).toEqual(['s/old'])
  expect((await get('before=2026-99-99T00:00:00.000Z_s/a')).status).toBe(400)
  for (const [query, detail] of [
    ['provider=AWSs', "provider: 'AWSs' is not watched here: did you mean aws?"],
    ['region=azure/westeurop', "region: there is no region 'azure/westeurop': did you mean azure/westeurope?"],
    ['country=uk', "country: there is no country 'UK': did you mean gb?"],
    ['country=XX', "country: there is no country 'XX': use a code of ISO 3166-1, such as nl"],
    ['vendor=asw', "vendor: there is no vendor 'asw': did you mean aws?"],
    ['limit=2&limit=3', 'limit: must be given once'],
    ['limit=2&limit=2', 'limit: must be given once'],
    ['Limit=2', "there is no parameter 'Limit': did you mean limit?"],
  ] as const)
    expect(await (await get(query)).json()).toMatchObject({ status: 400, detail })
})

test('while Redis is away the answer is 503 with one line, and all is well when it is back', async () => {
  await store.stop()
  const away = await get()
  expect(away.status).toBe(503)
  expect(away.headers.get('retry-after')).toBe('5')
  expect((await away.json()).detail).toMatch(/^Redis cannot be reached/)
  expect(logged).toEqual([])
  await store.start()
  await expect.poll(async () => (await get()).status).toBe(200)
})
