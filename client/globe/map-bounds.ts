import { geoEqualEarthRaw } from 'd3-geo'
import { type Camera, clampCamera, flatScale, type Size } from './camera.ts'
import type { Coordinates } from './place.ts'
import { degrees, RADIANS } from './sphere.ts'

/** Closer, a single region would stand on a map without a continent. */
const MAX_ZOOM = 5
/** Room for glyphs and their labels around the outermost places, px. */
const PADDING_PX = 44

/**
 * The camera of a flat map in a box of this size that shows all of these places as large as possible. The map is turned
 * so that they are in its middle: a stack on both sides of the Pacific is not cut.
 */
export function cameraOfBounds(bounds: readonly Coordinates[], size: Size): Camera {
  const mapLon = middleLon(bounds.map(({ lon }) => lon))
  const points = bounds.map(({ lat, lon }) => geoEqualEarthRaw(degrees(lon - mapLon) * RADIANS, lat * RADIANS))
  const [left, right] = rangeOf(points.map(([x]) => x))
  const [bottom, top] = rangeOf(points.map(([, y]) => y))
  const scale = flatScale(size)
  const fit = Math.min(
    (size.width - 2 * PADDING_PX) / ((right - left) * scale),
    (size.height - 2 * PADDING_PX) / ((top - bottom) * scale),
  )
  const [lambda, phi] = geoEqualEarthRaw.invert?.((left + right) / 2, (bottom + top) / 2) ?? [0, 0]
  return clampCamera({
    lon: mapLon + lambda / RADIANS,
    lat: phi / RADIANS,
    // the first is infinite where all places are one
    zoom: Math.min(fit, MAX_ZOOM),
    mapLon,
  })
}

const rangeOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)]

/** The middle of the shortest arc that holds all of these longitudes: what is opposite its widest gap. */
function middleLon(lons: readonly number[]): number {
  const sorted = lons.map(degrees).sort((a, b) => a - b)
  const [first = 0] = sorted
  let start = first
  let widest = 0
  for (const [index, lon] of sorted.entries()) {
    const next = sorted[index + 1] ?? first + 360
    if (next - lon <= widest) continue
    widest = next - lon
    start = next
  }
  return degrees(start + (360 - widest) / 2)
}
