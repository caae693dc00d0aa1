import { ascending, firstOf } from '../../shared/domain/order.ts'
import { locate, type Point, type View } from './camera.ts'
import { fanOut, type Offset } from './fan-out.ts'
import type { Coordinates, Place } from './place.ts'
import { unit } from './sphere.ts'
import { rankOf } from './sprites.ts'

/** Where a place's glyph is drawn, px; `rank`: of two the one that lies above. */
type Spot = Point & { seen: boolean; rank: number }

/**
 * The index of the glyph under a point, at most `reach` px away: the nearest; of those that are about as near the one that lies
 * above. -1 where there is none.
 */
export function hitTest(spots: readonly Spot[], point: Point, reach: number): number {
  let best = -1
  let bestScore = Number.POSITIVE_INFINITY
  for (const [index, spot] of spots.entries()) {
    if (!spot.seen) continue
    const distance = Math.hypot(spot.x - point.x, spot.y - point.y)
    if (distance > reach) continue
    const score = distance - AHEAD * spot.rank
    if (score >= bestScore) continue
    best = index
    bestScore = score
  }
  return best
}

/** px by which a worse state may be farther and still be meant. */
const AHEAD = 0.75

/** Where a place is seen in the frame that is drawn: its glyph at x, y; its true place at trueX, trueY. */
export type SeenPlace = Spot & {
  place: Place
  trueX: number
  trueY: number
  /** 0 at the rim of the globe, 1 well within it. */
  clear: number
  dimmed: boolean
}

/** The places as they are drawn; changed in place by every frame. */
export type Scene = {
  /** In the order of the places. */
  seen: SeenPlace[]
  /** Lowest first. */
  layers: SeenPlace[]
  vectors: Float32Array
  /** Offsets by scale, for the scales that were looked at. */
  fans: Map<number, Offset[]>
}

export function sceneOf(places: readonly Place[], dimmed: (id: string) => boolean): Scene {
  const seen = places.map(place => {
    const nowhere = { x: 0, y: 0, trueX: 0, trueY: 0, clear: 0, seen: false }
    return { ...nowhere, place, rank: rankOf(place), dimmed: dimmed(place.id) }
  })
  const layers = [...seen].sort(
    firstOf(
      ascending('rank'),
      ascending(({ place }) => place.id),
    ),
  )
  return { seen, layers, vectors: vectorsOf(places), fans: new Map() }
}

/** Points on the unit sphere, one after another. */
export function vectorsOf(places: readonly Coordinates[]): Float32Array {
  const vectors = new Float32Array(places.length * 3)
  for (const [index, { lat, lon }] of places.entries()) vectors.set(unit(lon, lat), 3 * index)
  return vectors
}

/** Glyphs closer than this stand in one another's way, px; so far apart they are seated. */
const CROWDED = 9
const SEAT = 10
/** Scales are told apart in steps of the fourth root of 2: between them seats stay as they are. */
const STEPS = 4
/** Cosine to the rim within which the globe's places fade. */
const FADE = 0.14

/** Finds where all places are seen. */
export function placeAll(scene: Scene, view: View): void {
  const step = Math.round(Math.log2(view.scale) * STEPS)
  const scale = 2 ** (step / STEPS)
  let fan = scene.fans.get(step)
  if (!fan) {
    fan = fanOut(
      scene.seen.map(({ place }) => place),
      { reach: CROWDED / scale, gap: SEAT, scale },
    )
    scene.fans.set(step, fan)
  }
  for (const [index, spot] of scene.seen.entries()) {
    const at = 3 * index
    locate(view, scene.vectors[at] ?? 0, scene.vectors[at + 1] ?? 0, scene.vectors[at + 2] ?? 0, found)
    const offset = fan[index] ?? NO_OFFSET
    spot.trueX = found.x
    spot.trueY = found.y
    spot.x = found.x + offset.dx
    spot.y = found.y + offset.dy
    spot.seen = found.front > view.rim && isWithin(spot, view)
    spot.clear = view.flatness > 0 ? 1 : Math.min(1, Math.max(0, found.front / FADE))
  }
}

const NO_OFFSET: Offset = { dx: 0, dy: 0 }
const found = { x: 0, y: 0, front: 0 }
const OUTSIDE = 20

const isWithin = ({ x, y }: Point, { width, height }: View): boolean =>
  x > -OUTSIDE && y > -OUTSIDE && x < width + OUTSIDE && y < height + OUTSIDE

/** Whether a place is well in sight of a camera: not near the rim, not outside the box. */
export function isInFront(scene: Scene, id: string, view: View): boolean {
  const spot = scene.seen.find(({ place }) => place.id === id)
  return (
    spot?.seen === true && spot.clear === 1 && spot.x > 0 && spot.y > 0 && spot.x < view.width && spot.y < view.height
  )
}
