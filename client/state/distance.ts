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
