import { expect, test } from 'vitest'
import type { EventDraft } from '../../../shared/domain/events.ts'
import { commitPoll, type PollCommit } from '../../../shared/redis/commit-poll.ts'
import { isInStream, readEvents } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { ensureSchema } from '../../../shared/redis/migrate.ts'
import { beginPoll } from '../../../shared/redis/poll-state.ts'
import { addSource, readTimetable, removeSource, takeDue } from '../../../shared/redis/timetable.ts'
import { incident, minutesAgo, pollState, source } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

const health = (id: string): EventDraft => ({
  type: 'source.health',
  at: minutesAgo(0),
  channels: ['all'],
  data: source(id),
})
const opened = (id: string): EventDraft => ({
  type: 'incident.opened',
  at: minutesAgo(0),
  channels: ['all'],
  data: incident(id),
})
const commit = (more: Partial<PollCommit> = {}): PollCommit => ({
  version: 0,
  answeredPush: null,
  articlesFrom: minutesAgo(0),
  state: pollState(),
  source: source('s'),
  delayMs: 60_000,
  upserts: { incidents: [], components: [], articles: [] },
  removals: { incidents: [], components: [], articles: [] },
  events: [],
  ledger: [],
  ...more,
})
const admit = (id: string, delayMs = 0) => addSource(server.redis, source(id), health(id), { leaseMs: 15_000, delayMs })

test('a commit writes records, state, health and events together, in one round trip', async () => {
  const one = incident('s/one')
  const ids = await commitPoll(
    server.redis,
    commit({ upserts: { incidents: [one], components: [], articles: [] }, events: [opened('s/one')] }),
  )
  const view = await loadView(server.redis, refuse)
  expect(view.incidents.get('s/one')).toEqual(one)
  expect(view.sources.get('s')).toEqual(source('s'))
  expect(ids).toEqual([view.head])
  expect(await readEvents(server.redis, '0-0', 10, refuse)).toEqual([{ ...opened('s/one'), id: view.head }])
})

test('a commit on outdated ground writes nothing', async () => {
  await commitPoll(server.redis, commit())
  const late = commit({
    version: 0,
    upserts: { incidents: [incident('s/late')], components: [], articles: [] },
    events: [opened('s/late')],
  })
  expect(await commitPoll(server.redis, late)).toBeNull()
  const view = await loadView(server.redis, refuse)
  expect(view.incidents.size).toBe(0)
  expect(view.head).toBe('0-0')
})

test('removals take records away', async () => {
  const upserts = { incidents: [incident('s/a'), incident('s/b')], components: [], articles: [] }
  await commitPoll(server.redis, commit({ upserts }))
  await commitPoll(server.redis, commit({ version: 1, removals: { incidents: ['s/a'], components: [], articles: [] } }))
  expect([...(await loadView(server.redis, refuse)).incidents.keys()]).toEqual(['s/b'])
})

test('what is due is taken once, the longest waiting first, and its poll can begin once', async () => {
  await admit('later', 60_000)
  await admit('first')
  await server.redis.zadd(keys.due, 1, 'longest')
  const taken = await takeDue(server.redis, 10)
  expect(taken.map(({ id }) => id)).toEqual(['longest', 'first'])
  expect(await takeDue(server.redis, 10)).toEqual([])

  const claim = taken[1]?.dueAt ?? 0
  expect(await beginPoll(server.redis, 'first', claim, refuse)).toMatchObject({ version: 0, source: { id: 'first' } })
  // Beginning renews the lease by at least a millisecond, unless both fall into the same one.
  await server.redis.zincrby(keys.due, 1, 'first')
  expect(await beginPoll(server.redis, 'first', claim, refuse)).toBeNull()
})

test('a commit says when the source is due next', async () => {
  await admit('s')
  const [taken] = await takeDue(server.redis, 10)
  await commitPoll(server.redis, commit({ delayMs: 500_000 }))
  const due = Number(await server.redis.zscore(keys.due, 's'))
  expect(due - (taken?.dueAt ?? 0)).toBeGreaterThan(400_000)
})

test('admitting a source twice tells of it once and leaves its due instant', async () => {
  expect(await admit('s', 5_000)).toBe(true)
  const due = await server.redis.zscore(keys.due, 's')
  expect(await admit('s')).toBe(false)
  expect(await server.redis.zscore(keys.due, 's')).toBe(due)
  expect(await readEvents(server.redis, '0-0', 10, refuse)).toHaveLength(1)
})

test('a forgotten source takes its records with it, and a poll under way cannot bring it back', async () => {
  await admit('s')
  const upserts = { incidents: [incident('s/a')], components: [], articles: [] }
  await commitPoll(server.redis, commit({ state: pollState({ incidents: ['s/a'] }), upserts }))
  const removed: EventDraft = { type: 'source.removed', at: minutesAgo(0), channels: ['all'], data: { id: 's' } }
  expect(await removeSource(server.redis, 's', removed)).toBe(true)
  expect(await removeSource(server.redis, 's', removed)).toBe(false)
  expect(await commitPoll(server.redis, commit({ version: 1, upserts }))).toBeNull()
  const view = await loadView(server.redis, refuse)
  expect([view.incidents.size, view.sources.size]).toEqual([0, 0])
  expect((await readTimetable(server.redis)).size).toBe(0)
})

test('an id stands in the stream until it is trimmed or lost; the origin stands until anything is trimmed', async () => {
  expect(await isInStream(server.redis, '0-0')).toBe(true)
  const [id = ''] = (await commitPoll(server.redis, commit({ events: [opened('s/a')] }))) ?? []
  expect(await isInStream(server.redis, id)).toBe(true)
  expect(await isInStream(server.redis, '0-0')).toBe(true)
  expect(await isInStream(server.redis, '99999999999999-0')).toBe(false)
  await server.redis.xtrim(keys.events, 'MAXLEN', 0)
  expect(await isInStream(server.redis, id)).toBe(false)
  expect(await isInStream(server.redis, '0-0')).toBe(false)
})

test('a record that does not fit is left out and told', async () => {
  await server.redis.hset(keys.incidents, 's/bad', '{"id":3}', 's/worse', 'no json')
  const told: string[] = []
  const view = await loadView(server.redis, (what, key) => told.push(`${what} ${key}`))
  expect(view.incidents.size).toBe(0)
  expect(told).toEqual(['incident s/bad', 'incident s/worse'])
})

test('a store of a newer schema is refused in one line', async () => {
  expect(await ensureSchema(server.redis)).toMatchObject({ ok: true })
  await server.redis.set(keys.schema, '99')
  expect(await ensureSchema(server.redis)).toMatchObject({
    ok: false,
    error: expect.stringMatching(/schema version 99.*start the newer Nephoscope/),
  })
})

test('the timetable tells the lease of each source, and where something of it is missing', async () => {
  await admit('whole')
  await admit('torn')
  await server.redis.hdel(keys.leases, 'torn')
  await server.redis.zadd(keys.due, 1, 'unknown')
  expect(await readTimetable(server.redis)).toEqual(
    new Map([
      ['whole', 15_000],
      ['torn', null],
      ['unknown', null],
    ]),
  )
})
