import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RegionStatus } from '../../../../shared/domain/region.ts'
import type { Stack } from '../../../../shared/domain/stack.ts'
import type { Status } from '../../../../shared/domain/status.ts'
import { connectRedis } from '../../../../shared/redis/connect.ts'
import { keys } from '../../../../shared/redis/keys.ts'
import { holdLease } from '../../../../shared/redis/lease.ts'
import { writeSettings } from '../../../../shared/redis/notices.ts'
import { commitRollUp } from '../../../../shared/redis/rollup-store.ts'
import { createSenders } from '../../../../workers/notify/send-deps.ts'
import { type StatePublisher, startStatePublisher } from '../../../../workers/notify/states/state-publisher.ts'
import { MqttConfig } from '../../../../workers/notify/targets/mqtt.ts'
import { minutesAgo, NOON, region, source } from '../../../support/builders.ts'
import { refuse } from '../../../support/redis-of-file.ts'
import { startMqtt } from '../../../support/services/mqtt.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../../support/temporary-redis.ts'

const log = pino({ level: 'silent' })
const regions = new Map(['azure/westeurope', 'azure/eastus'].map(id => [id, region(id)]))
const shop: Stack = { id: 'shop', name: 'Shop', uses: [{ kind: 'region', region: 'azure/westeurope' }] }

let store: TemporaryRedis
let broker: Awaited<ReturnType<typeof startMqtt>>
let publishers: { stop(): Promise<void> }[] = []
let now = NOON
beforeEach(async () => {
  now = NOON
  store = await temporaryRedis()
  broker = await startMqtt()
  await writeSettings(store.redis, { simulated: false, stacks: [shop], walls: {}, roundTrips: false }, minutesAgo(0))
  await store.redis.hset(keys.sources, 'azure', JSON.stringify(source('azure')))
  await rollUp('azure/westeurope', 'operational')
  await rollUp('azure/eastus', 'degraded_performance')
})
afterEach(async () => {
  await Promise.all(publishers.map(publisher => publisher.stop()))
  publishers = []
  await broker.stop()
  await store.close()
})

/** What the roll-up commits. */
async function rollUp(id: string, status: Status): Promise<void> {
  const one: RegionStatus = {
    ...{ region: id, status, since: null, incidents: [], services: [], serviceCount: 0, whole: null },
    ...{ freshness: 'live', lastKnown: null },
  }
  const event = { type: 'region.status' as const, at: minutesAgo(0), channels: ['all'], data: one }
  await holdLease(store.redis, keys.rollUpLease, 'test', 60_000)
  const turn = { who: 'test', leaseMs: 60_000, now: NOON, remember: [], silentSince: null }
  expect(await commitRollUp(store.redis, { ...turn, changes: [{ status: one, event }] })).toBe(true)
}

function start(config: object = {}): StatePublisher {
  const connect = () => connectRedis(store.target, 'test', log)
  const redis = connect()
  const deps = {
    ...{ redis, blocked: connect(), log, onInvalid: refuse, now: () => now, publicUrl: 'https://clouds.example.com' },
    names: { regions, providers: new Map() },
    world: { services: new Map(), dependencies: () => [], siteOf: () => null },
    senders: createSenders(() => NOON),
  }
  const publisher = startStatePublisher(deps, [{ config: configOf(config), isPrivate: true }])
  publishers.push({
    async stop() {
      await publisher.stop()
      redis.disconnect()
    },
  })
  return publisher
}

const configOf = (config: object) => MqttConfig.parse({ ...broker.config, ...config })

const states = () => broker.retained('nephoscope')
const becomes = (expected: Record<string, string>, what: string) =>
  until(async () => JSON.stringify(Object.fromEntries([...(await states())].sort())) === JSON.stringify(expected), what)

const quiet = {
  'nephoscope/availability': 'online',
  'nephoscope/region/azure/westeurope/status': 'operational',
  'nephoscope/stack/shop/status': 'operational',
}

