import { type Camera, limited } from './camera.ts'
import type { Coordinates } from './place.ts'
import { degrees } from './sun.ts'

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
