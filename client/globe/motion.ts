import { geoCircle } from 'd3-geo'
import type { Polygon } from 'geojson'
import { type Camera, limited } from './camera.ts'
import type { Coordinates } from './place.ts'
import { degrees } from './sphere.ts'

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

/** How the earth moves of itself. Speeds in degrees a ms; `since` and the lengths in ms. */
export type Motion =
  | { kind: 'still' }
  | { kind: 'turning' }
  | { kind: 'drifting'; lonSpeed: number; latSpeed: number }
  | { kind: 'flying'; from: Camera; to: Camera; since: number }

/** Once in four minutes, the way the earth turns. */
const TURN_SPEED = -360 / 240_000
/** What a drift has lost after so many ms is all but a third. */
const DRIFT_MS = 180
const SLOWEST_DRIFT = 0.002
const FLIGHT_MS = 700

/** One step: where the camera stands after `elapsed` ms, at `now`, and how it moves on. */
export function moved(
  camera: Camera,
  motion: Motion,
  elapsed: number,
  now: number,
): { camera: Camera; motion: Motion } {
  switch (motion.kind) {
    case 'still':
      return { camera, motion }
    case 'turning':
      return { camera: limited({ ...camera, lon: camera.lon + TURN_SPEED * elapsed }), motion }
    case 'drifting': {
      const left = Math.exp(-elapsed / DRIFT_MS)
      const { lonSpeed, latSpeed } = motion
      const next = limited({ ...camera, lon: camera.lon + lonSpeed * elapsed, lat: camera.lat + latSpeed * elapsed })
      const slow = Math.hypot(lonSpeed, latSpeed) * left < SLOWEST_DRIFT
      return {
        camera: next,
        motion: slow ? { kind: 'still' } : { kind: 'drifting', lonSpeed: lonSpeed * left, latSpeed: latSpeed * left },
      }
    }
    case 'flying': {
      const share = Math.min(1, Math.max(0, (now - motion.since) / FLIGHT_MS))
      if (share === 1) return { camera: motion.to, motion: { kind: 'still' } }
      return { camera: between(motion.from, motion.to, eased(share)), motion }
    }
  }
}

/** A flight to a place, or to another distance of it. */
export const flight = (from: Camera, to: Coordinates & { zoom?: number }, now: number): Motion => ({
  kind: 'flying',
  from,
  to: limited({ zoom: from.zoom, ...to }),
  since: now,
})

/** Slow, quick, slow. 0 to 1. */
export const eased = (share: number): number => share * share * (3 - 2 * share)

const between = (from: Camera, to: Camera, share: number): Camera => ({
  lon: degrees(from.lon + degrees(to.lon - from.lon) * share),
  lat: from.lat + (to.lat - from.lat) * share,
  zoom: from.zoom * (to.zoom / from.zoom) ** share,
})
