import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { compareEventIds, type EventId } from '../../shared/domain/events.ts'
import type { Impact, Stage } from '../../shared/domain/status.ts'
import { MAX_TARGET_BYTES, readDeliveries } from '../../shared/redis/deliveries.ts'
import { keys } from '../../shared/redis/keys.ts'
import { incident } from './builders.ts'
import { type Role, startRole } from './role.ts'
import type { Service } from './services/by-kind.ts'
import type { Received } from './services/simulated-service.ts'
import { targetLine } from './target-line.ts'
import { tellIncident } from './tell-incident.ts'
import { temporaryRedis, until } from './temporary-redis.ts'

type Life = readonly [status: Stage, impact: Impact]
/** What is told of each incident, in this order. */
const lives: readonly Life[] = [
  ['investigating', 'minor'],
  ['identified', 'critical'],
  ['resolved', 'critical'],
]

export type Outcome = {
  /** By target: the numbers of the messages of each conversation, in the order in which they were taken. */
  told: Map<string, number[][]>
  dead: number
}

/**
 * Tells the lives of many incidents, each a conversation of its own, to every service, each failing 30 % of the time,
 * while both workers are killed at random.
 */
export async function notifyUnderKills(
  services: ReadonlyMap<string, Service>,
  { incidents, kills, patienceS }: { incidents: number; kills: number; patienceS: number },
): Promise<Outcome> {
  const redis = await temporaryRedis()
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-notify-'))
  const config = path.join(dir, 'sources.yaml')
  const targets = [...services].map(([kind, service]) => targetLine(kind, service.config))
  const rules = [{ id: 'all', channels: ['status'], to: [...services.keys()] }]
  await writeFile(config, JSON.stringify({ notify: { targets: targets.map(({ line }) => line), rules } }))
  const secrets = Object.assign({}, ...targets.map(target => target.environment))
  const environment = { ...secrets, REDIS_URL: redis.url, NEPHOSCOPE_CONFIG: config }
  const workers = [startRole('workers', environment), startRole('workers', environment)]
  try {
    await Promise.all(workers.map(worker => worker.said('workers are running')))
    await until(async () => (await redis.redis.get(keys.notifyCursor)) !== null, 'the notifier to begin')
    for (const service of services.values()) service.fail(0.3, Math.random)
    const killing = killAtRandom(workers, kills)
    for (const [step, life] of lives.entries()) await tellAll(redis.redis, incidents, step, life)
    await killing
    for (const service of services.values()) service.fail(0, Math.random)
    const state = () => readDeliveries(redis.redis, onInvalid)
    await until(
      async () => (await redis.redis.hlen(keys.lanes)) === 0,
      'all messages to be delivered',
      patienceS,
    ).catch(async error => {
      const { lanes, counts } = await state()
      throw new Error(
        `${error.message}: ${JSON.stringify({ lanes: lanes.slice(0, 5), counts })}\n${workers[0]?.output()}`,
      )
    })
    const told = new Map([...services].map(([id, service]) => [id, numbersOf(service.received())]))
    return { told, dead: (await state()).deadLetters.length }
  } finally {
    await Promise.all(workers.map(worker => worker.stop('SIGKILL')))
    await redis.close()
    await rm(dir, { recursive: true, force: true })
  }
}

const onInvalid = (what: string, key: string, why: string): never => {
  throw new Error(`${what} ${key}: ${why}`)
}

/** One step in the life of every incident, and waits until it is decided on. Each is of a provider of its own. */
async function tellAll(redis: Redis, count: number, step: number, [status, impact]: Life): Promise<void> {
  let last: EventId = '0-0'
  const isDecided = async () => compareEventIds((await redis.get(keys.notifyCursor)) ?? '0-0', last) >= 0
  for (let n = 0; n < count; n++) {
    const at = new Date().toISOString()
    const told = incident(`s${n}/1`, { provider: `p${n}`, status, impact, startedAt: at, updatedAt: at, regions: [] })
    last = await tellIncident(redis, told, step === 0)
    if (n % 50 === 49) await sleep(20)
    if (n % BURST !== BURST - 1) continue
    await until(isDecided, `step ${step} to be decided on so far`)
    await until(async () => (await waitingBytes(redis)) < MAX_TARGET_BYTES / 2, 'room for more messages', 300)
  }
  await until(isDecided, `step ${step} to be decided on`)
}

/** So many incidents at once that a target has room for what is told of them. */
const BURST = 1_000

const waitingBytes = async (redis: Redis): Promise<number> =>
  Number((await redis.hget(keys.deliveryCounts, 'bytes')) ?? 0)

async function killAtRandom(workers: readonly Role[], kills: number): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    const worker = workers[kill % workers.length]
    await sleep(200 + Math.random() * 1_500)
    await worker?.stop('SIGKILL')
    worker?.start()
    if (Math.random() < 0.7) await worker?.said('workers are running')
  }
}

function numbersOf(received: readonly Received[]): number[][] {
  const conversations = new Map<string, number[]>()
  for (const { conversation, n } of received) {
    const numbers = conversations.get(conversation) ?? []
    numbers.push(n)
    conversations.set(conversation, numbers)
  }
  return [...conversations.values()]
}
