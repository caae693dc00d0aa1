import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, Queue, type Telemetry, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { toInstant } from '../../shared/domain/primitives.ts'
import type { Source } from '../../shared/domain/source.ts'
import { queuePrefix, workerKey } from '../../shared/redis/keys.ts'
import { type DueSource, takeDue } from '../../shared/redis/timetable.ts'
import type { SourceConfig } from '../config/source-config.ts'
import { applyPending, forgetSwitched, type Pending, type ReconcileDeps, reconcile } from './reconcile.ts'

/** Polls that one worker runs at once, per queue. Polls wait for the network, so there may be many. */
const CONCURRENCY = 64
/** Sources that one job carries at most: a job costs as much as a poll. */
const BATCH_SIZE = 16
/** Jobs that may wait in the queues. The rest stays due, in order, so that no claim grows old in a queue. */
const MAX_WAITING_JOBS = 16
/** How often the timetable is read, in ms; more often for short intervals. */
const TICK_MS = 250
/** How often the timetable is compared with the configuration, in ms. */
const RECONCILE_MS = 60_000
/** How long polls under way may take to end when the worker stops, in ms. */
const STOP_PATIENCE_MS = 2_000
/** A worker counts as alive for this long after its loop last ran, in seconds. */
const HEARTBEAT_TTL_S = 30

const queueNames = ['status', 'news'] as const
type QueueName = (typeof queueNames)[number]

const JobData = z.array(z.object({ id: z.string(), dueAt: z.number() })).max(BATCH_SIZE)

export type ScheduleDeps = ReconcileDeps & {
  /** Makes a connection as BullMQ needs it: one for every queue and worker. */
  connectQueue: (name: string) => Redis
  sources: readonly SourceConfig[]
  stored: ReadonlyMap<string, Source>
  poll: (source: SourceConfig, dueAt: number) => Promise<unknown>
  host: string
  /** Traces of the queues; undefined where they are off. */
  telemetry?: Telemetry | undefined
}

export type Schedule = {
  /** Puts another list in force at the next tick: adds and removes sources, and polls changed ones again. */
  replace(sources: readonly SourceConfig[]): void
  stop(): Promise<void>
}

/**
 * Runs the timetable, a sorted set in Redis. BullMQ carries due sources to whichever worker has room. A job is done
 * once its polls have begun, and is neither retried nor recovered: the timetable makes every source due again when its
 * lease ends, and a claim that has passed to another worker does nothing.
 */
export async function startSchedule(deps: ScheduleDeps): Promise<Schedule> {
  const sources = new Map(deps.sources.map(source => [source.id, source]))
  const pending: Pending = { list: null, settled: true, changed: new Set(), switched: new Set() }
  await forgetSwitched(deps, deps.sources, deps.stored)
  await reconcile(deps, sources)

  const connections: Redis[] = []
  const connect = (name: string) => {
    const connection = deps.connectQueue(name)
    connections.push(connection)
    return { connection, prefix: queuePrefix, ...(deps.telemetry && { telemetry: deps.telemetry }) }
  }
  const queues = new Map<QueueName, Queue>()
  const workers: Worker[] = []
  const allSlots: Slots[] = []
  for (const name of queueNames) {
    const defaultJobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: { count: 100 } }
    const queue = new Queue(name, { ...connect(`queue-${name}`), defaultJobOptions })
    const slots = createSlots(CONCURRENCY)
    const options = { ...connect(`work-${name}`), maxStalledCount: 0 }
    const worker = new Worker(name, job => work(job, slots, sources, deps), options)
    const onError = (error: Error) => deps.log.debug({ queue: name, error: error.message }, 'queue error')
    queue.on('error', onError)
    worker.on('error', onError)
    queues.set(name, queue)
    workers.push(worker)
    allSlots.push(slots)
  }

  const stopping = new AbortController()
  const loop = runLoop(deps, sources, pending, queues, stopping.signal)
  return {
    replace(list) {
      pending.list = list
      pending.settled = false
    },
    async stop() {
      stopping.abort()
      await loop
      // A poll that is still under way then has changed nothing: its source is due again when its lease ends.
      const ended = Promise.all([...workers.map(worker => worker.close()), ...allSlots.map(slots => slots.idle())])
      await Promise.race([ended, sleep(STOP_PATIENCE_MS)])
      await Promise.all([...queues.values()].map(queue => queue.close()))
      for (const connection of connections) connection.disconnect()
    },
  }
}

