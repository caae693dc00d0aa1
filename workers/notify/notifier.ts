import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { CountryOf } from '../../shared/domain/channels.ts'
import { pathOf } from '../../shared/domain/pages.ts'
import { type RecordId, sourceOf, toInstant } from '../../shared/domain/primitives.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import { applyEvent, type View, type ViewLimits } from '../../shared/domain/view.ts'
import { acknowledgeKey, acknowledgeSecret } from '../../shared/redis/acknowledge-key.ts'
import type { WaitingMessage } from '../../shared/redis/deliveries.ts'
import { awaitEvents } from '../../shared/redis/event-stream.ts'
import { keys } from '../../shared/redis/keys.ts'
import { keepLease } from '../../shared/redis/lease.ts'
import { startLeasedWork } from '../../shared/redis/leased-work.ts'
import { loadView } from '../../shared/redis/load-view.ts'
import { commitNotify, readNotify } from '../../shared/redis/notify-store.ts'
import { type OnInvalid, parseHash } from '../../shared/redis/records.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'
import { type Trace, untraced } from '../../shared/trace.ts'
import type { Notify, Rule } from '../config/notify-config.ts'
import { Conversation } from './decide/conversation.ts'
import { createDecider, type Decider, type DeciderDeps, type Missed, RuleMemory } from './decide/decider.ts'
import { incidentOf, missedSince } from './decide/missed.ts'
import { ruleBook } from './decide/rules.ts'
import { liftOver } from './lift-over.ts'
import { type ComposeDeps, composeDigest, composeMessage } from './words/compose.ts'
import type { Message } from './words/message.ts'
import type { Names } from './words/names.ts'

/** Another worker takes over this long after a worker died, in ms. */
const LEASE_MS = 6_000
/** How often what only the time changes is looked at, in ms. */
const TICK_MS = 2_000
/** How many events are decided on before what was decided is stored. */
const BATCH = 200
/** Articles concern no rule; of ended incidents a digest needs those of a week. */
export const limits: ViewLimits = { incidents: 3_000, articles: 0 }

/** What is known of the world beside stacks: services, what vendors run on, and how all is called. */
export type World = Pick<StackFacts, 'dependencies' | 'siteOf'> &
  Pick<Names, 'vendors'> &
  Pick<Catalogue, 'providers' | 'regions'> &
  Pick<DeciderDeps, 'homesOf'> & { services: StackFacts['services'] & Names['services'] }

export type NotifierDeps = {
  redis: Redis
  /** Its own, because waiting for events blocks it. */
  blocked: Redis
  /** Rules, and stacks beside those of the settings. Another object each time that they change. */
  notify: () => Pick<Notify, 'rules'> & { stacks: readonly Stack[] }
  world: World
  countryOf: CountryOf
  publicUrl: string | null
  /** Called when messages have been put into their lanes. */
  onQueued: () => void
  now: () => number
  log: Logger
  onInvalid: OnInvalid
  trace?: Trace
}

/**
 * Decides who hears what, while it holds the lease: follows the stream, compares how things are with what was told,
 * and stores what it decides with the cursor and the messages, all or nothing. So one that is killed neither loses nor
 * doubles a decision. Without rules, and while nobody has acknowledged anything, it follows nothing.
 */
export const startNotifier = (deps: NotifierDeps): { stop(): Promise<void> } =>
  startLeasedWork({
    ...deps,
    lease: keys.notifyLease,
    leaseMs: LEASE_MS,
    name: 'the notifier',
    isWanted: () => hasWork(deps),
    work: (who, losses, signal) => follow(deps, who, losses, signal),
  })

const hasWork = async ({ redis, notify }: NotifierDeps): Promise<boolean> =>
  notify().rules.length > 0 || (await redis.hlen(keys.handlings)) > 0

