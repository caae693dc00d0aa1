import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keys } from '../../../shared/redis/keys.ts'
import { sourceRemoved } from '../../../workers/poll/reconcile.ts'
import { article, component, incident, NOON, pollState, probe, source } from '../../support/builders.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

let store: TemporaryRedis
beforeAll(async () => {
  store = await temporaryRedis()
})
afterAll(() => store.close())
beforeEach(() => store.redis.flushall())

const removed = (id: string) =>
  sourceRemoved(id, source(id), {
    redis: store.redis,
    countryOf: region => (region === 'azure/westeurope' ? 'NL' : undefined),
    now: () => NOON,
    onInvalid: (what, key, why) => {
      throw new Error(`${what} ${key}: ${why}`)
    },
  })
const put = (key: string, ...records: { id: string }[]) =>
  store.redis.hset(key, Object.fromEntries(records.map(record => [record.id, JSON.stringify(record)])))

test('whoever follows a region alone hears that its probe is gone', async () => {
  await put(keys.probes, probe('blob'))
  const { channels } = await removed('blob')
  expect(channels).toEqual(expect.arrayContaining(['all', 'sources', 'region/azure/westeurope', 'country/nl']))
})

test('a source that is gone is told wherever one of its records was, in each channel once', async () => {
  await put(keys.incidents, incident('s/a'), incident('s/b'))
  await put(keys.components, component('s/c'))
  await put(keys.articles, article('s/d', { topics: ['security'], countries: ['DE'] }))
  const owned = { incidents: ['s/a', 's/b'], components: ['s/c'], articles: ['s/d'] }
  await store.redis.hset(keys.polls, 's', JSON.stringify(pollState(owned)))
  const { channels, data } = await removed('s')
  expect(data).toEqual({ id: 's' })
  expect([...channels].sort()).toEqual([
    'all',
    'country/de',
    'country/nl',
    'incident/s/a',
    'incident/s/b',
    'news',
    'provider/azure',
    'region/azure/westeurope',
    'sources',
    'status',
    'topic/security',
    'vendor/azure',
  ])
})

test('of a source that was never read nothing more is known than its provider', async () => {
  expect((await removed('s')).channels).toEqual(['all', 'sources', 'provider/azure', 'vendor/azure', 'status', 'news'])
})
