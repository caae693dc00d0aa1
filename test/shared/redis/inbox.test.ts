import { expect, test } from 'vitest'
import { commitPoll, type PollCommit } from '../../../shared/redis/commit-poll.ts'
import {
  MAX_WAITING,
  MAX_WAITING_BYTES,
  peekPosts,
  putPost,
  readInboundSecret,
  writeInboundSecrets,
} from '../../../shared/redis/inbox.ts'
import { inboxKey, keptTypeOf, keys, seenPostKey } from '../../../shared/redis/keys.ts'
import { removeSource } from '../../../shared/redis/timetable.ts'
import { minutesAgo, pollState, source } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

const at = minutesAgo(0)
const put = (body: string, mark = body, id = 'own') => putPost(server.redis, id, { at, body }, mark)
const bodies = async (id = 'own') => (await peekPosts(server.redis, id, 5_000, refuse)).map(post => post?.body)
const waitingBytes = async (id = 'own') => Number(await server.redis.hget(keys.inboxBytes, id))
const commit = (version: number, posts: number): PollCommit => ({
  version,
  answeredPush: null,
  articlesFrom: at,
  state: pollState(),
  source: source('own', { kind: 'inbound', url: 'inbound:json' }),
  delayMs: 60_000,
  upserts: { incidents: [], components: [], articles: [] },
  removals: { incidents: [], components: [], articles: [] },
  events: [],
  ledger: [],
  posts,
})

test('posts wait in their order until a commit takes out those that it has read', async () => {
  for (const body of ['1', '2', '3']) expect(await put(body)).toBe('taken')
  expect(await bodies()).toEqual(['1', '2', '3'])
  expect(await bodies()).toEqual(['1', '2', '3'])
  await commitPoll(server.redis, commit(0, 2))
  expect(await bodies()).toEqual(['3'])
  await commitPoll(server.redis, commit(0, 1)) // of a worker that lost its claim
  expect(await bodies()).toEqual(['3'])
  await commitPoll(server.redis, commit(1, 1))
  expect(await bodies()).toEqual([])
  expect(await server.redis.hexists(keys.inboxBytes, 'own')).toBe(0)
})

test('what came before is a repetition, while its mark is remembered', async () => {
  expect([await put('a'), await put('b'), await put('a'), await put('c', 'a')]).toEqual([
    'taken',
    'taken',
    'repeated',
    'repeated',
  ])
  expect(await bodies()).toEqual(['a', 'b'])
  expect(await put('a', 'a', 'another')).toBe('taken')
  expect(await server.redis.ttl(seenPostKey('own', 'a'))).toBeGreaterThan(200)
  await server.redis.del(seenPostKey('own', 'a'))
  expect(await put('a')).toBe('taken')
})

test('an inbox has room for a number of posts and of bytes, and for more once it is read', async () => {
  for (let n = 0; n < MAX_WAITING; n++) await put(`${n}`)
  expect(await put('one more')).toBe('full')
  expect(await bodies()).toHaveLength(MAX_WAITING)
  await commitPoll(server.redis, commit(0, 1))
  expect(await put('one more')).toBe('taken')

  const large = 'x'.repeat(MAX_WAITING_BYTES / 4)
  const outcomes = []
  for (const mark of ['1', '2', '3', '4']) outcomes.push(await put(large, mark, 'large'))
  expect(outcomes).toEqual(['taken', 'taken', 'taken', 'full'])
  expect(await waitingBytes('large')).toBeLessThan(MAX_WAITING_BYTES)
})

test('a source that is removed takes its inbox and its secret along', async () => {
  const secret = { name: 'OWN_SECRET', digest: 'a'.repeat(64) }
  await writeInboundSecrets(server.redis, new Map([['own', secret]]))
  expect(await readInboundSecret(server.redis, 'own', refuse)).toEqual(secret)
  await commitPoll(server.redis, commit(0, 0))
  await put('1')
  await removeSource(server.redis, 'own', { type: 'source.removed', at, channels: ['all'], data: { id: 'own' } })
  expect(await bodies()).toEqual([])
  expect(await server.redis.exists(inboxKey('own'))).toBe(0)
  expect(await waitingBytes()).toBe(0)
  expect(await readInboundSecret(server.redis, 'own', refuse)).toBeNull()
})

test('a backup keeps what nobody has read yet', () => {
  expect(keptTypeOf(inboxKey('own'))).toBe('list')
  expect(keptTypeOf(keys.inboxBytes)).toBe('hash')
  expect(keptTypeOf(seenPostKey('own', 'a'))).toBe('transient')
  expect(keptTypeOf(keys.inboundSecrets)).toBe('transient')
})
