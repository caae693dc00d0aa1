import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Queue, type Telemetry, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Delivery } from '../../shared/domain/delivery.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import {
  buryHead,
  buryRestored,
  headOfLane,
  type LaneHead,
  popSent,
  postponeLane,
  renewLane,
  takeLanes,
  targetOfLane,
} from '../../shared/redis/deliveries.ts'
import { queuePrefix } from '../../shared/redis/keys.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { type Trace, untraced } from '../../shared/trace.ts'
import type { LiveTarget } from '../config/notify-config.ts'
import { withoutSecrets } from '../config/url-secrets.ts'
import type { Senders } from './send-deps.ts'
import type { Sent } from './target.ts'
import { Message } from './words/message.ts'

/** Lanes that one worker serves at once: they wait for the network. */
const CONCURRENCY = 24
/** Lanes that one job carries at most. */
const BATCH_SIZE = 8
const MAX_WAITING_JOBS = 16
/** How often due lanes are looked for, in ms. What is decided in this process is looked for at once. */
const TICK_MS = 250
/** Another worker takes a lane this long after its worker died, in ms. */
const LEASE_MS = 6_000
/** For one attempt at one message, in ms; the targets' own limits are shorter. */
const ATTEMPT_MS = 60_000
/** How long a message is tried, in ms: a day. */
const GIVE_UP_MS = 86_400_000
/** How long a message to a target waits that the sources file does not name: another worker may have read it already. */
const UNKNOWN_MS = 600_000
const LONGEST_PAUSE_MS = 600_000
/** How often lanes of a restored store are looked for, in ms. */
const SWEEP_MS = 60_000
const STOP_PATIENCE_MS = 2_000

export type DeliverDeps = {
  redis: Redis
  connectQueue: (name: string) => Redis
  targets: () => ReadonlyMap<string, LiveTarget>
  senders: Pick<Senders, 'for'>
  now: () => number
  random: () => number
  log: Logger
  onInvalid: OnInvalid
  trace?: Trace
  /** Traces of the queue; undefined where they are off. */
  telemetry?: Telemetry | undefined
}

export type Deliveries = { wake(): void; stop(): Promise<void> }

const JobData = z.object({ claim: z.string(), lanes: z.array(z.string()).max(BATCH_SIZE) })

/**
 * Delivers messages. Lanes in Redis are the truth, and BullMQ carries due ones to whichever worker has room. A lane
 * is held by one worker at a time, which sends its messages in order; of a worker that dies, another takes the lane
 * when its lease is over, and sends the message again that was under way.
 */
export function startDeliveries(deps: DeliverDeps): Deliveries {
  const connections: Redis[] = []
  const connect = (name: string) => {
    const connection = deps.connectQueue(name)
    connections.push(connection)
    return { connection, prefix: queuePrefix, ...(deps.telemetry && { telemetry: deps.telemetry }) }
  }
  const defaultJobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: { count: 100 } }
  const queue = new Queue('deliver', { ...connect('queue-deliver'), defaultJobOptions })
  const stopping = new AbortController()
  const worker = new Worker(
    'deliver',
    async job => {
      const { claim, lanes } = JobData.parse(job.data)
      await Promise.all(lanes.map(lane => serve(deps, lane, claim, stopping.signal)))
    },
    { ...connect('work-deliver'), concurrency: CONCURRENCY, maxStalledCount: 0 },
  )
  const onError = (error: Error) => deps.log.debug({ queue: 'deliver', error: error.message }, 'queue error')
  queue.on('error', onError)
  worker.on('error', onError)

  let wake = () => {}
  const loop = (async () => {
    let sweptAt = Number.NEGATIVE_INFINITY
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>(resolve => {
        wake = resolve
      })
      try {
        if (performance.now() - sweptAt >= SWEEP_MS) {
          const buried = await buryRestored(deps.redis, deps.now())
          if (buried > 0) deps.log.warn({ buried }, 'messages of a restored store wait among the dead letters')
          sweptAt = performance.now()
        }
        await carryDue(deps.redis, queue)
      } catch (error) {
        if (!stopping.signal.aborted) deps.log.warn({ error: String(error) }, 'lanes could not be read; trying again')
      }
      await Promise.race([woken, sleep(TICK_MS, undefined, { signal: stopping.signal }).catch(() => undefined)])
    }
  })()

  return {
    wake: () => wake(),
    async stop() {
      stopping.abort()
      wake()
      await loop
      await Promise.race([worker.close(), sleep(STOP_PATIENCE_MS)])
      await queue.close()
      for (const connection of connections) connection.disconnect()
    },
  }
}

