import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventDraft } from '../../../shared/domain/events.ts'
import type { RegionStatus } from '../../../shared/domain/region.ts'
import type { Component } from '../../../shared/domain/status.ts'
import { connectRedis } from '../../../shared/redis/connect.ts'
import { readNewestEvents } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { holdLease, releaseLease } from '../../../shared/redis/lease.ts'
import { RedisUrl } from '../../../shared/redis/redis-url.ts'
import { commitRollUp } from '../../../shared/redis/rollup-store.ts'
import { startRollUp } from '../../../workers/poll/rollup.ts'
import { component, minutesAgo, region, source } from '../../support/builders.ts'
import { type Line, startLine } from '../../support/line.ts'
import { refuse } from '../../support/redis-of-file.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../support/temporary-redis.ts'
import { matchServices } from '../formats/reading.ts'

const westEurope = region('azure/westeurope')
const log = pino({ level: 'silent' })

let server: TemporaryRedis
let line: Line
let stop: () => Promise<void>
let clockIsOffMs = 0
beforeEach(async () => {
  clockIsOffMs = 0
  server = await temporaryRedis()
  await server.redis.hset(keys.sources, 'azure', JSON.stringify(source('azure')))
  line = await startLine(() => ({ path: server.socket }))
  const connect = () => connectRedis({ address: RedisUrl.parse(`redis://127.0.0.1:${line.port}`) }, 'test', log)
  const redis = connect()
  const rolling = startRollUp({
    redis,
    blocked: connect(),
    regions: new Map([[westEurope.id, westEurope]]),
    countryOf: () => 'nl',
    services: { match: matchServices },
    now: () => Date.now() + clockIsOffMs,
    log,
    onInvalid: (what, key, why) => {
      throw new Error(`${what} ${key}: ${why}`)
    },
  })
  stop = async () => {
    await rolling.stop()
    redis.disconnect()
  }
})
afterEach(async () => {
  await stop()
  await line.close()
  await server.close()
})

const statusNow = async (): Promise<string | undefined> => {
  const text = await server.redis.hget(keys.statuses, westEurope.id)
  return text === null ? undefined : JSON.parse(text).status
}

test('a worker that hung while another rolled up for it does not go on from what it knew before', async () => {
  await until(async () => (await statusNow()) === 'unknown', 'the first roll-up')
  line.freeze()
  // its lease runs out, and another comes and goes
  await server.redis.del(keys.rollUpLease)
  await holdLease(server.redis, keys.rollUpLease, 'another', 60_000)
  const status: RegionStatus = {
    region: westEurope.id,
    status: 'major_outage',
    since: null,
    incidents: [],
    services: [],
    serviceCount: 0,
    whole: null,
    freshness: 'live',
    lastKnown: null,
  }
  const event: EventDraft = { type: 'region.status', at: minutesAgo(0), channels: ['all'], data: status }
  const turn = { who: 'another', leaseMs: 60_000, now: Date.now(), remember: [], silentSince: null }
  expect(await commitRollUp(server.redis, { ...turn, changes: [{ status, event }] })).toBe(true)
  await releaseLease(server.redis, keys.rollUpLease, 'another')

  line.up()
  await until(async () => (await statusNow()) === 'unknown', 'the region to be what its records say again')
})

test('a clock that is set back by an hour does not keep the roll-up from beating', async () => {
  await until(async () => (await statusNow()) === 'unknown', 'the first roll-up')
  clockIsOffMs = -3_600_000
  const isBack = async () => Date.parse((await server.redis.get(keys.rollUpBeat)) ?? '') < Date.now() - 3_000_000
  await until(isBack, 'a beat by the clock as it is now')
  const beat = await server.redis.get(keys.rollUpBeat)
  await until(async () => (await server.redis.get(keys.rollUpBeat)) !== beat, 'the next beat')
})

test('whoever follows a service in a region hears that it is in trouble there, and that it no longer is', async () => {
  await until(async () => (await statusNow()) === 'unknown', 'the first roll-up')
  const tell = (upserted: Component[], removed: string[]) => {
    const event: EventDraft = {
      type: 'components.updated',
      at: minutesAgo(0),
      channels: ['all'],
      data: { upserted, removed },
    }
    return server.redis.xadd(keys.events, '*', 'event', JSON.stringify(event))
  }
  const told = async () =>
    (await readNewestEvents(server.redis, '+', 10, refuse)).flatMap(event =>
      event.type === 'region.status' && event.channels.includes('service/azure/storage')
        ? [event.data.services.map(({ id }) => id)]
        : [],
    )
  await tell([component('azure/c', { name: 'Storage', status: 'major_outage', regions: [westEurope.id] })], [])
  await until(async () => (await told()).length === 1, 'the trouble')
  await tell([], ['azure/c'])
  await until(async () => (await told()).length === 2, 'its end')
  expect(await told()).toEqual([['azure/storage'], []])
})
