import { type Camera, clampCamera } from './camera.ts'
import type { Coordinates } from './place.ts'
import { degrees } from './sphere.ts'

/** How the globe moves by itself. Speeds in degrees/ms, `since` in ms of the page. */
export type Motion =
  | { kind: 'still' }
  | { kind: 'turning' }
  | { kind: 'drifting'; lonSpeed: number; latSpeed: number }
  | { kind: 'flying'; from: Camera; to: Camera; since: number }

/** One turn in four minutes, in the direction of the earth; degrees/ms. */
const TURN_SPEED = -360 / 240_000
/** Time in which a drift falls to a third of its speed. */
const DRIFT_MS = 180
/** A slower drift stops, degrees/ms. */
const MIN_DRIFT_SPEED = 0.002
const FLIGHT_MS = 700

type Moved = { camera: Camera; motion: Motion }

/** One step of `elapsed` ms up to `now`. */
export function stepMotion(camera: Camera, motion: Motion, elapsed: number, now: number): Moved {
  switch (motion.kind) {
    case 'still':
      return { camera, motion }
    case 'turning':
      return { camera: clampCamera({ ...camera, lon: camera.lon + TURN_SPEED * elapsed }), motion }
    case 'drifting': {
      const left = Math.exp(-elapsed / DRIFT_MS)
      const { lonSpeed, latSpeed } = motion
      const [lon, lat] = [camera.lon + lonSpeed * elapsed, camera.lat + latSpeed * elapsed]
      const isSlow = Math.hypot(lonSpeed, latSpeed) * left < MIN_DRIFT_SPEED
      return {
        camera: clampCamera({ ...camera, lon, lat }),
        motion: isSlow ? { kind: 'still' } : { kind: 'drifting', lonSpeed: lonSpeed * left, latSpeed: latSpeed * left },
      }
    }
    case 'flying': {
      const progress = Math.min(1, Math.max(0, (now - motion.since) / FLIGHT_MS))
      if (progress === 1) return { camera: motion.to, motion: { kind: 'still' } }
      return { camera: interpolate(motion.from, motion.to, easeInOut(progress)), motion }
    }
  }
}

export const startFlight = (from: Camera, to: Coordinates & Partial<Camera>, now: number): Motion => ({
  kind: 'flying',
  from,
  to: clampCamera({ ...from, ...to }),
  since: now,
})

/** Progress from 0 to 1 → the same, slow at both ends. */
export const easeInOut = (progress: number): number => progress * progress * (3 - 2 * progress)

const interpolate = (from: Camera, to: Camera, share: number): Camera => ({
  ...to,
  lon: degrees(from.lon + degrees(to.lon - from.lon) * share),
  lat: from.lat + (to.lat - from.lat) * share,
  zoom: from.zoom * (to.zoom / from.zoom) ** share,
})
