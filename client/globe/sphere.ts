import type { Position } from 'geojson'

/**
 * Rows of a rotation: where the viewer's right, up and out point on the unit sphere, whose axes go to 0°E and 90°E on the
 * equator and to the north pole.
 */
export type Turn = readonly [number, number, number, number, number, number, number, number, number]

const RADIANS = Math.PI / 180

/** The rotation that brings a place to the front, north up. Degrees. */
export function facing(lon: number, lat: number): Turn {
  const [sinLon, cosLon] = [Math.sin(lon * RADIANS), Math.cos(lon * RADIANS)]
  const [sinLat, cosLat] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)]
  return [-sinLon, cosLon, 0, -sinLat * cosLon, -sinLat * sinLon, cosLat, cosLat * cosLon, cosLat * sinLon, sinLat]
}

/** Degrees → the point on the unit sphere. */
export function unit(lon: number, lat: number): [number, number, number] {
  const cosLat = Math.cos(lat * RADIANS)
  return [cosLat * Math.cos(lon * RADIANS), cosLat * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)]
}

/** Lines or rings on the unit sphere, packed so that a frame needs no objects. */
export type Shapes = {
  /** x, y, z of every point, line after line. */
  points: Float32Array
  /** The point with which each line begins, and behind the last one its end. */
  starts: Uint32Array
  /** Around each line a cap: its middle x, y, z, and the sine of its radius; 2 where it is no smaller than a hemisphere. */
  caps: Float32Array
}

/** Positions in degrees → shapes. */
export function pack(lines: readonly (readonly Position[])[]): Shapes {
  const count = lines.reduce((sum, line) => sum + line.length, 0)
  const points = new Float32Array(count * 3)
  const starts = new Uint32Array(lines.length + 1)
  const caps = new Float32Array(lines.length * 4)
  let at = 0
  for (const [index, line] of lines.entries()) {
    starts[index] = at
    const vectors = line.map(([lon = 0, lat = 0]) => unit(lon, lat))
    for (const vector of vectors) points.set(vector, 3 * at++)
    caps.set(capAround(vectors), 4 * index)
  }
  starts[lines.length] = at
  return { points, starts, caps }
}

type Vector = readonly [number, number, number]

function capAround(vectors: readonly Vector[]): [number, number, number, number] {
  const sum = vectors.reduce<Vector>(([x, y, z], v) => [x + v[0], y + v[1], z + v[2]], [0, 0, 0])
  const length = Math.hypot(...sum)
  if (length === 0) return [0, 0, 1, 2]
  const middle: Vector = [sum[0] / length, sum[1] / length, sum[2] / length]
  const nearest = Math.min(...vectors.map(v => v[0] * middle[0] + v[1] * middle[1] + v[2] * middle[2]))
  return [...middle, nearest <= 0 ? 2 : Math.sqrt(1 - Math.min(1, nearest) ** 2)]
}

/** Any angle → the same between -180 and 180. */
export const degrees = (angle: number): number => ((((angle + 180) % 360) + 360) % 360) - 180
