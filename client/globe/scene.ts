import { ascending, firstOf } from '../../shared/domain/order.ts'
import { locate, type Point, type View } from './camera.ts'
import type { Side } from './labels.ts'
import type { Coordinates, Place } from './place.ts'
import { degrees, RADIANS, unit } from './sphere.ts'
import { rankOf } from './sprites.ts'

/** Where a place's glyph is drawn, px. The higher `rank` is drawn on top. */
type Spot = Point & { seen: boolean; rank: number }

/**
 * The index of the glyph nearest to a point, at most `reach` px away; -1 for none. Among about equally near ones the
 * topmost wins.
 */
export function hitTest(spots: readonly Spot[], point: Point, reach: number): number {
  let best = -1
  let bestScore = Number.POSITIVE_INFINITY
  for (const [index, spot] of spots.entries()) {
    if (!spot.seen) continue
    const distance = Math.hypot(spot.x - point.x, spot.y - point.y)
    if (distance > reach) continue
    const score = distance - RANK_BONUS_PX * spot.rank
    if (score >= bestScore) continue
    best = index
    bestScore = score
  }
  return best
}

/** How much farther a glyph of the next rank may be and still be hit. */
const RANK_BONUS_PX = 0.75

/** A place in the current frame: its glyph is at x, y, its true position at trueX, trueY. */
export type SeenPlace = Spot & {
  place: Place
  trueX: number
  trueY: number
  /** 0 at the rim of the globe, 1 well within it. */
  clear: number
}

/** The places as they are drawn. Every frame mutates it. */
export type Scene = {
  seen: SeenPlace[]
  layers: SeenPlace[]
  vectors: Float32Array
  /** Offsets by scale step, cached. */
  fans: Map<number, Offset[]>
  /** On which side of a place its label is, by id: it stays there while there is room. */
  sides: Map<string, Side>
}

export function createScene(places: readonly Place[]): Scene {
  const nowhere = { x: 0, y: 0, trueX: 0, trueY: 0, clear: 0, seen: false }
  const seen = places.map(place => ({ ...nowhere, place, rank: rankOf(place) }))
  const byId = ascending<SeenPlace>(({ place }) => place.id)
  const layers = seen.toSorted(firstOf(ascending('rank'), byId))
  return { seen, layers, vectors: vectorsOf(places), fans: new Map(), sides: new Map() }
}

/** x, y, z on the unit sphere, place after place. */
export function vectorsOf(places: readonly Coordinates[]): Float32Array {
  const vectors = new Float32Array(places.length * 3)
  for (const [index, { lat, lon }] of places.entries()) vectors.set(unit(lon, lat), 3 * index)
  return vectors
}

/** Glyphs closer than this overlap and are spread. */
const OVERLAP_PX = 9
const GLYPH_GAP_PX = 10
/** Offsets are computed per scale step, the fourth root of 2, and stay the same within it. */
const STEPS_PER_DOUBLING = 4
/** Places fade within this cosine to the rim. */
const FADE_COSINE = 0.14

export function projectPlaces(scene: Scene, view: View): void {
  const step = Math.round(Math.log2(view.scale) * STEPS_PER_DOUBLING)
  const scale = 2 ** (step / STEPS_PER_DOUBLING)
  const room = { reach: OVERLAP_PX / scale, gap: GLYPH_GAP_PX, scale }
  const places = () => scene.seen.map(({ place }) => place)
  const fan = scene.fans.get(step) ?? fanOut(places(), room)
  scene.fans.set(step, fan)
  for (const [index, spot] of scene.seen.entries()) {
    const at = 3 * index
    locate(view, scene.vectors[at] ?? 0, scene.vectors[at + 1] ?? 0, scene.vectors[at + 2] ?? 0, found)
    const offset = fan[index] ?? NO_OFFSET
    spot.trueX = found.x
    spot.trueY = found.y
    spot.x = found.x + offset.dx
    spot.y = found.y + offset.dy
    spot.seen = found.front > view.rim && isWithin(spot, view, OUTSIDE_PX)
    spot.clear = view.flatness > 0 ? 1 : Math.min(1, Math.max(0, found.front / FADE_COSINE))
  }
}

