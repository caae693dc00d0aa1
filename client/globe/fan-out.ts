import { ascending } from '../../shared/domain/order.ts'
import type { Coordinates } from './place.ts'
import { unit } from './sphere.ts'

/** How far from its true place a glyph is drawn, px, right and down; zero where there is room. */
export type Offset = { dx: number; dy: number }

/**
 * Spreads places that would hide each other: those within `reach` (radians) of one another stand together, in rings of glyphs
 * `gap` px apart around their common middle. It depends on the places and on the scale (px a radian) alone, not on how the earth is
 * turned and not on the order of the list, so that nothing jumps while it turns, and a region keeps its seat whatever its state.
 */
export function fanOut(
  places: readonly (Coordinates & { id: string })[],
  { reach, gap, scale }: { reach: number; gap: number; scale: number },
): Offset[] {
  const offsets = places.map(() => ({ dx: 0, dy: 0 }))
  for (const { middle, members } of clusters(places, Math.cos(reach))) {
    if (members.length === 1) continue
    const seats = ringSeats(members.length, gap)
    for (const [seat, index] of members.entries()) {
      const place = places[index]
      const at = seats[seat]
      if (place === undefined || at === undefined) continue
      const [east, north] = eastNorth(place, middle)
      offsets[index] = { dx: at.dx - east * scale, dy: at.dy + north * scale }
    }
  }
  return offsets
}

/** `members` are indexes in the order of their ids. */
type Cluster = { middle: Coordinates; members: number[]; vector: readonly [number, number, number] }

/** Each place joins the nearest cluster that began within reach, else it begins one: so none grows along a chain of places. */
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

/** Seats around a middle that stays free: six in the first ring, twelve in the second, and so on; one ring where few come. */
export function ringSeats(count: number, gap: number): Offset[] {
  const seats: Offset[] = []
  for (let ring = 1; seats.length < count; ring++) {
    const here = Math.min(count - seats.length, 6 * ring)
    const radius = Math.max(gap / (2 * Math.sin(Math.PI / Math.max(2, here))), ring === 1 ? 0 : ring * gap)
    // a quarter step more each ring, so that seats of neighbours do not stand in one line
    const start = -Math.PI / 2 + ((ring - 1) * Math.PI) / here
    for (let seat = 0; seat < here; seat++) {
      const angle = start + (2 * Math.PI * seat) / here
      seats.push({ dx: radius * Math.cos(angle), dy: radius * Math.sin(angle) })
    }
  }
  return seats
}

/** From a middle to a place near by, radians. */
function eastNorth(place: Coordinates, middle: Coordinates): [number, number] {
  const radians = Math.PI / 180
  const turn = ((((place.lon - middle.lon + 180) % 360) + 360) % 360) - 180
  return [turn * radians * Math.cos(middle.lat * radians), (place.lat - middle.lat) * radians]
}