async function carryDue(redis: Redis, queue: Queue): Promise<void> {
  for (;;) {
    const room = MAX_WAITING_JOBS - (await queue.getWaitingCount())
    if (room <= 0) return
    const claim = randomUUID()
    const lanes = await takeLanes(redis, room * BATCH_SIZE, LEASE_MS, claim)
    if (lanes.length === 0) return
    const batches: string[][] = []
    for (let at = 0; at < lanes.length; at += BATCH_SIZE) batches.push(lanes.slice(at, at + BATCH_SIZE))
    await queue.addBulk(batches.map(batch => ({ name: batch[0] ?? '', data: { claim, lanes: batch } })))
    if (lanes.length < room * BATCH_SIZE) return
  }
}

/** Sends the messages of a lane, until it is empty, lost, or must wait. */
async function serve(deps: DeliverDeps, lane: string, claim: string, signal: AbortSignal): Promise<void> {
  const { redis, onInvalid, now, log, trace = untraced } = deps
  const held = { lane, claim, leaseMs: LEASE_MS }
  try {
    for (let more = true; more && !signal.aborted; ) {
      const head = await headOfLane(redis, lane, claim, LEASE_MS, onInvalid)
      if (head === null) return
      const at = toInstant(now())
      if (head === 'unreadable') {
        more = await buryHead(redis, held, { why: 'it cannot be read, as after a downgrade', attempts: 1, at })
        continue
      }
      const renewing = setInterval(() => void renewLane(redis, lane, claim, LEASE_MS).catch(() => false), LEASE_MS / 3)
      const about = { 'nephoscope.target': targetOfLane(lane), 'nephoscope.message': head.waiting.id }
      const sent = await trace('deliver', about, async add => {
        const sent = await attempt(deps, lane, head)
        add({ 'nephoscope.outcome': sent.kind })
        return sent
      }).finally(() => clearInterval(renewing))
      const attempts = (head.trouble?.attempts ?? 0) + 1
      const outcome = judge(sent, head, deps, targetOfLane(lane))
      if (outcome.kind === 'sent') more = await popSent(redis, held, delivered(head, attempts, now()), outcome.handle)
      else if (outcome.kind === 'dead') {
        log.warn({ lane, why: outcome.why, attempts }, 'a message is among the dead letters')
        more = await buryHead(redis, held, { why: outcome.why, attempts, at: toInstant(now()) })
      } else {
        const trouble = { attempts, since: head.trouble?.since ?? at, why: outcome.why.slice(0, 300) }
        const asked = outcome.afterMs ?? 0
        return await postponeLane(redis, held, trouble, asked > 0 ? asked : pauseMs(attempts, deps.random()), asked)
      }
    }
  } catch (error) {
    if (!signal.aborted)
      log.warn({ lane, error: String(error) }, 'a lane was left; it is due again when its lease is over')
  }
}

const delivered = ({ waiting }: LaneHead, attempts: number, now: number): Delivery => {
  const { message: _, queuedAt: __, ...brief } = waiting
  return { ...brief, at: toInstant(now), attempts }
}

/** Exponential with jitter: from half a second to ten minutes. */
export const pauseMs = (attempts: number, random: number): number =>
  Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** Math.min(attempts - 1, 20)) * (0.5 + random / 2)

async function attempt(deps: DeliverDeps, lane: string, { waiting, handle }: LaneHead): Promise<Sent> {
  const target = deps.targets().get(targetOfLane(lane))
  if (target === undefined) return { kind: 'retry', why: 'the sources file names no such target', afterMs: null }
  const message = Message.safeParse(waiting.message)
  if (!message.success) return { kind: 'refused', why: 'the message is of another version' }
  const tooLong = new AbortController()
  try {
    return await Promise.race([
      target.kind.tell(message.data, target.config, handle, deps.senders.for(target.isPrivate)),
      sleep(ATTEMPT_MS, { kind: 'retry', why: `no answer in ${ATTEMPT_MS / 1000} s`, afterMs: null } as const, {
        signal: tooLong.signal,
      }),
    ])
  } catch (error) {
    return { kind: 'retry', why: error instanceof Error ? error.message : String(error), afterMs: null }
  } finally {
    tooLong.abort()
  }
}

type Outcome = Extract<Sent, { kind: 'sent' | 'retry' }> | { kind: 'dead'; why: string }

function judge(sent: Sent, { waiting }: LaneHead, { targets, now }: DeliverDeps, id: string): Outcome {
  if (sent.kind === 'sent') return sent
  const target = targets().get(id)
  const why = withoutSecrets(sent.why, target?.secrets)
  if (sent.kind === 'refused') return { kind: 'dead', why }
  const patience = target === undefined ? UNKNOWN_MS : GIVE_UP_MS
  const isLate = now() - Date.parse(waiting.queuedAt) > patience
  return isLate ? { kind: 'dead', why: `given up: ${why}` } : { ...sent, why }
}
