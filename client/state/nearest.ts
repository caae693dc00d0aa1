import type { Region } from '../../shared/domain/region.ts'
import { distanceKm, type Position } from './distance.ts'

/** A region and how far it is, in km; null where nobody says from where. */
export type NearRegion = { region: Region; km: number | null }

/**
 * Regions, the nearest first; by id where they are equally far, or where no place is given. `trips`: round trips in ms, which decide
 * before the distance where they are given; what did not answer comes after what did.
 */
export function nearest(
  regions: Iterable<Region>,
  from: Position | null,
  trips: ReadonlyMap<string, number | null> = new Map(),
): NearRegion[] {
  const tripTo = ({ region }: NearRegion) => trips.get(region.id) ?? Number.MAX_VALUE
  return [...regions]
    .map(region => ({ region, km: from === null ? null : distanceKm(from, region) }))
    .sort((a, b) => tripTo(a) - tripTo(b) || (a.km ?? 0) - (b.km ?? 0) || a.region.id.localeCompare(b.region.id))
}
