import {
  type GeoProjection,
  type GeoRawProjection,
  geoClipAntimeridian,
  geoClipCircle,
  geoEqualEarthRaw,
  geoOrthographicRaw,
  geoProjection,
} from 'd3-geo'
import type { Coordinates } from './place.ts'
import { degrees, facing, RADIANS, type Turn } from './sphere.ts'

/** The place in the middle, and the zoom. Zoom 1 shows the whole earth. `mapLon`: the meridian in the map's middle. */
export type Camera = Coordinates & { zoom: number; mapLon?: number }
/** px */
export type Size = { width: number; height: number }
export type Point = { x: number; y: number }

export const MAX_ZOOM = 12
/** Degrees. Closer to a pole the globe would turn upside down. */
const MAX_LAT = 80
/** The usual middle of the map, degrees east: it cuts through the Bering Strait and no land. */
const MAP_LON = 11
/** Space around the whole earth. */
const MARGIN_PX = 20

export const clampCamera = ({ lon, lat, zoom, ...more }: Camera): Camera => ({
  ...more,
  lon: degrees(lon),
  lat: Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)),
  zoom: Math.max(1, Math.min(MAX_ZOOM, zoom)),
})

/** A frame, and what is needed to project points into it. */
export type View = Frame & Size & { turn: Turn; rim: number }

/** The view of a camera in a box, between globe (`flatness` 0) and map (1). */
export function viewOf(camera: Camera, { width, height }: Size, flatness: number): View {
  const round = Math.max(1, Math.min(width, height) / 2 - MARGIN_PX) * camera.zoom
  const flat = flatScale({ width, height }) * camera.zoom
  const scale = round ** (1 - flatness) * flat ** flatness
  const lon = degrees(camera.lon + flatness * degrees(mapLonOf(camera) - camera.lon))
  const lat = camera.lat * (1 - flatness)
  const middle = mapMiddle(camera, { width, height }, flat)
  const x = width / 2 - flatness * middle.x * scale
  const y = height / 2 + flatness * middle.y * scale
  return { flatness, lon, lat, scale, x, y, width, height, turn: facing(lon, lat), rim: Math.cos(horizon(flatness)) }
}

const mapLonOf = ({ mapLon = MAP_LON }: Camera): number => mapLon

/** The radius of the map that fits into a box, px. */
export const flatScale = ({ width, height }: Size): number =>
  Math.max(1, Math.min((width / 2 - MARGIN_PX) / MAP_HALF_WIDTH, (height / 2 - MARGIN_PX) / MAP_HALF_HEIGHT))

/** The point of the map in the middle of the box, in radii. The map covers the box where it is large enough. */
function mapMiddle(camera: Camera, { width, height }: Size, scale: number): Point {
  const [x, y] = geoEqualEarthRaw(degrees(camera.lon - mapLonOf(camera)) * RADIANS, camera.lat * RADIANS)
  const within = (value: number, half: number, seen: number) => {
    const room = Math.max(0, half + (MARGIN_PX - seen / 2) / scale)
    return Math.max(-room, Math.min(room, value))
  }
  return { x: within(x, MAP_HALF_WIDTH, width), y: within(y, MAP_HALF_HEIGHT, height) }
}

/**
 * Projects a point of the unit sphere into `out`, px. `front` is 1 in the middle; below the view's `rim` the point is
 * hidden. Writes to `out` because a frame has thousands of points.
 */
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
  const raw = rawProjection(flatness)(Math.atan2(right, out.front), Math.asin(Math.max(-1, Math.min(1, up))))
  out.x = view.x + scale * raw[0]
  out.y = view.y - scale * raw[1]
}

/** The place at a point of the screen; null beside the earth, and while globe and map morph. */
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

const MIN_SHRINK = 0.4

/** The camera after the earth was dragged by `dx`, `dy` px. */
export function dragCamera(camera: Camera, view: View, dx: number, dy: number): Camera {
  if (view.flatness === 1) {
    const middle = placeAt(view, { x: view.width / 2 - dx, y: view.height / 2 - dy })
    return middle ? clampCamera({ ...camera, ...middle }) : camera
  }
  const degree = view.scale * RADIANS
  // a degree of longitude is shorter away from the equator; the limit keeps the earth from spinning near a pole
  const shrink = Math.max(MIN_SHRINK, Math.cos(camera.lat * RADIANS))
  return clampCamera({ ...camera, lon: camera.lon - dx / degree / shrink, lat: camera.lat + dy / degree })
}

/** The camera `factor` times closer, with the same place under the point as far as the limits allow. */
export function zoomCamera(camera: Camera, size: Size, flatness: number, factor: number, point: Point): Camera {
  const held = placeAt(viewOf(camera, size, flatness), point)
  let next = clampCamera({ ...camera, zoom: camera.zoom * factor })
  if (!held) return next
  // unprojecting is not linear: three steps come within a pixel
  for (let step = 0; step < 3; step++) {
    const now = placeAt(viewOf(next, size, flatness), point)
    if (!now) break
    next = clampCamera({ ...next, lon: next.lon + degrees(held.lon - now.lon), lat: next.lat + held.lat - now.lat })
  }
  return next
}

/**
 * Half the size of the Equal Earth map of a globe of radius 1.
 * @see https://doi.org/10.1080/13658816.2018.1504949
 */
const MAP_HALF_WIDTH = 2.70663
const MAP_HALF_HEIGHT = 1.31736

/** The slowest growth of the map's x with longitude, at the poles, as a share of the globe's in its middle. */
const MIN_STRETCH = 0.51

/** The projection between globe (0) and map (1): every point moves on a straight line. Radians in, radii out. */
export function rawProjection(flatness: number): GeoRawProjection {
  if (flatness === 0) return geoOrthographicRaw
  if (flatness === 1) return geoEqualEarthRaw
  return (lambda, phi) => {
    const [globeX, globeY] = geoOrthographicRaw(lambda, phi)
    const [mapX, mapY] = geoEqualEarthRaw(lambda, phi)
    return [globeX + flatness * (mapX - globeX), globeY + flatness * (mapY - globeY)]
  }
}

/** The visible distance from the middle, radians. Points beyond it would overlap the front. */
export function horizon(flatness: number): number {
  const cosine = flatness === 1 ? -1 : (-MIN_STRETCH * flatness) / (1 - flatness)
  return cosine <= -1 ? Math.PI : Math.acos(cosine)
}

type Frame = {
  flatness: number
  /** The middle of the projection, degrees. */
  lon: number
  lat: number
  /** Radius of the globe, px. */
  scale: number
  /** The middle of the projection on the screen, px. */
  x: number
  y: number
}

/** The frame as a projection of d3-geo, clipped at the horizon. */
export function projectionOf({ flatness, lon, lat, scale, x, y }: Frame): GeoProjection {
  const projection = geoProjection(rawProjection(flatness))
    .rotate([-lon, -lat])
    .scale(scale)
    .translate([x, y])
    .precision(1)
  const reach = horizon(flatness)
  if (flatness === 0) return projection.preclip(geoClipCircle(reach))
  if (reach === Math.PI) return projection.preclip(geoClipAntimeridian)
  const rim = geoClipCircle(reach)
  return projection.preclip(stream => geoClipAntimeridian(rim(stream)))
}
