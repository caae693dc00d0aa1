import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { buryRestored, laneOf, MAX_TARGET_BYTES, readDeliveries, settleDead } from '../../../shared/redis/deliveries.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { holdLease } from '../../../shared/redis/lease.ts'
import { commitNotify } from '../../../shared/redis/notify-store.ts'
import type { LiveTarget } from '../../../workers/config/notify-config.ts'
import { type Deliveries, pauseMs, startDeliveries } from '../../../workers/notify/deliver.ts'
import { waitingMessage } from '../../../workers/notify/notifier.ts'
import { createSenders } from '../../../workers/notify/send-deps.ts'
import { type Sent, target } from '../../../workers/notify/target.ts'
import type { Message } from '../../../workers/notify/words/message.ts'
import { minutesAgo, NOON } from '../../support/builders.ts'
import { type TemporaryRedis, temporaryRedis, until } from '../../support/temporary-redis.ts'

let store: TemporaryRedis
let running: Deliveries | undefined
const senders = createSenders(() => NOON)
const onInvalid = (what: string, key: string, why: string) => {
  throw new Error(`${what} ${key}: ${why}`)
}

beforeAll(async () => {
  store = await temporaryRedis()
})
beforeEach(() => store.redis.flushall())
afterEach(() => running?.stop())
afterAll(async () => {
  await senders.close()
  await store.close()
})

const message = (conversation: string, n: number): Message => ({
  id: `${conversation}#${n}`,
  rule: 'shop',
  conversation,
  n,
  occasion: 'opened',
  at: minutesAgo(0),
  status: 'major_outage',
  isOver: false,
  isMaintenance: false,
  incident: null,
  place: 'AWS us-east-1',
  title: 'Trouble',
  since: { theirs: null, ours: null },
  until: null,
  window: null,
  words: null,
  why: null,
  also: [],
  alsoOmitted: 0,
  url: null,
  acknowledgeUrl: null,
  acknowledged: null,
  timeZone: 'UTC',
  isSimulated: false,
})

async function queue(...messages: [target: string, message: Message][]): Promise<void> {
  await holdLease(store.redis, keys.notifyLease, 'test', 60_000)
  const waiting = messages.map(([id, one]) => waitingMessage(id, one, NOON))
  const from = await store.redis.get(keys.notifyCursor)
  const nothing = { conversations: new Map(), rules: new Map(), who: 'test', leaseMs: 60_000, now: NOON }
  expect(await commitNotify(store.redis, { ...nothing, from, cursor: '1-0', messages: waiting })).toBe(true)
}