async function work(
  job: Job,
  slots: Slots,
  sources: ReadonlyMap<string, SourceConfig>,
  deps: ScheduleDeps,
): Promise<void> {
  const message = 'a poll was interrupted; its source is due again when its lease is over'
  const interrupted = (source: string) => (error: unknown) => deps.log.warn({ source, error: String(error) }, message)
  for (const { id, dueAt } of JobData.parse(job.data)) {
    const source = sources.get(id)
    if (source) await slots.begin(() => deps.poll(source, dueAt).catch(interrupted(id)))
  }
}

async function runLoop(
  deps: ScheduleDeps,
  sources: Map<string, SourceConfig>,
  pending: Pending,
  queues: ReadonlyMap<QueueName, Queue>,
  signal: AbortSignal,
): Promise<void> {
  let tick = tickOf(sources)
  // A monotonic clock: if the system clock were set back by an hour, this loop would sleep for an hour.
  let reconciledAt = performance.now()
  while (!signal.aborted) {
    const startedAt = performance.now()
    try {
      await deps.redis.set(workerKey(deps.host), toInstant(deps.now()), 'EX', HEARTBEAT_TTL_S)
      await enqueueDue(deps, sources, queues)
      if (!pending.settled || startedAt - reconciledAt >= RECONCILE_MS) {
        await applyPending(deps, sources, pending)
        tick = tickOf(sources)
        reconciledAt = startedAt
      }
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'the timetable could not be read; trying again')
    }
    await sleep(Math.max(10, tick - (performance.now() - startedAt)), undefined, { signal }).catch(() => undefined)
  }
}

const tickOf = (sources: ReadonlyMap<string, SourceConfig>): number => {
  const shortest = Math.min(...[...sources.values()].map(source => source.everyMs))
  return Math.min(TICK_MS, Math.max(50, shortest / 4))
}

async function enqueueDue(
  deps: ScheduleDeps,
  sources: ReadonlyMap<string, SourceConfig>,
  queues: ReadonlyMap<QueueName, Queue>,
): Promise<void> {
  const waiting = await Promise.all([...queues.values()].map(queue => queue.getWaitingCount()))
  const room = MAX_WAITING_JOBS - waiting.reduce((sum, count) => sum + count, 0)
  if (room <= 0) return
  const due = await takeDue(deps.redis, room * BATCH_SIZE)
  for (const [name, queue] of queues) {
    const batches = inBatches(due.filter(({ id }) => queueOf(sources.get(id)) === name))
    if (batches.length === 0) continue
    const jobIdOf = ([first]: DueSource[]) => `${first?.id}@${first?.dueAt}` // unique: every take has a new instant
    await queue.addBulk(batches.map(data => ({ name: 'polls', data, opts: { jobId: jobIdOf(data) } })))
  }
}

const inBatches = (due: readonly DueSource[]): DueSource[][] =>
  Array.from({ length: Math.ceil(due.length / BATCH_SIZE) }, (_, n) => due.slice(n * BATCH_SIZE, (n + 1) * BATCH_SIZE))

const queueOf = (source: SourceConfig | undefined): QueueName | undefined =>
  source === undefined ? undefined : source.kind === 'feed' ? 'news' : 'status'

/** Room for a number of tasks at a time. */
type Slots = {
  /** Waits for room, then begins the task; resolves when it has begun. The task must not reject. */
  begin(task: () => Promise<unknown>): Promise<void>
  idle(): Promise<void>
}

export function createSlots(limit: number): Slots {
  const underWay = new Set<Promise<unknown>>()
  return {
    async begin(task) {
      while (underWay.size >= limit) await Promise.race(underWay)
      const running: Promise<unknown> = task().finally(() => underWay.delete(running))
      underWay.add(running)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
