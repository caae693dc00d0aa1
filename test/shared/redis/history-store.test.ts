import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventDraft } from '../../../shared/domain/events.ts'
import type { RegionStatus } from '../../../shared/domain/region.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { holdLease } from '../../../shared/redis/lease.ts'
import { commitRollUp, lastRollUp, readHistory } from '../../../shared/redis/rollup-store.ts'
import { minutesAgo, NOON } from '../../support/builders.ts'
import { type TemporaryRedis, temporaryRedis } from '../../support/temporary-redis.ts'

let server: TemporaryRedis
beforeAll(async () => {
  server = await temporaryRedis()
})
afterAll(() => server.close())
beforeEach(async () => {
  await server.redis.flushall()
  await holdLease(server.redis, keys.rollUpLease, 'me', 60_000)
})

const region = 'azure/westeurope'
const changed = (status: Status) => {
  const data: RegionStatus = {
    region,
    status,
    since: null,
    incidents: [],
    services: [],
    serviceCount: 0,
    whole: null,
    freshness: 'live',
    lastKnown: null,
  }
  const event: EventDraft = { type: 'region.status', at: minutesAgo(0), channels: ['all'], data }
  return { status: data, event }
}
const turn = (minute: number, status: Status, silentSince: number | null = null, who = 'me') =>
  commitRollUp(server.redis, {
    who,
    leaseMs: 60_000,
    now: NOON + minute * 60_000,
    changes: [changed(status)],
    remember: [{ region, status }],
    silentSince,
  })

test('a change of status is remembered with its event, and the same status not twice', async () => {
  await turn(0, 'operational')
  await turn(1, 'operational')
  await turn(2, 'major_outage')
  const { changes, gaps } = await readHistory(server.redis, [region, 'azure/northeurope'])
  expect(changes.get(region)).toEqual([
    { at: NOON, status: 'operational' },
    { at: NOON + 120_000, status: 'major_outage' },
  ])
  expect(changes.get('azure/northeurope')).toEqual([])
  expect(gaps).toEqual([])
  expect(await lastRollUp(server.redis)).toBe(NOON + 120_000)
})

test('a gap is remembered from the last roll-up until this one', async () => {
  await turn(9, 'operational', NOON)
  expect((await readHistory(server.redis, [region])).gaps).toEqual([{ from: NOON, until: NOON + 540_000 }])
})

test('without the lease nothing is written', async () => {
  expect(await turn(0, 'operational', NOON - 1, 'somebody else')).toBe(false)
  const { changes, gaps } = await readHistory(server.redis, [region])
  expect([changes.get(region), gaps]).toEqual([[], []])
})
