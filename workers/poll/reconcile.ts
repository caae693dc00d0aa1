import { isDeepStrictEqual } from 'node:util'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import {
  type Channel,
  type CountryOf,
  channelsOfArticle,
  channelsOfComponents,
  channelsOfIncident,
  channelsOfProbe,
  channelsOfSource,
} from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import type { Source } from '../../shared/domain/source.ts'
import { writeInboundSecrets } from '../../shared/redis/inbox.ts'
import { keys } from '../../shared/redis/keys.ts'
import { loadOwned, loadProbe, PollState } from '../../shared/redis/poll-state.ts'
import { writeWebhooks } from '../../shared/redis/push.ts'
import { type OnInvalid, parseRecord } from '../../shared/redis/records.ts'
import { addSource, bringForward, readSources, readTimetable, removeSource } from '../../shared/redis/timetable.ts'
import type { SourceConfig } from '../config/source-config.ts'
import { healthEvent, unpolled } from './health.ts'
import { firstDelays, timingOf } from './pace.ts'

export type ReconcileDeps = RemovalDeps & {
  /** Runs before each comparison of timetable and configuration: the last chance to replace the list. */
  beforeReconcile: () => Promise<void>
  random: () => number
  log: Logger
}

/** A new list of sources, and the changes of earlier ones that the timetable does not know yet. */
export type Pending = {
  list: readonly SourceConfig[] | null
  settled: boolean
  changed: Set<string>
  /** Sources that now own other records: that turned from a document into a probe, or post in another format. */
  switched: Set<string>
}

/** Puts a new list in force, if there is one, and brings the timetable in line. What fails is tried again next time. */
export async function applyPending(
  deps: ReconcileDeps,
  sources: Map<string, SourceConfig>,
  pending: Pending,
): Promise<void> {
  await deps.beforeReconcile()
  if (pending.list !== null) replaceSources(pending.list, sources, pending)
  pending.list = null
  await forget(deps, [...pending.switched])
  await reconcile(deps, sources)
  await bringForward(deps.redis, [...pending.changed])
  pending.switched.clear()
  pending.changed.clear()
  pending.settled = pending.list === null
}

function replaceSources(list: readonly SourceConfig[], sources: Map<string, SourceConfig>, pending: Pending): void {
  const before = new Map(sources)
  sources.clear()
  for (const source of list) {
    const known = before.get(source.id)
    sources.set(source.id, source)
    if (known === undefined || isDeepStrictEqual(known, source)) continue
    pending.changed.add(source.id)
    if (natureOf(known) !== natureOf(source)) pending.switched.add(source.id)
  }
}

/** Adds new sources to the timetable, spread over one interval, and removes those that are no longer configured. */
export async function reconcile(deps: ReconcileDeps, sources: ReadonlyMap<string, SourceConfig>): Promise<void> {
  const { redis, now, random, log } = deps
  const known = await readTimetable(redis)
  const unconfigured = [...known.keys()].filter(id => !sources.has(id))
  await forget(deps, unconfigured)
  const webhooks = new Map<string, string>()
  for (const { id, webhook } of sources.values()) if (webhook !== undefined) webhooks.set(id, webhook)
  await writeWebhooks(redis, webhooks)
  const inbound = [...sources.values()].filter(source => source.kind === 'inbound')
  await writeInboundSecrets(redis, new Map(inbound.map(({ id, secret }) => [id, secret])))
  const missing = [...sources.values()].filter(({ id, everyMs }) => known.get(id) !== timingOf(everyMs).leaseMs)
  const delays = firstDelays(missing, random)
  await Promise.all(
    missing.map(async source => {
      const timing = { leaseMs: timingOf(source.everyMs).leaseMs, delayMs: delays.get(source.id) ?? 0 }
      const isNew = await addSource(redis, unpolled(source), healthEvent(unpolled(source), now()), timing)
      if (isNew) log.info({ source: source.id, everyMs: source.everyMs }, 'now watched')
    }),
  )
}

/** Forgets sources that turned into such of another nature while no worker ran. `stored`: their old health. */
export async function forgetSwitched(
  deps: ReconcileDeps,
  sources: readonly SourceConfig[],
  stored: ReadonlyMap<string, Source>,
): Promise<void> {
  const hasSwitched = (source: SourceConfig) => natureOf(stored.get(source.id) ?? source) !== natureOf(source)
  const ids = sources.filter(hasSwitched).map(({ id }) => id)
  await forget(deps, ids)
}

/** What may be another thing under the same id: ids of posts belong to their format. */
const natureOf = ({ kind, url }: Pick<SourceConfig, 'kind' | 'url'>): string =>
  kind === 'inbound' ? url : kind === 'probe' ? kind : 'document'

async function forget(deps: ReconcileDeps, ids: readonly string[]): Promise<void> {
  const { redis, log, onInvalid } = deps
  const stored = await readSources(redis, ids, onInvalid)
  for (const id of ids) {
    await removeSource(redis, id, await sourceRemoved(id, stored.get(id), deps))
    log.info({ source: id }, 'no longer configured; its records are gone')
  }
}

/**
 * Makes sources due at once whose address changed while no worker ran: their next instant belongs to the old address,
 * and may be a day away if that was gone. `stored`: their old health. Returns the ids.
 */
export async function wakeMoved(
  redis: Redis,
  sources: readonly SourceConfig[],
  stored: ReadonlyMap<string, Source>,
): Promise<string[]> {
  const moved = sources.filter(({ id, url }) => (stored.get(id)?.url ?? url) !== url).map(({ id }) => id)
  await bringForward(redis, moved)
  return moved
}

type RemovalDeps = { redis: Redis; countryOf: CountryOf; now: () => number; onInvalid: OnInvalid }

/** The event that a source is gone, for every channel to which a record of it was sent: all clients drop them. */
export async function sourceRemoved(id: string, stored: Source | undefined, deps: RemovalDeps): Promise<EventDraft> {
  const { redis, countryOf, now, onInvalid } = deps
  const state = parseRecord(PollState, 'poll state', id, await redis.hget(keys.polls, id), onInvalid)
  const owned = await loadOwned(redis, state ?? { incidents: [], components: [], articles: [] }, onInvalid)
  const probe = await loadProbe(redis, id, onInvalid)
  const channels = new Set<Channel>([
    ...channelsOfSource(stored?.provider ?? id),
    'status',
    'news',
    ...[...owned.incidents.values()].flatMap(incident => channelsOfIncident(incident, countryOf)),
    ...[...owned.components.values()].flatMap(({ provider }) => channelsOfComponents(provider)),
    ...[...owned.articles.values()].flatMap(article => channelsOfArticle(article, countryOf)),
    ...(probe === null ? [] : channelsOfProbe(probe, countryOf)),
  ])
  return { type: 'source.removed', at: toInstant(now()), channels: [...channels], data: { id } }
}
