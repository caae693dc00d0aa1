import { expect, test } from 'vitest'
import type { Incident } from '../../../shared/domain/incident.ts'
import { commitPoll } from '../../../shared/redis/commit-poll.ts'
import {
  type ArchiveQuery,
  indexIncidents,
  readIncident,
  readIncidents,
} from '../../../shared/redis/incident-archive.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { addSource, removeSource } from '../../../shared/redis/timetable.ts'
import { incident, minutesAgo, pollState, source } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const server = redisOfFile()

const commit = (version: number, incidents: Incident[], removed: string[] = []) =>
  commitPoll(server.redis, {
    version,
    answeredPush: null,
    articlesFrom: minutesAgo(0),
    state: pollState({ incidents: incidents.map(({ id }) => id) }),
    source: source('s'),
    delayMs: 1_000,
    upserts: { incidents, components: [], articles: [] },
    removals: { incidents: removed, components: [], articles: [] },
    events: [],
    ledger: [],
  })
const query = (more: Partial<ArchiveQuery> = {}): ArchiveQuery => ({
  matches: () => true,
  from: null,
  until: null,
  before: null,
  limit: 100,
  ...more,
})
const ids = async (more: Partial<ArchiveQuery> = {}) =>
  (await readIncidents(server.redis, query(more), refuse)).incidents.map(({ id }) => id)

test('pages hold every incident once, the latest first, also where many share an instant', async () => {
  const stored = Array.from({ length: 30 }, (_, i) =>
    incident(`s/${String(i).padStart(2, '0')}`, { updatedAt: minutesAgo(Math.floor(i / 10)) }),
  )
  await commit(0, stored)
  const read: string[] = []
  let before: ArchiveQuery['before'] = null
  do {
    const page = await readIncidents(server.redis, query({ before, limit: 7 }), refuse)
    read.push(...page.incidents.map(({ id }) => id))
    before = page.next
  } while (before !== null)
  const order = (a: Incident, b: Incident) =>
    a.updatedAt === b.updatedAt ? (a.id < b.id ? 1 : -1) : a.updatedAt < b.updatedAt ? 1 : -1
  expect(read).toEqual(stored.sort(order).map(({ id }) => id))
})

test('what is updated moves, what is removed goes, and what its source owned goes with it', async () => {
  await addSource(
    server.redis,
    source('s'),
    { type: 'source.health', at: minutesAgo(0), channels: ['all'], data: source('s') },
    { leaseMs: 1_000, delayMs: 0 },
  )
  await commit(0, [incident('s/a', { updatedAt: minutesAgo(9) }), incident('s/b', { updatedAt: minutesAgo(8) })])
  await commit(1, [incident('s/a', { updatedAt: minutesAgo(1) })])
  expect(await ids()).toEqual(['s/a', 's/b'])
  await commit(2, [incident('s/a', { updatedAt: minutesAgo(1) })], ['s/b'])
  expect(await ids()).toEqual(['s/a'])
  await removeSource(server.redis, 's', {
    type: 'source.removed',
    at: minutesAgo(0),
    channels: ['all'],
    data: { id: 's' },
  })
  expect(await server.redis.zcard(keys.incidentTimes)).toBe(0)
})

test('bounds are instants: the first belongs, the last does not', async () => {
  await commit(
    0,
    [5, 4, 3].map(minutes => incident(`s/m${minutes}`, { updatedAt: minutesAgo(minutes) })),
  )
  expect(await ids({ from: minutesAgo(5), until: minutesAgo(3) })).toEqual(['s/m4', 's/m5'])
  expect(await ids({ matches: ({ id }) => id === 's/m3' })).toEqual(['s/m3'])
  expect((await readIncident(server.redis, 's/m3', refuse))?.id).toBe('s/m3')
})

test('what an earlier release stored without an order is put in order once', async () => {
  await commit(0, [incident('s/a'), incident('s/b')])
  await server.redis.del(keys.incidentTimes)
  expect(await indexIncidents(server.redis)).toBe(2)
  expect(await indexIncidents(server.redis)).toBe(0)
  expect(await ids()).toEqual(['s/b', 's/a'])
})
