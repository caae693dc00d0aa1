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
import { keys } from '../../shared/redis/keys.ts'
import { loadOwned, loadProbe, PollState } from '../../shared/redis/poll-state.ts'
import { writeWebhooks } from '../../shared/redis/push-source.ts'
import { type OnInvalid, parseRecord } from '../../shared/redis/records.ts'
import { admitSource, bringForward, forgetSource, readSources, readTimetable } from '../../shared/redis/timetable.ts'
import type { SourceConfig } from '../config/source-config.ts'
import { healthEvent, unpolled } from './health.ts'
import { firstDelays, timingOf } from './pace.ts'

export type ReconcileDeps = RemovalDeps & {
  /** Called each time before the timetable is compared with the configuration: the last chance to give another. */
  beforeReconcile: () => Promise<void>
  random: () => number
  log: Logger
}

/** A new list, and what of an earlier one the timetable does not know of yet. */
export type Pending = {
  list: readonly SourceConfig[] | null
  settled: boolean
  /** Sources to be polled anew. */
  changed: Set<string>
  /** Sources that own other records than before: a probe and a document do. */
  turned: Set<string>
}

/** Puts a new list in force, if there is one, and makes the timetable what the configuration says. What fails is owed and done the next time. */
export async function settle(deps: ReconcileDeps, sources: Map<string, SourceConfig>, pending: Pending): Promise<void> {
  await deps.beforeReconcile()
  if (pending.list !== null) putInForce(pending.list, sources, pending)
  pending.list = null
  await forget(deps, [...pending.turned])
  await reconcile(deps, sources)
  await bringForward(deps.redis, [...pending.changed])
  pending.turned.clear()
  pending.changed.clear()
  pending.settled = pending.list === null
}

function putInForce(list: readonly SourceConfig[], sources: Map<string, SourceConfig>, pending: Pending): void {
  const before = new Map(sources)
  sources.clear()
  for (const source of list) {
    const known = before.get(source.id)
    sources.set(source.id, source)
    if (known === undefined || isDeepStrictEqual(known, source)) continue
    pending.changed.add(source.id)
    if (isProbe(known) !== isProbe(source)) pending.turned.add(source.id)
  }
}

/** Makes the timetable what the configuration says: new sources appear spread over one interval, gone ones disappear. */
export async function reconcile(deps: ReconcileDeps, sources: ReadonlyMap<string, SourceConfig>): Promise<void> {
  const { redis, now, random, log } = deps
  const known = await readTimetable(redis)
  await forget(
    deps,
    [...known.keys()].filter(id => !sources.has(id)),
  )
  const hooked = [...sources.values()].flatMap(({ id, webhook }) =>
    webhook === undefined ? [] : [[id, webhook] as const],
  )
  await writeWebhooks(redis, new Map(hooked))
  const missing = [...sources.values()].filter(({ id, everyMs }) => known.get(id) !== timingOf(everyMs).leaseMs)
  const delays = firstDelays(missing, random)
  await Promise.all(
    missing.map(async source => {
      const timing = { leaseMs: timingOf(source.everyMs).leaseMs, delayMs: delays.get(source.id) ?? 0 }
      const isNew = await admitSource(redis, unpolled(source), healthEvent(unpolled(source), now()), timing)
      if (isNew) log.info({ source: source.id, everyMs: source.everyMs }, 'now watched')
    }),
  )
}

/** What became a document or a probe while no worker ran is another source. `stored`: what was known of them then. */
export async function forgetTurned(
  deps: ReconcileDeps,
  sources: readonly SourceConfig[],
  stored: ReadonlyMap<string, Source>,
): Promise<void> {
  const turned = sources.filter(source => isProbe(stored.get(source.id) ?? source) !== isProbe(source))
  await forget(
    deps,
    turned.map(({ id }) => id),
  )
}

const isProbe = ({ kind }: Pick<SourceConfig, 'kind'>): boolean => kind === 'probe'

async function forget(deps: ReconcileDeps, ids: readonly string[]): Promise<void> {
  const { redis, log, onInvalid } = deps
  const stored = await readSources(redis, ids, onInvalid)
  for (const id of ids) {
    await forgetSource(redis, id, await sourceRemoved(id, stored.get(id), deps))
    log.info({ source: id }, 'no longer configured; its records are gone')
  }
}

/**
 * Makes due at once what got another address while no worker ran: its next instant is that of the old address, which may be a
 * day away when that was gone. `stored`: what was known of them then. Returns the ids.
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

/**
 * The event that says that a source is gone, in every channel in which any of its records was told: whoever holds one lets go of it.
 * @param stored what is known of the source, if anything is
 */
export async function sourceRemoved(id: string, stored: Source | undefined, deps: RemovalDeps): Promise<EventDraft> {
  const { redis, countryOf, now, onInvalid } = deps
  const state = parseRecord(PollState, 'poll state', id, await redis.hget(keys.polls, id), onInvalid)
  const none = { incidents: [], components: [], articles: [] }
  const [owned, probe] = await Promise.all([
    loadOwned(redis, state ?? none, onInvalid),
    loadProbe(redis, id, onInvalid),
  ])
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
