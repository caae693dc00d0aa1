import type { Point } from './camera.ts'

/** Where a place's glyph is drawn, px; `rank`: of two the one that lies above. */
export type Spot = Point & { seen: boolean; rank: number }

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
