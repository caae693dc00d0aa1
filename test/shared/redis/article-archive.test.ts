import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Article } from '../../../shared/domain/article.ts'
import { type ArticleQuery, indexArticles, MAX_ARCHIVED, readArticles } from '../../../shared/redis/article-archive.ts'
import { commitPoll } from '../../../shared/redis/commit-poll.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { addSource, removeSource } from '../../../shared/redis/timetable.ts'
import { article, minutesAgo, pollState, source } from '../../support/builders.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

let server: TemporaryRedis
let version = 0
beforeAll(async () => {
  server = await temporaryRedis()
})
afterAll(() => server.close())
beforeEach(async () => {
  version = 0
  await server.redis.flushall()
})

const LONG_AGO = minutesAgo(1_000_000)
const commit = (articles: Article[], removed: string[] = [], articlesFrom = LONG_AGO) =>
  commitPoll(server.redis, {
    version: version++,
    answeredPush: null,
    articlesFrom,
    state: pollState({ articles: articles.map(({ id }) => id) }),
    source: source('s'),
    delayMs: 1_000,
    upserts: { incidents: [], components: [], articles },
    removals: { incidents: [], components: [], articles: removed },
    events: [],
    ledger: [],
  })
const page = (more: Partial<ArticleQuery> = {}) =>
  readArticles(server.redis, { matches: () => true, before: null, limit: 100, ...more }, refuse)
const ids = async (more: Partial<ArticleQuery> = {}) => (await page(more)).articles.map(({ id }) => id)
const aged = (id: string, minutes: number, more: Partial<Article> = {}) =>
  article(`s/${id}`, { publishedAt: minutesAgo(minutes), ...more })

test('5,000 articles are read once each, newest first, while others are archived and published', async () => {
  // Three share each instant, so that pages end between equals.
  const stored = Array.from({ length: 5_000 }, (_, i) => aged(String(i).padStart(4, '0'), Math.floor(i / 3)))
  await commit(stored)
  const read: Article[] = []
  let before: ArticleQuery['before'] = null
  let pages = 0
  do {
    const answer = await page({ before, limit: 500 })
    read.push(...answer.articles)
    before = answer.next
    const went = stored.slice(pages * 500, pages * 500 + 400).map(({ id }) => id)
    await commit([aged(`new-${pages}`, -1 - pages)], went)
    pages += 1
  } while (before !== null)
  const order = (a: Article, b: Article) => (a.publishedAt + a.id < b.publishedAt + b.id ? 1 : -1)
  expect(read.map(({ id }) => id)).toEqual(stored.sort(order).map(({ id }) => id))
  expect(await server.redis.hlen(keys.articleArchive)).toBe(4_000)
  expect((await loadView(server.redis, refuse)).articles.size).toBe(1_000 + pages)
})

test('a rare match is found page by page, each of which looks through a part', async () => {
  await commit(Array.from({ length: 2_500 }, (_, i) => aged(`m${i}`, i, i === 2_400 ? { topics: ['rare'] } : {})))
  const matches = ({ topics }: Article) => topics.includes('rare')
  const first = await page({ matches, limit: 5 })
  expect(first.articles).toEqual([])
  expect(await ids({ matches, limit: 5, before: first.next })).toEqual(['s/m2400'])
})

test('what a feed no longer owns stays for its time, and comes back when the feed owns it again', async () => {
  await commit([aged('old', 90), aged('new', 10)])
  await commit([], ['s/old'])
  expect(await ids()).toEqual(['s/new', 's/old'])
  expect(await server.redis.hkeys(keys.articles)).toEqual(['s/new'])
  await commit([aged('old', 5)])
  expect(await ids()).toEqual(['s/old', 's/new'])
  expect(await server.redis.exists(keys.articleArchive, keys.articleArchiveOrder)).toBe(0)
  await commit([], ['s/old'])
  await commit([], [], minutesAgo(5))
  expect(await ids()).toEqual(['s/old', 's/new'])
  await commit([], [], minutesAgo(4))
  expect(await ids()).toEqual(['s/new'])
})

test('an article that changes its time has one place', async () => {
  await commit([aged('a', 9), aged('b', 8)])
  await commit([aged('a', 7)])
  expect(await ids()).toEqual(['s/a', 's/b'])
})

test('of too many archived ones the oldest go', async () => {
  const places = Array.from({ length: MAX_ARCHIVED }, (_, i) => `${minutesAgo(1_000 + i)}_other/${i}`)
  await server.redis.zadd(keys.articleArchiveOrder, ...places.flatMap(place => [0, place]))
  await commit([aged('a', 1), aged('b', 2)])
  await commit([], ['s/a', 's/b'])
  expect(await server.redis.zcard(keys.articleArchiveOrder)).toBe(MAX_ARCHIVED)
  expect(await ids()).toEqual(['s/a', 's/b'])
})

test('where the archive is full, the oldest of a source with more than a fifth go first', async () => {
  const places = Array.from({ length: MAX_ARCHIVED - 1 }, (_, i) =>
    i % 3 === 0 ? `${minutesAgo(40_000 + i)}_o${i % 100}/${i}` : `${minutesAgo(i)}_crowd/${i}`,
  )
  await server.redis.zadd(keys.articleArchiveOrder, ...places.flatMap(place => [0, place]))
  const archived = async (source: string) =>
    (await server.redis.zrange(keys.articleArchiveOrder, '0', '-1')).filter(place => place.includes(`_${source}`))
  const [crowd, others] = [(await archived('crowd')).length, (await archived('o')).length]
  const mine = Array.from({ length: 300 }, (_, i) => aged(String(i), 90_000 + i))
  await commit(mine)

  await commit(
    [],
    mine.map(({ id }) => id),
  )
  expect(await server.redis.zcard(keys.articleArchiveOrder)).toBe(MAX_ARCHIVED)
  expect(await archived('s/')).toHaveLength(300)
  expect(await archived('o')).toHaveLength(others)
  const left = await archived('crowd')
  expect(left).toHaveLength(crowd - 299)
  expect(left.at(-1)).toBe(places[1])
})

test('all of a source that goes away are gone, archived or not', async () => {
  const told = { type: 'source.health', at: minutesAgo(0), channels: ['all'], data: source('s') } as const
  await addSource(server.redis, source('s'), { ...told, channels: ['all'] }, { leaseMs: 1_000, delayMs: 0 })
  await commit([aged('a', 1), aged('b', 2), article('s-2/a', { publishedAt: minutesAgo(3) })])
  await commit([aged('a', 1)], ['s/b', 's-2/a'])
  const gone = { type: 'source.removed', at: minutesAgo(0), channels: ['all'], data: { id: 's' } } as const
  await removeSource(server.redis, 's', { ...gone, channels: ['all'] })
  expect(await ids()).toEqual(['s-2/a'])
  expect(await server.redis.zcard(keys.articleOrder)).toBe(1)
})

test('what an earlier release stored without an order is put in order once', async () => {
  await commit([aged('a', 2), aged('b', 1)])
  await server.redis.del(keys.articleOrder)
  expect(await indexArticles(server.redis)).toBe(2)
  expect(await indexArticles(server.redis)).toBe(0)
  expect(await ids()).toEqual(['s/b', 's/a'])
})
