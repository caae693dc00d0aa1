import { expect, test } from 'vitest'
import { Article } from '../../../shared/domain/article.ts'
import { Incident } from '../../../shared/domain/incident.ts'
import { awaitEvents } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { renewServiceIds } from '../../../shared/redis/service-ids.ts'
import { article, incident } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

const store = async (key: string, records: readonly { id: string }[]) => {
  await server.redis.hset(key, Object.fromEntries(records.map(record => [record.id, JSON.stringify(record)])))
}
const incidents = async () =>
  (await server.redis.hvals(keys.incidents))
    .map(json => Incident.parse(JSON.parse(json)))
    .map(({ id, serviceIds }) => [id, serviceIds])

/** Knows one service, in every record that names it. */
const naming = {
  incident: (one: Incident) => (one.services.includes('AKS') ? { ...one, serviceIds: ['azure/aks'] } : one),
  article: (one: Article) => (one.services?.includes('AKS') ? { ...one, serviceIds: ['azure/aks'] } : one),
}

test('stored incidents and articles, also ended and archived ones, get ids once for each catalogue', async () => {
  await store(keys.incidents, [
    incident('s/open', { services: ['AKS'] }),
    incident('s/ended', { services: ['AKS'], status: 'resolved' }),
    incident('s/other', { services: ['Something new'] }),
  ])
  await store(keys.articles, [article('b/new', { services: ['AKS'] })])
  await store(keys.articleArchive, [article('b/old', { services: ['AKS'] })])

  expect(await renewServiceIds(server.redis, 'one', naming)).toBe(4)
  expect(await incidents()).toEqual(
    expect.arrayContaining([
      ['s/open', ['azure/aks']],
      ['s/ended', ['azure/aks']],
      ['s/other', undefined],
    ]),
  )
  for (const key of [keys.articles, keys.articleArchive])
    expect((await server.redis.hvals(key)).map(json => Article.parse(JSON.parse(json)).serviceIds)).toEqual([
      ['azure/aks'],
    ])

  const neverAsked = () => {
    throw new Error('asked again')
  }
  expect(await renewServiceIds(server.redis, 'one', { incident: neverAsked, article: neverAsked })).toBe(0)
})

test('readers of the stream load again where something changed, and only there', async () => {
  const first = (await server.redis.xadd(keys.events, '*', 'event', '{}')) ?? ''
  await store(keys.incidents, [incident('s/a', { services: ['Something new'] })])
  expect(await renewServiceIds(server.redis, 'one', naming)).toBe(0)
  expect(await server.redis.xlen(keys.events)).toBe(1)

  await store(keys.incidents, [incident('s/b', { services: ['AKS'] })])
  expect(await renewServiceIds(server.redis, 'two', naming)).toBe(1)
  expect(await awaitEvents(server.redis, first, 10, 1, refuse)).toMatchObject({ mustReload: true })
})

test('a record that changes meanwhile, or does not fit, stays as it is', async () => {
  await store(keys.incidents, [incident('s/a', { services: ['AKS'] })])
  await server.redis.hset(keys.incidents, 's/broken', '{}')
  const newer = JSON.stringify(incident('s/a', { title: 'Newer', services: ['AKS'] }))
  let writing: Promise<unknown> = Promise.resolve()
  const changed = await renewServiceIds(server.redis, 'one', {
    ...naming,
    incident(one) {
      // commands of one connection run in order: this one comes before the script
      writing = server.redis.hset(keys.incidents, one.id, newer)
      return naming.incident(one)
    },
  })
  await writing
  expect(changed).toBe(0)
  expect(await server.redis.hgetall(keys.incidents)).toEqual({ 's/a': newer, 's/broken': '{}' })
})
