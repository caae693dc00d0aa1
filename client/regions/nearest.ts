import type { Region } from '../../shared/domain/region.ts'

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

/** A place on the earth, in degrees. */
export type Position = { lat: number; lon: number }

/** Mean radius of the earth in km. @see https://iugg.org (GRS 80, R1) */
const EARTH_KM = 6371.0088

/** The length of the great circle between two places, in km; cables are longer. @see https://en.wikipedia.org/wiki/Haversine_formula */
export function distanceKm(a: Position, b: Position): number {
  const dLat = radians(b.lat - a.lat)
  const dLon = radians(b.lon - a.lon)
  const haversine =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180
