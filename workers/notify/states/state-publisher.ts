import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { UNWATCHED_MS } from '../../../shared/domain/history.ts'
import type { StackFacts } from '../../../shared/domain/reason.ts'
import { stackStatuses, withParts } from '../../../shared/domain/stack-status.ts'
import { applyEvent, type View, type ViewLimits } from '../../../shared/domain/view.ts'
import { countLosses } from '../../../shared/redis/connect.ts'
import { awaitEvents } from '../../../shared/redis/event-stream.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { holdLease, releaseLease } from '../../../shared/redis/lease.ts'
import { loadView, refreshSources } from '../../../shared/redis/load-view.ts'
import type { OnInvalid } from '../../../shared/redis/records.ts'
import { lastRollUp } from '../../../shared/redis/rollup-store.ts'
import type { PrivateReach } from '../../http/reach.ts'
import type { Senders } from '../send-deps.ts'
import type { MqttConfig } from '../targets/mqtt.ts'
import { type KnownStates, type Names, retainedOf } from './mqtt-states.ts'
import { type StateBroker, stateBroker } from './state-broker.ts'

/** Another worker takes over this long after a worker died, in ms. */
const LEASE_MS = 10_000
/** How long to wait for events before the lease is renewed, in ms. */
const TICK_MS = 1_000
/** Without an event the states are computed this often, as sources become silent by the clock alone. */
const CLOCK_MS = 10_000
const PAUSE_MS = 1_000
const limits: ViewLimits = { incidents: 0, articles: 0 }

export type PlacedBroker = { config: MqttConfig; isPrivate: PrivateReach | undefined }

export type StatePublisherDeps = {
  senders: Pick<Senders, 'for'>
  redis: Redis
  /** Its own, because waiting for events blocks it. */
  blocked: Redis
  names: Names
  world: Omit<StackFacts, 'stacks'>
  publicUrl: string | undefined
  now: () => number
  log: Logger
  onInvalid: OnInvalid
}

export type StatePublisher = {
  /** From now on the states are kept at these brokers; what others keep of ours is cleared. */
  replace(configs: readonly PlacedBroker[]): void
  stop(): Promise<void>
}

/**
 * Keeps the states of stacks and regions at MQTT brokers, as retained messages, while it holds the lease. They follow
 * from the view alone, so a successor needs no hand-over, and a broker that was away is made right when it is back.
 */
export function startStatePublisher(deps: StatePublisherDeps, first: readonly PlacedBroker[]): StatePublisher {
  const workerId = randomUUID()
  const stopping = new AbortController()
  const losses = countLosses(deps.blocked)
  const brokers = new Map<string, StateBroker>()
  let configs = new Map(first.map(config => [JSON.stringify(config), config]))
  let heldAt = Number.NEGATIVE_INFINITY

  const hold = async () => {
    const isHeld = configs.size > 0 && (await holdLease(deps.redis, keys.statesLease, workerId, LEASE_MS))
    if (isHeld) heldAt = performance.now()
    return isHeld
  }
  const closeAll = async () => {
    const open = [...brokers.values()]
    brokers.clear()
    await Promise.all(open.map(broker => broker.close(false)))
  }
  const clearRemoved = async () => {
    for (const [key, broker] of brokers)
      if (!configs.has(key)) {
        brokers.delete(key)
        await broker.close(true)
      }
  }
  const tell = async (states: KnownStates) => {
    await clearRemoved()
    for (const [key, { config, isPrivate }] of configs) {
      const { checkHost } = deps.senders.for(isPrivate)
      const broker = brokers.get(key) ?? stateBroker(config, { ...deps, checkHost })
      brokers.set(key, broker)
      broker.keep(retainedOf(states, config, deps.names, deps.publicUrl))
    }
  }

  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        if (await hold()) await follow(deps, { hold, tell, losses, signal: stopping.signal })
        if (!stopping.signal.aborted) await clearRemoved()
      } catch (error) {
        if (!stopping.signal.aborted) deps.log.warn({ error: String(error) }, 'publishing states was interrupted')
      }
      // a moment without Redis is no reason to say that we are gone
      if (performance.now() - heldAt > LEASE_MS) await closeAll()
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    replace(next) {
      configs = new Map(next.map(config => [JSON.stringify(config), config]))
    },
    async stop() {
      stopping.abort()
      deps.blocked.disconnect()
      await done
      await closeAll()
      await releaseLease(deps.redis, keys.statesLease, workerId).catch(() => undefined) // it expires
    },
  }
}

type Following = {
  hold(): Promise<boolean>
  tell(states: KnownStates): Promise<void>
  losses(): number
  signal: AbortSignal
}

async function follow(deps: StatePublisherDeps, { hold, tell, losses, signal }: Following): Promise<void> {
  const { redis, blocked, onInvalid } = deps
  const lossesBefore = losses()
  const view = await loadView(blocked, onInvalid)
  let isDue = true
  let states: KnownStates | null = null
  let computedAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted && (await hold())) {
    if (isDue || performance.now() - computedAt > CLOCK_MS) {
      await refreshSources(redis, view, onInvalid)
      states = statesIn(view, deps, await lastRollUp(redis))
      computedAt = performance.now()
    }
    if (states !== null) await tell(states)
    const { events, last, mustReload, hasGap } = await awaitEvents(blocked, view.head, 1_000, TICK_MS, onInvalid)
    if (losses() !== lossesBefore || mustReload || hasGap) return
    for (const event of events) applyEvent(view, event, limits)
    view.head = last
    isDue = events.some(({ type }) => !type.startsWith('article.'))
  }
}

function statesIn(view: View, { world, now }: StatePublisherDeps, rolledUpAt: number | null): KnownStates {
  const byId = new Map(view.settings.stacks.map(stack => [stack.id, stack]))
  const facts = { ...world, stacks: byId }
  const at = now()
  const statusOf = stackStatuses(withParts(view), facts, at)
  return {
    stacks: view.settings.stacks.map(stack => ({ stack, status: statusOf(stack, view.incidents.values()).status })),
    byId,
    statuses: view.statuses,
    isUnwatched: rolledUpAt === null || at - rolledUpAt > UNWATCHED_MS,
  }
}
