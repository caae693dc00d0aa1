import type { Region } from './region.ts'

/** A region and its distance in km; null where no place is given. */
export type NearRegion = { region: Region; km: number | null }

/**
 * Regions, the nearest first, by id between equals or where no place is given. A region that opens only on request is
 * never the first, unless there is no other: those nearer than the nearest open one come behind it.
 * @param trips round trips in ms, null without an answer; where given, they decide before the distance
 */
export function nearest(
  regions: Iterable<Region>,
  from: Position | null,
  trips: ReadonlyMap<string, number | null> = new Map(),
): NearRegion[] {
  const tripTo = ({ region }: NearRegion) => trips.get(region.id) ?? Number.MAX_VALUE
  const sorted = [...regions]
    .map(region => ({ region, km: from === null ? null : distanceKm(from, region) }))
    .sort((a, b) => tripTo(a) - tripTo(b) || (a.km ?? 0) - (b.km ?? 0) || a.region.id.localeCompare(b.region.id))
  const firstOpen = sorted.findIndex(({ region }) => !region.restricted)
  return firstOpen > 0 ? [...sorted.splice(firstOpen, 1), ...sorted] : sorted
}

export type Position = { lat: number; lon: number }

/** Mean radius of the earth in km. @see https://iugg.org (GRS 80, R1) */
const EARTH_KM = 6371.0088

/** Great-circle distance in km; cables are longer. @see https://en.wikipedia.org/wiki/Haversine_formula */
export function distanceKm(a: Position, b: Position): number {
  const dLat = radians(b.lat - a.lat)
  const dLon = radians(b.lon - a.lon)
  const haversine =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180
