import type { Component } from '../../shared/domain/component.ts'
import { type Incident, isActive, statusOfIncident } from '../../shared/domain/incident.ts'
import { groupBy } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { type Status, worst } from '../../shared/domain/status.ts'
import { type Catalogue, providerName } from '../live/catalogue.ts'

/** Geographies against providers: what stands side by side can be compared. */
export type Matrix = {
  /** `count` is of the regions that are open. */
  providers: { id: string; name: string; count: number }[]
  /** One list of regions a provider, in the order of `providers`. */
  rows: { geography: string; cells: Region[][] }[]
}

const order = ['Europe', 'North America', 'South America', 'Asia', 'Oceania', 'Africa']

/** Regions that one sheet may hold, so that all of it can be seen at once on a desk. */
const SHEET = 165

/**
 * Which providers stand side by side, sheet by sheet: those of the reader's own regions first, then the largest. It
 * depends on the catalogue and on that choice alone, so that a region keeps its place whatever happens to it.
 */
export function sheets(catalogue: Catalogue, mine: Iterable<RegionId>): string[][] {
  const own = new Set([...mine].map(id => id.slice(0, id.indexOf('/'))))
  const providers = [...groupBy(catalogue.regions.values(), region => region.provider)]
    .map(([id, regions]) => ({ id, count: regions.length, own: own.has(id) }))
    .sort((a, b) => Number(b.own) - Number(a.own) || b.count - a.count || a.id.localeCompare(b.id))
  const result: string[][] = []
  let room = 0
  for (const { id, count } of providers) {
    const sheet = result.at(-1)
    if (sheet && count <= room) {
      sheet.push(id)
      room -= count
    } else {
      result.push([id])
      room = SHEET - count
    }
  }
  return result
}

/** One sheet: the regions of these providers by geography, each list by code. */
export function matrix(catalogue: Catalogue, ids: readonly string[]): Matrix {
  const regions = [...catalogue.regions.values()]
    .filter(region => ids.includes(region.provider))
    .sort((a, b) => a.code.localeCompare(b.code))
  const providers = ids.map(id => ({
    id,
    name: providerName(catalogue, id),
    count: regions.filter(region => region.provider === id && region.state !== 'announced').length,
  }))
  const rows = [...groupBy(regions, region => region.continent)]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([geography, its]) => ({
      geography,
      cells: ids.map(id => its.filter(region => region.provider === id)),
    }))
  return { providers, rows }
}

const rank = (continent: string): number => {
  const place = order.indexOf(continent)
  return place < 0 ? order.length : place
}

/** What a provider's unplaced incidents and components make of it: those that name no region. */
export function providerStatus(
  provider: string,
  incidents: Iterable<Incident>,
  components: Iterable<Component>,
): Status {
  const states: Status[] = []
  for (const incident of incidents)
    if (incident.provider === provider && isActive(incident) && incident.scope !== 'regional')
      states.push(statusOfIncident(incident))
  for (const component of components)
    if (component.provider === provider && component.regions.length === 0) states.push(component.status)
  return worst(states)
}
