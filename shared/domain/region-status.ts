import { statusByBreadth } from './breadth.ts'
import { type Incident, isActive, isFaded, isPublic, statusOfIncident } from './incident.ts'
import { ascending, descending, firstOf, groupBy } from './order.ts'
import { type RecordId, type RegionId, sourceOf, toInstant } from './primitives.ts'
import { MAX_LISTED_SERVICES, type Region, type RegionStatus } from './region.ts'
import { reportOf, type ServiceOf } from './region-report.ts'
import { isFresh, isStatusSource, type Source } from './source.ts'
import { type Component, type Status, severity, worst } from './status.ts'

export type RollUpInput = {
  regions: Iterable<Region>
  incidents: Iterable<Incident>
  components: Iterable<Component>
  sources: Iterable<Source>
  /** The result of the last roll-up; gives `since` and `lastKnown`. */
  previous: ReadonlyMap<RegionId, RegionStatus>
  serviceOf?: ServiceOf | undefined
  now: number
}

/**
 * Computes the status of every open region. Pure; the order of the input does not matter.
 *
 * A region is `stale` when one of the status sources of its provider is silent. A stale region is `unknown` unless a
 * fresh source reports trouble: silence is never shown as operational. A region that never had a source has no status.
 * Incidents that name no region affect the provider, not its regions; a global one that names some affects both. One of
 * a history without news for days affects none, and neither does a word to our own account.
 *
 * A part of a region is not the region. Troubled services give it a status by impact and breadth (`statusByBreadth`):
 * a core service its own, another one of 240 'degraded' at most. What is said of the region as a whole (`reportOf`)
 * counts as it is said.
 */
export function rollUp(input: RollUpInput): RegionStatus[] {
  const sources = new Map<string, Source>()
  for (const source of input.sources) sources.set(source.id, source)
  const covering = groupBy([...sources.values()].filter(isStatusSource), source => source.provider)
  const fresh = (id: RecordId): boolean => {
    const source = sources.get(sourceOf(id))
    return source !== undefined && isFresh(source, input.now)
  }
  const incidents = groupBy(
    [...input.incidents].filter(
      incident =>
        isPublic(incident) && isActive(incident) && !isFaded(incident, input.now) && incident.regions.length > 0,
    ),
    incident => incident.regions,
  )
  const components = groupBy(
    [...input.components].filter(component => severity[component.status] > 0),
    component => component.regions,
  )

  const regions = new Map([...input.regions].map(region => [region.id, region]))
  const result: RegionStatus[] = []
  for (const region of regions.values()) {
    if (region.state === 'announced') continue
    const here = (incidents.get(region.id) ?? []).sort(worstFirst)
    const parts = components.get(region.id) ?? []
    const cover = covering.get(region.provider) ?? []
    const live = cover.length > 0 && cover.every(source => isFresh(source, input.now))
    const report = reportOf(region, here, parts, regions, input.serviceOf)
    const heard = { here: here.filter(({ id }) => fresh(id)), parts: parts.filter(({ id }) => fresh(id)) }
    const isAllFresh = heard.here.length === here.length && heard.parts.length === parts.length
    const current = isAllFresh ? report : reportOf(region, heard.here, heard.parts, regions, input.serviceOf)
    const reported = worst([current.whole ?? 'operational', statusByBreadth(region.provider, current.services)])
    const status: Status = live || reported !== 'operational' ? reported : 'unknown'
    const previous = input.previous.get(region.id)
    if (cover.length === 0 && previous === undefined) continue
    result.push({
      region: region.id,
      status,
      since: since(status, here, previous, input.now),
      incidents: here.map(incident => incident.id),
      services: report.services.slice(0, MAX_LISTED_SERVICES),
      serviceCount: report.services.length,
      whole: current.whole,
      freshness: live ? 'live' : 'stale',
      lastKnown: live ? null : lastKnown(previous, cover),
    })
  }
  return result
}

function since(status: Status, incidents: Incident[], previous: RegionStatus | undefined, now: number): string | null {
  if (previous?.status === status) return previous.since
  if (previous?.lastKnown?.status === status) return previous.lastKnown.since
  const wasQuiet = previous === undefined || severity[previous.status] <= 0
  const causes = incidents
    .filter(incident => severity[statusOfIncident(incident)] >= severity[status])
    .map(incident => incident.startedAt)
  const earliest = causes.sort()[0]
  if (wasQuiet && earliest !== undefined) return earliest
  // the first reading of a healthy region does not tell since when it is
  const wasNeverRead = previous === undefined || (previous.status === 'unknown' && previous.lastKnown === null)
  return wasNeverRead && severity[status] <= 0 ? null : toInstant(now)
}

function lastKnown(previous: RegionStatus | undefined, cover: Source[]): RegionStatus['lastKnown'] {
  if (previous === undefined) return null
  if (previous.lastKnown !== null || previous.status === 'unknown') return previous.lastKnown
  const read = cover.map(source => source.lastOkAt ?? '').sort()[0]
  return read ? { status: previous.status, since: previous.since, at: read } : null
}

/** Most severe first, then the newest, then by id. */
export const worstFirst = firstOf<Incident>(
  descending(incident => severity[statusOfIncident(incident)]),
  descending('startedAt'),
  ascending('id'),
)
