import { geoCircle } from 'd3-geo'
import type { Polygon } from 'geojson'
import type { Coordinates } from './place.ts'

const RADIANS = Math.PI / 180
const DAY = 86_400_000
/** Noon of 1 January 2000, from which astronomers count, ms since the epoch. */
const J2000 = Date.UTC(2000, 0, 1, 12)

/**
 * The place where the sun stands in the zenith at an instant (ms since the epoch), to a few hundredths of a degree from 1950 to 2050.
 * @see https://aa.usno.navy.mil/faq/sun_approx
 */
export function subsolar(ms: number): Coordinates {
  const days = (ms - J2000) / DAY
  const anomaly = (357.529 + 0.98560028 * days) * RADIANS
  const mean = 280.459 + 0.98564736 * days
  const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RADIANS
  const tilt = (23.439 - 0.00000036 * days) * RADIANS
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic)) / RADIANS
  const sidereal = 280.46062 + 360.98564737 * days
  return { lat: Math.asin(Math.sin(tilt) * Math.sin(ecliptic)) / RADIANS, lon: degrees(ascension - sidereal) }
}

/** How far the sun stands below the horizon where each shade begins: sunset to the end of astronomical twilight, degrees. */
const DEPTHS = [0.8, 4, 7, 10, 14, 18]

/** The night in shades that lie upon each other, the lightest first: each a circle around the place where it is midnight. */
export function nightShades(ms: number): Polygon[] {
  const sun = subsolar(ms)
  return DEPTHS.map(depth =>
    geoCircle()
      .center([degrees(sun.lon + 180), -sun.lat])
      .radius(90 - depth)
      .precision(4)(),
  )
}

/** Any angle → the same between -180 and 180. */
export const degrees = (angle: number): number => ((((angle + 180) % 360) + 360) % 360) - 180
