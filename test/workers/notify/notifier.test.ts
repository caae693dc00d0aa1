import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { askedInAddress } from '../../../client/incidents/incident-handling.ts'
import { pageAt } from '../../../shared/domain/pages.ts'
import { toInstant } from '../../../shared/domain/primitives.ts'
import { acknowledgeKey, acknowledgeSecret } from '../../../shared/redis/acknowledge-key.ts'
import { readDeliveries, WaitingMessage } from '../../../shared/redis/deliveries.ts'
import { handleIncident } from '../../../shared/redis/handlings.ts'
import { keys, lanePrefix } from '../../../shared/redis/keys.ts'
import type { Rule } from '../../../workers/config/notify-config.ts'
import { startNotifier } from '../../../workers/notify/notifier.ts'
import { Message } from '../../../workers/notify/words/message.ts'
import { incident, NOON } from '../../support/builders.ts'
import { tellIncident } from '../../support/tell-incident.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../support/temporary-redis.ts'
import { ruleOf } from './rule.ts'

let store: TemporaryRedis
let running: ReturnType<typeof startNotifier>[] = []
let wanted: { rules: Rule[]; stacks: [] }
let now = NOON
const onInvalid = (what: string, key: string, why: string) => {
  throw new Error(`${what} ${key}: ${why}`)
}

beforeAll(async () => {
  store = await temporaryRedis()
})
beforeEach(async () => {
  await store.redis.flushall()
  wanted = {
    stacks: [],
    rules: [ruleOf({ id: 'all', stack: null, channels: ['status'], what: ['opened', 'worse', 'better', 'resolved'] })],
  }
  now = NOON
})
afterEach(stop)
afterAll(() => store.close())

async function stop(): Promise<void> {
  await Promise.all(running.map(one => one.stop()))
  running = []
}

async function start(): Promise<void> {
  const before = await store.redis.get(keys.notifyCursor)
  running.push(
    startNotifier({
      redis: store.redis,
      blocked: new Redis(store.socket, { maxRetriesPerRequest: null }),
      notify: () => wanted,
      world: {
        providers: new Map(),
        regions: new Map(),
        services: new Map(),
        vendors: new Map(),
        dependencies: () => [],
        siteOf: () => null,
        homesOf: () => [],
      },
      countryOf: () => undefined,
      publicUrl: 'https://clouds.example.com',
      onQueued: () => undefined,
      now: () => now,
      log: pino({ level: 'silent' }),
      onInvalid,
    }),
  )
  if (before === null) await until(async () => (await store.redis.get(keys.notifyCursor)) !== null, 'it to begin')
}

/** What waits for the team, in the order of decisions in each conversation. */
async function waiting(): Promise<string[]> {
  const { lanes } = await readDeliveries(store.redis, onInvalid)
  const lists = await Promise.all(lanes.map(({ lane }) => store.redis.lrange(lanePrefix + lane, 0, -1)))
  return lists.flat().map(json => {
    const { occasion, title } = WaitingMessage.parse(JSON.parse(json))
    return `${occasion} ${title}`
  })
}
const untilWaiting = (expected: string[]) =>
  until(
    async () => JSON.stringify((await waiting()).sort()) === JSON.stringify([...expected].sort()),
    expected.join(', '),
  ).catch(async error => {
    throw new Error(`${error.message}; waiting: ${await waiting()}`)
  })

const trouble = (n: number, more: Parameters<typeof incident>[1] = {}) =>
  incident(`s${n}/1`, { provider: `p${n}`, regions: [], title: `Trouble ${n}`, ...more })

test('tells nothing old at first, then what happens, and what happened while it was away', async () => {
  await tellIncident(store.redis, trouble(1), true)
  await start()
  await tellIncident(store.redis, trouble(2), true)
  await untilWaiting(['opened Trouble 2'])
  await stop()
  await tellIncident(store.redis, trouble(2, { impact: 'critical' }), false)
  await tellIncident(store.redis, trouble(3), true)
  await tellIncident(store.redis, trouble(4), true)
  await tellIncident(store.redis, trouble(4, { status: 'resolved' }), false)
  await start()
  await untilWaiting(['opened Trouble 2', 'worse Trouble 2', 'opened Trouble 3', 'resolved Trouble 4'])
})

test('a message has a link that lets its reader acknowledge its incident', async () => {
  await start()
  await tellIncident(store.redis, trouble(1), true)
  await untilWaiting(['opened Trouble 1'])
  const { lanes } = await readDeliveries(store.redis, onInvalid)
  const [json = ''] = await store.redis.lrange(`${lanePrefix}${lanes[0]?.lane}`, 0, -1)
  const { acknowledgeUrl } = Message.parse(WaitingMessage.parse(JSON.parse(json)).message)
  const url = new URL(acknowledgeUrl ?? '')
  expect(pageAt(url.pathname)).toEqual({ name: 'incident', incident: 's1/1' })
  expect(askedInAddress(url.hash)).toEqual({ key: acknowledgeKey(await acknowledgeSecret(store.redis), 's1/1') })
})

test('compares how things are with what was told when the stream has lost events', async () => {
  await start()
  await tellIncident(store.redis, trouble(1), true)
  await untilWaiting(['opened Trouble 1'])
  await stop()
  await tellIncident(store.redis, trouble(1, { status: 'resolved' }), false)
  await tellIncident(store.redis, trouble(2, { updatedAt: toInstant(Date.now() + 1_000) }), true)
  await store.redis.xtrim(keys.events, 'MAXLEN', 0)
  await start()
  await untilWaiting(['opened Trouble 1', 'resolved Trouble 1', 'opened Trouble 2'])
})

test('a new rule tells nothing of what was open before it', async () => {
  await start()
  await tellIncident(store.redis, trouble(1), true)
  await untilWaiting(['opened Trouble 1'])
  const later = ruleOf({ id: 'later', stack: null, channels: ['provider/p1', 'provider/p2'] })
  wanted = { stacks: [], rules: [...wanted.rules, later] }
  await tellIncident(store.redis, trouble(2), true)
  await untilWaiting(['opened Trouble 1', 'opened Trouble 2', 'opened Trouble 2'])
})

test('of two notifiers one decides', async () => {
  await start()
  await start()
  for (let n = 0; n < 20; n++) await tellIncident(store.redis, trouble(n), true)
  await untilWaiting(Array.from({ length: 20 }, (_, n) => `opened Trouble ${n}`))
})

test('lifts an acknowledgement whose time is over, in the ledger too', async () => {
  await start()
  const open = trouble(1)
  await tellIncident(store.redis, open, true)
  await untilWaiting(['opened Trouble 1'])
  const step = { what: 'acknowledged' as const, by: 'Ann', text: '', until: toInstant(NOON + 60_000) }
  await handleIncident(store.redis, open, step, { countryOf: () => undefined, now, onInvalid })
  await untilWaiting(['opened Trouble 1', 'acknowledged Trouble 1'])
  now = NOON + 61_000
  await untilWaiting(['opened Trouble 1', 'acknowledged Trouble 1', 'lifted Trouble 1'])
  await until(
    async () => (await store.redis.hget(keys.handlings, open.id))?.includes('"what":"lifted"') === true,
    'the ledger',
  )
})
