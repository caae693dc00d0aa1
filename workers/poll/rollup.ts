import { isDeepStrictEqual } from 'node:util'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { type CountryOf, channelsOfRegion } from '../../shared/domain/channels.ts'
import type { Event } from '../../shared/domain/events.ts'
import { UNWATCHED_MS } from '../../shared/domain/history.ts'
import { toInstant } from '../../shared/domain/primitives.ts'
import { type Region, type RegionStatus, servicesIn } from '../../shared/domain/region.ts'
import { rollUp } from '../../shared/domain/region-status.ts'
import { isStatusSource, type Source } from '../../shared/domain/source.ts'
import { applyEvent, type View, type ViewLimits } from '../../shared/domain/view.ts'
import { awaitEvents } from '../../shared/redis/event-stream.ts'
import { keys } from '../../shared/redis/keys.ts'
import { startLeasedWork } from '../../shared/redis/leased-work.ts'
import { loadView, refreshSources } from '../../shared/redis/load-view.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { commitRollUp, lastRollUp } from '../../shared/redis/rollup-store.ts'
import type { ServiceMatcher } from '../../shared/services/service-matcher.ts'
import { type Trace, untraced } from '../../shared/trace.ts'

/** Another worker takes over this long after a worker died, in ms. */
const LEASE_MS = 6_000
/** How long to wait for events before the clock is checked again, in ms. */
const TICK_MS = 1_000
/** The roll-up needs active incidents and no articles. */
const limits: ViewLimits = { incidents: 0, articles: 0 }

export type RollUpDeps = {
  redis: Redis
  /** Its own, because waiting for events blocks it. It loads the view too: another may have reached another server. */
  blocked: Redis
  regions: ReadonlyMap<string, Region>
  countryOf: CountryOf
  services: { match: Pick<ServiceMatcher, 'one'> }
  now: () => number
  log: Logger
  onInvalid: OnInvalid
  trace?: Trace
}

/**
 * Keeps the status of every region while it holds the lease: follows the stream, checks the clock once a second and
 * commits changes. Statuses follow from the stored records, so a successor needs no hand-over. The lease fences every
 * commit: of two workers that believe to hold it, one writes.
 */
export const startRollUp = (deps: RollUpDeps): { stop(): Promise<void> } =>
  startLeasedWork({
    ...deps,
    lease: keys.rollUpLease,
    leaseMs: LEASE_MS,
    name: 'the roll-up',
    work: (who, losses, signal) => follow(deps, who, losses, signal),
  })

async function follow(deps: RollUpDeps, workerId: string, losses: () => number, signal: AbortSignal): Promise<void> {
  const { redis, blocked, now, onInvalid, log, trace = untraced } = deps
  const lossesBefore = losses()
  const matters = relevantTo(deps.regions)
  const view = await loadView(blocked, onInvalid)
  for (const source of view.sources.values()) if (!matters.source(source)) view.sources.delete(source.id)
  log.info({ head: view.head }, 'rolling up')
  let lastCommitAt = await lastRollUp(redis)
  let isFirst = true
  while (!signal.aborted) {
    await refreshSources(redis, view, onInvalid)
    const changes = changedStatuses(deps, view)
    const committedAt = now()
    const silentSince = lastCommitAt !== null && committedAt - lastCommitAt > UNWATCHED_MS ? lastCommitAt : null
    const changed = changes.map(({ status }) => status)
    // The first commit records every status, so that the history of an unchanged region begins here too.
    const remember = isFirst ? [...new Map([...view.statuses, ...changed.map(pair)]).values()] : changed
    const commit = { who: workerId, leaseMs: LEASE_MS, now: committedAt, changes, remember, silentSince }
    // A lost lease is not taken again here: another worker may have committed since.
    const traced = changes.length > 0 ? trace : untraced
    const isHeld = await traced('roll-up', { 'nephoscope.regions': changes.length }, () => commitRollUp(redis, commit))
    if (!isHeld) return log.info({}, 'the lease to roll up ran out')
    lastCommitAt = committedAt
    isFirst = false
    for (const status of changed) view.statuses.set(status.region, status)
    // A monotonic clock: the system clock may be set back by an hour.
    const tickAt = performance.now() + TICK_MS
    for (let isDue = false; !isDue && !signal.aborted; isDue ||= performance.now() >= tickAt) {
      const { events, last, mustReload, hasGap } = await awaitEvents(blocked, view.head, 1_000, TICK_MS, onInvalid)
      if (losses() !== lossesBefore || mustReload || hasGap) return
      const relevant = events.filter(matters.event)
      for (const event of relevant) applyEvent(view, event, limits)
      view.head = last
      isDue = relevant.length > 0
    }
  }
}

const pair = (status: RegionStatus) => [status.region, status] as const

/** What can change the status of a region. Thousands of other sources and their news cannot. */
function relevantTo(regions: RollUpDeps['regions']) {
  const providers = new Set([...regions.values()].map(region => region.provider))
  const ofProvider = ({ provider }: { provider: string }): boolean => providers.has(provider)
  const source = (candidate: Pick<Source, 'kind' | 'provider'>): boolean =>
    isStatusSource(candidate) && ofProvider(candidate)
  const event = (candidate: Event): boolean => {
    switch (candidate.type) {
      case 'incident.opened':
      case 'incident.updated':
      case 'incident.resolved':
        return ofProvider(candidate.data)
      case 'components.updated':
      case 'source.removed':
        return true
      case 'source.health':
        return source(candidate.data)
      default:
        return false
    }
  }
  return { source, event }
}

type Rules = Pick<RollUpDeps, 'regions' | 'countryOf' | 'services' | 'now'>

/** The statuses of regions that differ from those of the view, each with its event. */
export function changedStatuses(deps: Rules, view: View) {
  const statuses = rollUp({
    regions: deps.regions.values(),
    incidents: view.incidents.values(),
    components: view.components.values(),
    sources: view.sources.values(),
    previous: view.statuses,
    serviceOf: deps.services.match.one,
    now: deps.now(),
  })
  return statuses
    .filter(status => !isDeepStrictEqual(status, view.statuses.get(status.region)))
    .map(status => ({ status, event: statusEvent(status, view.statuses.get(status.region), deps) }))
}

/** Whoever follows a service that was in trouble hears that it no longer is. */
const statusEvent = (status: RegionStatus, before: RegionStatus | undefined, deps: Rules) => ({
  type: 'region.status' as const,
  at: toInstant(deps.now()),
  channels: channelsOfRegion(status.region, deps.countryOf, [
    ...new Set([...servicesIn(status), ...(before === undefined ? [] : servicesIn(before))]),
  ]),
  data: status,
})