describe('the states at a broker', () => {
  test('are those of the stacks and of the regions that they name, and follow them', async () => {
    start()
    await becomes(quiet, 'the first states')
    await rollUp('azure/westeurope', 'major_outage')
    const outage = {
      'nephoscope/region/azure/westeurope/status': 'major_outage',
      'nephoscope/stack/shop/status': 'major_outage',
    }
    await becomes({ ...quiet, ...outage }, 'the outage')
    await rollUp('azure/westeurope', 'operational')
    await becomes(quiet, 'the end of the outage')
  })

  test('are those of every watched region where the target asks for them', async () => {
    start({ regions: 'all' })
    const all = {
      'nephoscope/availability': 'online',
      'nephoscope/region/azure/eastus/status': 'degraded_performance',
      'nephoscope/region/azure/westeurope/status': 'operational',
      'nephoscope/stack/shop/status': 'operational',
    }
    await becomes(all, 'all regions')
  })

  test('are unknown while nobody rolls up, and where a source of the stack is silent', async () => {
    const silent = source('azure', { failures: 3, lastOkAt: minutesAgo(30) })
    await store.redis.hset(keys.sources, 'azure', JSON.stringify(silent))
    start()
    await becomes({ ...quiet, 'nephoscope/stack/shop/status': 'unknown' }, 'a silent source')
    now = NOON + 120_000
    await rollUp('azure/westeurope', 'operational') // its beat is two minutes old
    await becomes(
      { ...quiet, 'nephoscope/region/azure/westeurope/status': 'unknown', 'nephoscope/stack/shop/status': 'unknown' },
      'an old roll-up',
    )
  })

  test('are cleared for what is no longer there, also where an earlier publisher left it', async () => {
    const left = { topic: 'nephoscope/stack/gone/status', payload: 'operational', retain: true, qos: 1 as const }
    await new Promise<void>(resolve => broker.broker.publish({ ...left, cmd: 'publish', dup: false }, () => resolve()))
    const publisher = start()
    await becomes(quiet, 'the end of a stack that is gone')
    await writeSettings(store.redis, { simulated: false, stacks: [], walls: {}, roundTrips: false }, minutesAgo(0))
    await becomes({ 'nephoscope/availability': 'online' }, 'the end of the last stack')
    publisher.replace([])
    await becomes({}, 'the end of the target')
    expect((await broker.retained('homeassistant')).size).toBe(0)
  })

  test('are right again after the broker was cut off', async () => {
    start()
    await becomes(quiet, 'the first states')
    broker.cut()
    await rollUp('azure/westeurope', 'partial_outage')
    const outage = {
      'nephoscope/region/azure/westeurope/status': 'partial_outage',
      'nephoscope/stack/shop/status': 'partial_outage',
    }
    await becomes({ ...quiet, ...outage }, 'the outage')
  })

  test('say that we are away once nobody publishes them, and a second worker takes over', async () => {
    start()
    await becomes(quiet, 'the first states')
    await publishers.pop()?.stop()
    await becomes({ ...quiet, 'nephoscope/availability': 'offline' }, 'the farewell')
    start()
    start()
    await becomes(quiet, 'the states of the next worker')
    expect(broker.broker.connectedClients).toBe(1)
  })

  test('are found by Home Assistant: an enum and a problem for each stack and region', async () => {
    start()
    await becomes(quiet, 'the first states')
    const found = await broker.retained('homeassistant')
    expect([...found.keys()].sort()).toEqual([
      'homeassistant/binary_sensor/nephoscope/region_azure_westeurope/config',
      'homeassistant/binary_sensor/nephoscope/stack_shop/config',
      'homeassistant/sensor/nephoscope/region_azure_westeurope/config',
      'homeassistant/sensor/nephoscope/stack_shop/config',
    ])
    const lamp: unknown = JSON.parse(found.get('homeassistant/binary_sensor/nephoscope/stack_shop/config') ?? '')
    expect(lamp).toMatchObject({
      device_class: 'problem',
      unique_id: 'nephoscope_stack_shop_problem',
      state_topic: 'nephoscope/stack/shop/status',
      availability_topic: 'nephoscope/availability',
      value_template: expect.stringContaining("'major_outage':'ON'"),
      device: {
        identifiers: ['nephoscope_stack_shop'],
        name: 'Shop',
        configuration_url: 'https://clouds.example.com/?stack=shop',
      },
    })
    const sensor: unknown = JSON.parse(found.get('homeassistant/sensor/nephoscope/stack_shop/config') ?? '')
    expect(sensor).toMatchObject({ device_class: 'enum', options: expect.arrayContaining(['operational']) })
  })

  test('are not announced to Home Assistant where the target says no', async () => {
    start({ homeAssistant: false })
    await becomes(quiet, 'the first states')
    expect((await broker.retained('homeassistant')).size).toBe(0)
  })
})