const NO_OFFSET: Offset = { dx: 0, dy: 0 }
const found = { x: 0, y: 0, front: 0 }
/** A glyph may reach into the box from this far outside. */
const OUTSIDE_PX = 20

/** Whether a point is in the box, or at most `outside` px away from it. */
const isWithin = ({ x, y }: Point, { width, height }: View, outside: number): boolean =>
  x > -outside && y > -outside && x < width + outside && y < height + outside

/** Whether a place is well visible: not near the rim, not outside the box. */
export function isInFront(scene: Scene, id: string, view: View): boolean {
  const spot = scene.seen.find(({ place }) => place.id === id)
  return spot?.seen === true && spot.clear === 1 && isWithin(spot, view, 0)
}

/** The distance of a glyph from its true position, px, right and down. */
type Offset = { dx: number; dy: number }

/**
 * Spreads places that would hide each other. Places within `reach` (radians) of one another form a cluster, drawn as
 * rings of glyphs `gap` px apart around its middle. The result depends on places and `scale` (px/radian) only, not on
 * rotation, status or order: glyphs do not jump while the earth turns or a region changes.
 */
export function fanOut(
  places: readonly (Coordinates & { id: string })[],
  { reach, gap, scale }: { reach: number; gap: number; scale: number },
): Offset[] {
  const offsets = places.map(() => ({ dx: 0, dy: 0 }))
  for (const { middle, members } of clusters(places, Math.cos(reach))) {
    if (members.length === 1) continue
    const positions = ringPositions(members.length, gap)
    for (const [rank, index] of members.entries()) {
      const place = places[index]
      const at = positions[rank]
      if (place === undefined || at === undefined) continue
      const [east, north] = eastNorth(place, middle)
      offsets[index] = { dx: at.dx - east * scale, dy: at.dy + north * scale }
    }
  }
  return offsets
}

/** `members` are indexes, ordered by id. */
type Cluster = { middle: Coordinates; members: number[]; vector: readonly [number, number, number] }

/** Each place joins the nearest cluster whose first place is within reach, so that no cluster grows along a chain. */
function clusters(places: readonly (Coordinates & { id: string })[], leastCosine: number): Cluster[] {
  const found: Cluster[] = []
  const byId = places.map((place, index) => ({ place, index })).sort(ascending(({ place }) => place.id))
  for (const { place, index } of byId) {
    const vector = unit(place.lon, place.lat)
    let best: Cluster | undefined
    let nearest = leastCosine
    for (const cluster of found) {
      const cosine = cluster.vector[0] * vector[0] + cluster.vector[1] * vector[1] + cluster.vector[2] * vector[2]
      if (cosine < nearest) continue
      best = cluster
      nearest = cosine
    }
    if (best) best.members.push(index)
    else found.push({ middle: { lat: place.lat, lon: place.lon }, members: [index], vector })
  }
  return found
}

/** Positions around a free middle: six in the first ring, twelve in the second, and so on. */
export function ringPositions(count: number, gap: number): Offset[] {
  const positions: Offset[] = []
  for (let ring = 1; positions.length < count; ring++) {
    const here = Math.min(count - positions.length, 6 * ring)
    const radius = Math.max(gap / (2 * Math.sin(Math.PI / Math.max(2, here))), ring === 1 ? 0 : ring * gap)
    // each ring starts half a step later, so that neighbours are not in line
    const start = -Math.PI / 2 + ((ring - 1) * Math.PI) / here
    for (let n = 0; n < here; n++) {
      const angle = start + (2 * Math.PI * n) / here
      positions.push({ dx: radius * Math.cos(angle), dy: radius * Math.sin(angle) })
    }
  }
  return positions
}

function eastNorth(place: Coordinates, middle: Coordinates): [number, number] {
  const turn = degrees(place.lon - middle.lon)
  return [turn * RADIANS * Math.cos(middle.lat * RADIANS), (place.lat - middle.lat) * RADIANS]
}