/** A target that answers as it is told, then takes everything. */
function answering(id: string, ...answers: (Sent | Error)[]) {
  const got: { id: string; handle: string | null }[] = []
  const kind = target<unknown, { id: string; handle: string | null }>({
    kind: 'test',
    config: z.unknown(),
    secrets: [],
    dropsDoubles: false,
    render: ({ id }, _, handle) => ({ id, handle }),
    async send(request) {
      got.push(request)
      const answer = answers.shift() ?? { kind: 'sent', handle: `after ${request.id}` }
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const live: LiveTarget = { id, kind, config: {}, secrets: { TOKEN: 'very-secret-token' } }
  return { got, live }
}

function start(...targets: { live: LiveTarget }[]): void {
  running = startDeliveries({
    redis: store.redis,
    connectQueue: () => new Redis(store.socket, { maxRetriesPerRequest: null }),
    targets: () => new Map(targets.map(({ live }) => [live.id, live])),
    senders,
    now: () => NOON,
    random: () => 0,
    log: pino({ level: 'silent' }),
    onInvalid,
  })
}

const state = () => readDeliveries(store.redis, onInvalid)
const isEmpty = async () => (await state()).lanes.length === 0

test('sends the messages of a conversation in order, each with what the one before left', async () => {
  const team = answering('team')
  await queue(['team', message('c1', 1)], ['team', message('c1', 2)], ['team', message('c1', 3)])
  start(team)
  await until(isEmpty, 'all messages to be sent')
  expect(team.got).toEqual([
    { id: 'c1#1', handle: null },
    { id: 'c1#2', handle: 'after c1#1' },
    { id: 'c1#3', handle: 'after c1#2' },
  ])
  const { recent, counts } = await state()
  expect(recent.map(({ id }) => id)).toEqual(['c1#3', 'c1#2', 'c1#1'])
  expect(counts).toMatchObject({ sent: 3, bytes: 0 })
})

test('tries again what was not taken, and keeps the order', async () => {
  const away: Sent = { kind: 'retry', why: 'HTTP 503', afterMs: null }
  const team = answering('team', away, new Error('socket hang up'))
  await queue(['team', message('c1', 1)], ['team', message('c1', 2)])
  start(team)
  await until(isEmpty, 'all messages to be sent')
  expect(team.got.map(({ id }) => id)).toEqual(['c1#1', 'c1#1', 'c1#1', 'c1#2'])
  expect((await state()).recent.map(({ id, attempts }) => [id, attempts])).toEqual([
    ['c1#2', 1],
    ['c1#1', 3],
  ])
})

test('buries what is refused, without a secret in its reason, and goes on', async () => {
  const team = answering('team', { kind: 'refused', why: 'HTTP 401: very-secret-token is wrong' })
  await queue(['team', message('c1', 1)], ['team', message('c1', 2)])
  start(team)
  await until(isEmpty, 'the lane to be empty')
  expect(team.got.map(({ id }) => id)).toEqual(['c1#1', 'c1#2'])
  const [letter, ...others] = (await state()).deadLetters
  expect(others).toEqual([])
  expect(letter).toMatchObject({ id: 'c1#1', target: 'team', why: 'HTTP 401: redacted is wrong', attempts: 1 })
})

test('replays a dead letter once, or forgets it', async () => {
  const refused: Sent = { kind: 'refused', why: 'HTTP 404' }
  const team = answering('team', refused, refused)
  await queue(['team', message('c1', 1)], ['team', message('c2', 1)])
  start(team)
  await until(async () => (await state()).deadLetters.length === 2, 'two dead letters')
  const [second, first] = (await state()).deadLetters.map(({ deadId }) => deadId)
  const settle = (id: string | undefined, what: 'replay' | 'forget') =>
    settleDead(store.redis, id ?? '', what, { now: NOON, onInvalid })
  expect(await settle(first, 'replay')).toBe(true)
  expect(await settle(first, 'replay')).toBe(false)
  expect(await settle(second, 'forget')).toBe(true)
  await until(async () => team.got.length === 3 && (await isEmpty()), 'the letter to be sent')
  expect((await state()).deadLetters).toEqual([])
  expect(new Set(team.got.map(({ id }) => id))).toEqual(new Set(['c1#1', 'c2#1']))
})

test('holds all lanes of a target that asks for a pause, and no other', async () => {
  const slow = answering('slow', { kind: 'retry', why: 'HTTP 429', afterMs: 3_600_000 })
  const team = answering('team')
  await queue(['slow', message('c1', 1)])
  start(slow, team)
  await until(() => slow.got.length === 1, 'the first attempt')
  await until(async () => (await store.redis.keys('*hold:*')).length === 1, 'the target to be held')
  await queue(['slow', message('c2', 1)], ['team', message('c2', 1)])
  await until(() => team.got.length === 1, 'the other target to be told')
  await until(
    async () => Number(await store.redis.zscore(keys.lanesDue, 'slow c2')) > Date.now() + 1_000_000,
    'the lane to wait',
  )
  expect(slow.got).toHaveLength(1)
  expect((await state()).lanes.map(({ lane, trouble }) => [lane, trouble?.why])).toEqual(
    expect.arrayContaining([
      ['slow c1', 'HTTP 429'],
      ['slow c2', undefined],
    ]),
  )
})

test('a target of one message fails without holding up another', async () => {
  const broken = answering('broken', ...Array.from({ length: 50 }, () => new Error('no')))
  const team = answering('team')
  await queue(['broken', message('c1', 1)], ['team', message('c1', 1)])
  start(broken, team)
  await until(() => team.got.length === 1, 'the team to be told')
})

test('a target that takes nothing leaves room for the messages of others', async () => {
  const large = (n: number): Message => ({ ...message('c1', n), words: 'x'.repeat(MAX_TARGET_BYTES / 3) })
  await queue(['broken', large(1)], ['broken', large(2)], ['broken', large(3)], ['team', large(1)])
  const { lanes, deadLetters } = await state()
  expect(lanes.map(({ target, waiting }) => [target, waiting]).sort()).toEqual([
    ['broken', 2],
    ['team', 1],
  ])
  expect(deadLetters).toMatchObject([{ target: 'broken', why: expect.stringContaining('wait for this target') }])
  const broken = answering('broken')
  start(broken, answering('team'))
  await until(isEmpty, 'all to be told')
  expect((await state()).counts).not.toHaveProperty('bytes broken')
})

test('messages of a restored store are not sent by themselves', async () => {
  await queue(['team', message('c1', 1)], ['team', message('c1', 2)])
  await store.redis.del(keys.lanesDue, keys.laneHolders)
  expect(await buryRestored(store.redis, NOON)).toBe(2)
  const { lanes, deadLetters, counts } = await state()
  expect(lanes).toEqual([])
  expect(deadLetters.map(({ id }) => id)).toEqual(['c1#2', 'c1#1'])
  expect(counts.bytes).toBe(0)
  expect(await store.redis.exists(`{nephoscope}:lane:${laneOf({ target: 'team', conversation: 'c1' })}`)).toBe(0)
})

test('only who holds the lease, and decided last, can store a decision', async () => {
  await queue(['team', message('c1', 1)])
  const nothing = { conversations: new Map(), rules: new Map(), leaseMs: 60_000, now: NOON, messages: [] }
  expect(await commitNotify(store.redis, { ...nothing, who: 'another', from: '1-0', cursor: '2-0' })).toBe(false)
  expect(await commitNotify(store.redis, { ...nothing, who: 'test', from: '0-5', cursor: '2-0' })).toBe(false)
  expect(await store.redis.get(keys.notifyCursor)).toBe('1-0')
})

test('waits ever longer, up to ten minutes', () => {
  expect([1, 2, 3, 11, 400].map(attempts => pauseMs(attempts, 1))).toEqual([1_000, 2_000, 4_000, 600_000, 600_000])
  expect(pauseMs(1, 0)).toBe(500)
})
