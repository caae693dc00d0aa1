import type { Region } from '../../shared/domain/region.ts'
import { distanceKm, type Position } from './distance.ts'

/** A region and how far it is, in km; null where nobody says from where. */
export type NearRegion = { region: Region; km: number | null }

/** Regions, the nearest first; by id where they are equally far, or where no place is given. */
export function nearest(regions: Iterable<Region>, from: Position | null): NearRegion[] {
  return [...regions]
    .map(region => ({ region, km: from === null ? null : distanceKm(from, region) }))
    .sort((a, b) => (a.km ?? 0) - (b.km ?? 0) || a.region.id.localeCompare(b.region.id))
}
