import { UNWATCHED_MS } from '../../shared/domain/history.ts'
import { type Incident, isActive, isFaded, isPublic, statusOfIncident } from '../../shared/domain/incident.ts'
import { descending } from '../../shared/domain/order.ts'
import { type Instant, sourceOf } from '../../shared/domain/primitives.ts'
import { limitedTo, type Region } from '../../shared/domain/region.ts'
import { isSilent, isStatusSource, type Source } from '../../shared/domain/source.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'

export type StatusSummary = {
  /** `unknown` where nothing fresh is known. */
  status: Status
  since: Instant | null
  /** Until when which status was fresh; null while `status` is fresh, or where nothing was ever known. */
  lastKnown: { status: Status; at: Instant } | null
  /** The number of services to which the status of a region is limited; 0 where all of it is in that state. */
  services?: number
}

export type SummaryFacts = { view: View; catalogue: Catalogue; workersAt: Instant | null; now: number }

/** The provider's name; of one that the catalogue lacks, such as GitHub, that of its status source. */
export function nameOfProvider(
  provider: string,
  { catalogue, view }: Pick<SummaryFacts, 'catalogue' | 'view'>,
): string {
  const known = catalogue.providers.get(provider)
  if (known) return known.name
  const its = [...view.sources.values()].find(source => source.provider === provider && isStatusSource(source))
  return its?.name ?? provider
}

/** The status of a region. Without a heartbeat for a minute nothing is fresh, whatever is stored. Pure. */
export function regionSummary(region: Region, { view, workersAt, now }: SummaryFacts): StatusSummary {
  const known = view.statuses.get(region.id)
  if (known === undefined) return { status: 'unknown', since: null, lastKnown: null }
  const { status, since, lastKnown } = known
  if (isWatched(workersAt, now) || status === 'unknown') return { status, since, lastKnown, services: limitedTo(known) }
  const at = workersAt ?? since
  return { status: 'unknown', since: null, lastKnown: at === null ? null : { status, at } }
}

/** How many open regions of all that are watched are in which state, the worst first. Silence never looks like health. */
export function regionCounts(facts: SummaryFacts): { status: Status; count: number }[] {
  const counts = new Map<Status, number>()
  for (const provider of facts.catalogue.providers.keys())
    for (const region of openRegionsOf(provider, facts.catalogue)) {
      if (!facts.view.statuses.has(region.id)) continue
      const { status } = regionSummary(region, facts)
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }
  return [...counts].map(([status, count]) => ({ status, count })).sort(descending(({ status }) => severity[status]))
}

/**
 * The worst known part of a provider: its regions, and what names no region or is global. `unknown` when a part is not
 * known; undefined when it is not watched.
 */
export function providerSummary(provider: string, deps: SummaryFacts): StatusSummary | undefined {
  const { view, catalogue, workersAt, now } = deps
  const sources = statusSourcesOf(provider, view)
  if (sources.length === 0) return undefined
  const isSpeaking = (id: string): boolean => {
    const source = view.sources.get(sourceOf(id))
    return isWatched(workersAt, now) && source !== undefined && !isSilent(source, now)
  }
  const regions = openRegionsOf(provider, catalogue).map(region => regionSummary(region, deps))
  const components = [...view.components.values()].filter(one => one.provider === provider && one.regions.length === 0)
  const incidents = activeIncidentsOf(provider, view).filter(
    incident => !isOfRegions(incident) && !isFaded(incident, now),
  )
  const claims = [
    ...components.map(({ id, status }) => ({ id, status })),
    ...incidents.map(incident => ({ id: incident.id, status: statusOfIncident(incident) })),
  ]
  const status = worst([...regions, ...claims.filter(({ id }) => isSpeaking(id))].map(one => one.status))
  if (severity[status] > 0) return { status, since: null, lastKnown: null }
  const silent = sources.filter(({ id }) => !isSpeaking(`${id}/`))
  const isKnown = silent.length === 0 && regions.every(region => region.status !== 'unknown')
  if (isKnown) return { status: 'operational', since: null, lastKnown: null }
  const instants = [...regions.map(({ lastKnown }) => lastKnown?.at), ...silent.map(source => source.lastOkAt)]
  const at = instants.filter(instant => instant !== undefined && instant !== null).sort()[0]
  const before = worst([
    ...regions.map(region => region.lastKnown?.status ?? region.status),
    ...claims.map(one => one.status),
  ])
  return { status: 'unknown', since: null, lastKnown: at === undefined ? null : { status: before, at } }
}

/** What only regions are in is in their statuses, by breadth. */
const isOfRegions = ({ scope, regions }: Incident): boolean => scope === 'regional' && regions.length > 0

export const isWatched = (workersAt: Instant | null, now: number): boolean =>
  workersAt !== null && now - Date.parse(workersAt) <= UNWATCHED_MS

const statusSourcesOf = (provider: string, view: View): Source[] =>
  [...view.sources.values()].filter(source => source.provider === provider && isStatusSource(source))

export const openRegionsOf = (provider: string, catalogue: Catalogue): Region[] =>
  [...catalogue.regions.values()].filter(region => region.provider === provider && region.state !== 'announced')

export const activeIncidentsOf = (provider: string, view: View): Incident[] =>
  [...view.incidents.values()].filter(
    incident => incident.provider === provider && isActive(incident) && isPublic(incident),
  )