async function follow(deps: NotifierDeps, who: string, losses: () => number, signal: AbortSignal): Promise<void> {
  const { redis, blocked, now, log, onInvalid, trace = untraced } = deps
  const lossesBefore = losses()
  const renewing = keepLease(redis, keys.notifyLease, who, LEASE_MS)
  const { stored, view, missed, secret } = await begin(deps).finally(() => clearInterval(renewing))
  log.info({ head: view.head, isFirst: missed === null }, 'notifying')

  let wanted = deps.notify()
  let stacks = view.settings.stacks
  let decider = deciderOf(deps, view, wanted, {
    conversations: parseHash(Conversation, 'conversation', stored.conversations, onInvalid),
    memories: parseHash(RuleMemory, 'rule', stored.rules, onInvalid),
    missed,
  })
  decider.decider.lookAtAll(now())

  let cursor = stored.cursor
  const store = async (): Promise<boolean> => {
    const composed = {
      ...decider,
      view,
      publicUrl: deps.publicUrl,
      acknowledgeUrlOf: linksOf(deps, secret),
      now: now(),
    }
    const commit = {
      ...decided(decider.decider, composed),
      who,
      leaseMs: LEASE_MS,
      from: cursor,
      cursor: view.head,
      now: now(),
    }
    const traced = commit.messages.length > 0 ? trace : untraced
    const about = { 'nephoscope.messages': commit.messages.length, 'nephoscope.event.last': commit.cursor }
    if (!(await traced('notify', about, () => commitNotify(redis, commit)))) return false
    cursor = view.head
    if (commit.messages.length > 0) deps.onQueued()
    return true
  }

  while (!signal.aborted) {
    // a lost lease is not taken again here: another worker may have decided since
    if (!(await store())) return log.info({}, 'the lease to notify ran out')
    await liftOver(deps, view)
    // A monotonic clock: the system clock may be set back by an hour.
    const tickAt = performance.now() + TICK_MS
    const { events, last, mustReload, hasGap } = await awaitEvents(blocked, view.head, BATCH, TICK_MS, onInvalid)
    if (losses() !== lossesBefore) return
    if (mustReload || hasGap)
      return log.warn({ mustReload, hasGap }, 'events were missed; what is open is compared with what was told')
    const renew = (missed: Missed) => {
      wanted = deps.notify()
      stacks = view.settings.stacks
      const { conversations, memories } = decider.decider
      decider = deciderOf(deps, view, wanted, { conversations, memories, missed })
      decider.decider.lookAtAll(now())
    }
    // what comes is news for a new rule, and what is there is not
    if (deps.notify() !== wanted) renew({ opened: new Set(), changed: new Set() })
    const looked = new Map<RecordId, boolean>()
    for (const event of events) {
      const isFirstReading = event.type === 'incident.opened' && isUnread(view, event.data.id)
      applyEvent(view, event, limits)
      const id = incidentOf(event)
      if (id !== null && !looked.has(id)) looked.set(id, isFirstReading)
    }
    view.head = last
    if (view.settings.stacks !== stacks) renew({ opened: new Set(looked.keys()), changed: new Set(looked.keys()) })
    for (const [id, isFirstReading] of looked) decider.decider.look(id, isFirstReading, now())
    if (performance.now() >= tickAt - 10 || events.length === 0) decider.decider.tick(now())
  }
}

async function begin(deps: NotifierDeps) {
  const { redis, blocked, onInvalid } = deps
  const stored = await readNotify(redis)
  const view = await loadView(blocked, onInvalid)
  const missed = stored.cursor === null ? null : await missedSince(stored.cursor, view, redis, onInvalid)
  return { stored, view, missed, secret: await acknowledgeSecret(redis) }
}

type OpenDesk = { decider: Decider } & Pick<ComposeDeps, 'book' | 'names'>

export function deciderOf(
  { world, countryOf }: Pick<NotifierDeps, 'world' | 'countryOf'>,
  view: View,
  wanted: { rules: readonly Rule[]; stacks?: readonly Stack[] },
  known: Pick<DeciderDeps, 'conversations' | 'memories' | 'missed'>,
): OpenDesk {
  const stacks = new Map([...view.settings.stacks, ...(wanted.stacks ?? [])].map(stack => [stack.id, stack]))
  const facts: StackFacts = { ...world, stacks }
  const book = ruleBook(wanted.rules, facts, countryOf)
  const names: Names = { ...world, stacks, sources: view.sources }
  return { book, names, decider: createDecider({ view, book, facts, homesOf: world.homesOf, ...known }) }
}

/** What the first reading of a source brings was open before it was watched, and is no news. */
const isUnread = ({ sources }: View, incident: RecordId): boolean => sources.get(sourceOf(incident))?.lastOkAt === null

/** What the decider decided, as it is stored. */
function decided(decider: Decider, composed: ComposeDeps) {
  const { conversations, memories, told, digests } = decider.take()
  const json = (map: ReadonlyMap<string, unknown>) =>
    new Map([...map].map(([id, value]) => [id, value === null ? null : JSON.stringify(value)]))
  const messages = [
    ...told.map(one => ({ rule: one.rule, message: composeMessage(one, composed) })),
    ...digests.map(one => ({ rule: one.rule, message: composeDigest(one, composed) })),
  ]
  return {
    conversations: json(conversations),
    rules: json(memories),
    messages: messages.flatMap(({ rule, message }) =>
      rule.to.map(target => waitingMessage(target, message, composed.now)),
    ),
  }
}

export const waitingMessage = (target: string, message: Message, now: number): WaitingMessage => {
  const { id, rule, conversation, occasion, incident, place, title } = message
  return { id, target, rule, conversation, occasion, incident, place, title, queuedAt: toInstant(now), message }
}

/** Links that let their reader acknowledge one incident. Servers never see a fragment. */
const linksOf =
  ({ publicUrl }: NotifierDeps, secret: string) =>
  (incident: RecordId) =>
    publicUrl === null
      ? null
      : `${publicUrl}${pathOf({ name: 'incident', incident })}#acknowledge=${acknowledgeKey(secret, incident)}`
