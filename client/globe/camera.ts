import { geoEqualEarthRaw } from 'd3-geo'
import { type Frame, horizon, MAP_HALF_HEIGHT, MAP_HALF_WIDTH, unrolled } from './morph.ts'
import type { Coordinates } from './place.ts'
import { degrees, facing, type Turn } from './sphere.ts'

/** What is looked at: the place in the middle, and how close. 1: all of it is seen. */
export type Camera = Coordinates & { zoom: number }
/** px */
export type Size = { width: number; height: number }
export type Point = { x: number; y: number }

export const MOST_ZOOM = 12
/** Beyond it the globe would stand on its head. */
const MOST_LAT = 80
/** The map is cut through the Bering Strait, so that no land is, degrees east. */
export const MAP_LON = 11
/** What is left free around the whole, px. */
const MARGIN = 20

/** A camera within its limits. */
export const limited = ({ lon, lat, zoom }: Camera): Camera => ({
  lon: degrees(lon),
  lat: Math.max(-MOST_LAT, Math.min(MOST_LAT, lat)),
  zoom: Math.max(1, Math.min(MOST_ZOOM, zoom)),
})

/** A frame, and what is needed to place points in it. */
export type View = Frame & Size & { turn: Turn; rim: number }

/** What is seen from a camera in a box, between globe (`flatness` 0) and map (1). */
export function viewOf(camera: Camera, { width, height }: Size, flatness: number): View {
  const round = Math.max(1, Math.min(width, height) / 2 - MARGIN) * camera.zoom
  const flat = flatScale({ width, height }) * camera.zoom
  const scale = round ** (1 - flatness) * flat ** flatness
  const lon = degrees(camera.lon + flatness * degrees(MAP_LON - camera.lon))
  const lat = camera.lat * (1 - flatness)
  const middle = mapMiddle(camera, { width, height }, flat)
  const x = width / 2 - flatness * middle.x * scale
  const y = height / 2 + flatness * middle.y * scale
  return { flatness, lon, lat, scale, x, y, width, height, turn: facing(lon, lat), rim: Math.cos(horizon(flatness)) }
}

const flatScale = ({ width, height }: Size): number =>
  Math.max(1, Math.min((width / 2 - MARGIN) / MAP_HALF_WIDTH, (height / 2 - MARGIN) / MAP_HALF_HEIGHT))

/** The point of the map that stands in the middle of the box, in radii: the map never leaves an edge that it could cover. */
function mapMiddle({ lon, lat }: Coordinates, { width, height }: Size, scale: number): Point {
  const [x, y] = geoEqualEarthRaw(degrees(lon - MAP_LON) * RADIANS, lat * RADIANS)
  const within = (value: number, half: number, seen: number) => {
    const room = Math.max(0, half + (MARGIN - seen / 2) / scale)
    return Math.max(-room, Math.min(room, value))
  }
  return { x: within(x, MAP_HALF_WIDTH, width), y: within(y, MAP_HALF_HEIGHT, height) }
}

const RADIANS = Math.PI / 180

/** Where a point of the unit sphere is seen, px, and how far in front it stands (1: the middle; below the view's `rim`: hidden). */
export function locate(view: View, x: number, y: number, z: number, out: Point & { front: number }): void {
  const { turn, flatness, scale } = view
  const right = turn[0] * x + turn[1] * y + turn[2] * z
  const up = turn[3] * x + turn[4] * y + turn[5] * z
  out.front = turn[6] * x + turn[7] * y + turn[8] * z
  if (flatness === 0) {
    out.x = view.x + scale * right
    out.y = view.y - scale * up
    return
  }
  const raw = unrolled(flatness)(Math.atan2(right, out.front), Math.asin(Math.max(-1, Math.min(1, up))))
  out.x = view.x + scale * raw[0]
  out.y = view.y - scale * raw[1]
}

/** The place at a point of the screen; null beside the earth, and between globe and map. */
export function placeAt(view: View, { x, y }: Point): Coordinates | null {
  const [right, up] = [(x - view.x) / view.scale, (view.y - y) / view.scale]
  if (view.flatness === 1) {
    const [lambda, phi] = geoEqualEarthRaw.invert?.(right, up) ?? [Number.NaN, 0]
    return Math.abs(lambda) <= Math.PI && Math.abs(up) <= MAP_HALF_HEIGHT
      ? { lon: degrees(lambda / RADIANS + view.lon), lat: phi / RADIANS }
      : null
  }
  const square = right * right + up * up
  if (view.flatness !== 0 || square > 1) return null
  const { turn } = view
  const front = Math.sqrt(1 - square)
  const along = (axis: 0 | 1 | 2) => turn[axis] * right + (turn[axis + 3] ?? 0) * up + (turn[axis + 6] ?? 0) * front
  return {
    lon: Math.atan2(along(1), along(0)) / RADIANS,
    lat: Math.asin(Math.max(-1, Math.min(1, along(2)))) / RADIANS,
  }
}

const LEAST_SHRINK = 0.4

/** The camera after the earth was moved by so many px. */
export function dragged(camera: Camera, view: View, dx: number, dy: number): Camera {
  if (view.flatness === 1) {
    const middle = placeAt(view, { x: view.width / 2 - dx, y: view.height / 2 - dy })
    return middle ? limited({ ...camera, ...middle }) : camera
  }
  const degree = view.scale * RADIANS
  // a degree of longitude is shorter away from the equator; near the poles the earth would spin
  const shrink = Math.max(LEAST_SHRINK, Math.cos(camera.lat * RADIANS))
  return limited({ ...camera, lon: camera.lon - dx / degree / shrink, lat: camera.lat + dy / degree })
}

/** The camera so much closer, with the same place under the point as far as the limits allow. */
export function zoomed(camera: Camera, size: Size, flatness: number, factor: number, point: Point): Camera {
  const held = placeAt(viewOf(camera, size, flatness), point)
  let next = limited({ ...camera, zoom: camera.zoom * factor })
  if (!held) return next
  // the way back from screen to place is not linear: three steps bring it within a pixel
  for (let step = 0; step < 3; step++) {
    const now = placeAt(viewOf(next, size, flatness), point)
    if (!now) break
    next = limited({ ...next, lon: next.lon + degrees(held.lon - now.lon), lat: next.lat + held.lat - now.lat })
  }
  return next
}
