import { isDeepStrictEqual } from 'node:util'
import type { Logger } from 'pino'
import type { Source } from '../shared/domain/source.ts'
import { admitSource, bringForward, forgetSource, readSources, readTimetable } from '../shared/redis/timetable.ts'
import { writeWebhooks } from '../shared/redis/webhooks.ts'
import { firstDelays } from './first-delays.ts'
import { unpolled } from './health.ts'
import { healthEvent } from './poll.ts'
import type { SourceConfig } from './source-config.ts'
import { type RemovalDeps, sourceRemoved } from './source-removed.ts'
import { timingOf } from './timing.ts'

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
