import type { Position } from 'geojson'

/**
 * A rotation matrix by rows: the viewer's right, up and out on the unit sphere. Its axes point to 0°E and 90°E on the
 * equator and to the north pole.
 */
export type Turn = readonly [number, number, number, number, number, number, number, number, number]

/** In a degree. */
export const RADIANS = Math.PI / 180

/** The rotation that brings a place (degrees) to the front, north up. */
export function facing(lon: number, lat: number): Turn {
  const [sinLon, cosLon] = [Math.sin(lon * RADIANS), Math.cos(lon * RADIANS)]
  const [sinLat, cosLat] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)]
  return [-sinLon, cosLon, 0, -sinLat * cosLon, -sinLat * sinLon, cosLat, cosLat * cosLon, cosLat * sinLon, sinLat]
}

/** Degrees → point on the unit sphere. */
export function unit(lon: number, lat: number): [number, number, number] {
  const cosLat = Math.cos(lat * RADIANS)
  return [cosLat * Math.cos(lon * RADIANS), cosLat * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)]
}

/** Lines or rings on the unit sphere, packed so that a frame allocates no objects. */
export type Shapes = {
  /** x, y, z of every point, line after line. */
  points: Float32Array
  /** The index of each line's first point, then the number of points. */
  starts: Uint32Array
  /** The cap around each line: x, y, z of its middle and the sine of its radius; 2 for a hemisphere or more. */
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

/** An angle → the same angle in [-180, 180). */
export const degrees = (angle: number): number => ((((angle + 180) % 360) + 360) % 360) - 180

export type Tracer = Pick<CanvasPath, 'moveTo' | 'lineTo' | 'arc' | 'closePath'>
/** The globe on the screen, px. `box`: what is farther away from the screen's corner at 0, 0 is not seen. */
export type Disc = { x: number; y: number; radius: number; box?: { width: number; height: number } }

/** The sides of the box on which a point is outside, as bits. A line between two points of one side is not seen. */
function sidesOf({ x, y, radius, box }: Disc): (right: number, up: number) => number {
  if (!box) return () => 0
  const [left, right] = [(-LINE_PX - x) / radius, (box.width + LINE_PX - x) / radius]
  const [bottom, top] = [(y - box.height - LINE_PX) / radius, (y + LINE_PX) / radius]
  return (a, b) => (a < left ? 1 : a > right ? 2 : 0) | (b < bottom ? 4 : b > top ? 8 : 0)
}

/** More than the width of a line. */
const LINE_PX = 4

/** Whether all of a ring, by the cap around it, is on one side. A cap's points are no farther away than its chord. */
function isAside(sides: (right: number, up: number) => number, right: number, up: number, reach: number): boolean {
  if (reach > 1) return false
  const chord = Math.SQRT2 * reach
  return (sides(right - chord, up - chord) & sides(right + chord, up + chord)) !== 0
}

/** Shorter steps are not visible. */
const MIN_STEP_PX = 0.7
/** Points of the rim with a larger cosine between them are joined without an arc. */
const CLOSE_COSINE = 0.995

/**
 * Adds the areas on the front of the globe to a path, to be filled with the even-odd rule. Rings are clockwise seen
 * from outside, as in d3-geo. d3-geo is exact and takes 4 ms; this takes a few tenths, because a frame has 16 ms, on a
 * slow machine a sixth of that. Points behind the rim are moved onto it: edges are short, so the error is below a
 * pixel.
 */
export function traceAreas(path: Tracer, { points, starts, caps }: Shapes, turn: Turn, disc: Disc): void {
  const [rx, ry, rz, ux, uy, uz, ox, oy, oz] = turn
  const { x: middleX, y: middleY, radius } = disc
  const step = MIN_STEP_PX / radius
  const sides = sidesOf(disc)
  for (let ring = 0; ring + 1 < starts.length; ring++) {
    const height = ox * at(caps, 4 * ring) + oy * at(caps, 4 * ring + 1) + oz * at(caps, 4 * ring + 2)
    const reach = at(caps, 4 * ring + 3)
    if (height < -reach) continue
    const whole = height > reach
    if (whole && isAside(sides, ...seenFrom(turn, caps, 4 * ring), reach)) continue
    const first = at(starts, ring)
    const end = at(starts, ring + 1)
    let lastX = 0
    let lastY = 0
    let drawnX = 0
    let drawnY = 0
    let wasBehind = false
    let pending = false
    /** The sides on which all points since the last drawn one are. */
    let aside = 0
    let turns = 0
    for (let i = first; i < end; i++) {
      const a = at(points, 3 * i)
      const b = at(points, 3 * i + 1)
      const c = at(points, 3 * i + 2)
      let x = rx * a + ry * b + rz * c
      let y = ux * a + uy * b + uz * c
      const behind = !whole && ox * a + oy * b + oz * c < 0
      if (behind) {
        const length = Math.hypot(x, y) || 1
        x /= length
        y /= length
      }
      if (!whole && i > first) turns += crossing(lastX, lastY, x, y)
      if (i === first) {
        path.moveTo(middleX + radius * x, middleY - radius * y)
        aside = behind ? 0 : sides(x, y)
        drawnX = x
        drawnY = y
      } else if (behind && wasBehind) {
        // a few points are enough along the rim
        aside = 0
        pending = x * drawnX + y * drawnY > CLOSE_COSINE
        if (!pending) {
          const anticlockwise = drawnX * y - drawnY * x > 0
          path.arc(middleX, middleY, radius, Math.atan2(-drawnY, drawnX), Math.atan2(-y, x), anticlockwise)
          drawnX = x
          drawnY = y
        }
      } else if (!behind && i + 1 < end && (aside & sides(x, y)) !== 0) {
        aside &= sides(x, y)
        pending = true
      } else {
        // the line returns to the front, or into the box
        if (pending) path.lineTo(middleX + radius * lastX, middleY - radius * lastY)
        pending = false
        if (behind || i + 1 === end || Math.abs(x - drawnX) + Math.abs(y - drawnY) > step) {
          path.lineTo(middleX + radius * x, middleY - radius * y)
          drawnX = x
          drawnY = y
        }
        aside = behind ? 0 : sides(x, y)
      }
      lastX = x
      lastY = y
      wasBehind = behind
    }
    path.closePath()
    // wound the other way, the ring contains the antipode: its area lies between it and the rim
    if (turns > 0) circle(path, disc)
  }
}

/** Adds the lines on the front of the globe to a path. Segments that cross the rim are left out: they are short. */
export function traceLines(path: Tracer, { points, starts, caps }: Shapes, turn: Turn, disc: Disc): void {
  const [rx, ry, rz, ux, uy, uz, ox, oy, oz] = turn
  const sides = sidesOf(disc)
  for (let line = 0; line + 1 < starts.length; line++) {
    const height = ox * at(caps, 4 * line) + oy * at(caps, 4 * line + 1) + oz * at(caps, 4 * line + 2)
    const reach = at(caps, 4 * line + 3)
    if (height < -reach || isAside(sides, ...seenFrom(turn, caps, 4 * line), reach)) continue
    let down = false
    let aside = 0
    for (let i = at(starts, line); i < at(starts, line + 1); i++) {
      const a = at(points, 3 * i)
      const b = at(points, 3 * i + 1)
      const c = at(points, 3 * i + 2)
      if (ox * a + oy * b + oz * c < 0) {
        down = false
        continue
      }
      const right = rx * a + ry * b + rz * c
      const up = ux * a + uy * b + uz * c
      const wasAside = aside
      aside = sides(right, up)
      const [x, y] = [disc.x + disc.radius * right, disc.y - disc.radius * up]
      if (down && (aside & wasAside) === 0) path.lineTo(x, y)
      else path.moveTo(x, y)
      down = true
    }
  }
}

/** A vector as the viewer sees it: to the right and up. */
function seenFrom([rx, ry, rz, ux, uy, uz]: Turn, vectors: Float32Array, index: number): [number, number] {
  const [x, y, z] = [at(vectors, index), at(vectors, index + 1), at(vectors, index + 2)]
  return [rx * x + ry * y + rz * z, ux * x + uy * y + uz * z]
}

/** Adds the rim. */
export function circle(path: Tracer, { x, y, radius }: Disc): void {
  path.moveTo(x + radius, y)
  path.arc(x, y, radius, 0, 2 * Math.PI)
  path.closePath()
}

/** +1 where the segment crosses the ray to the right anticlockwise, -1 clockwise, else 0. */
function crossing(fromX: number, fromY: number, toX: number, toY: number): number {
  const up = toY >= 0
  if (up === fromY >= 0) return 0
  if (fromX - (fromY * (toX - fromX)) / (toY - fromY) <= 0) return 0
  return up ? 1 : -1
}

/** Indexes are within bounds by construction; the zero is for the compiler. */
const at = (numbers: Float32Array | Uint32Array, index: number): number => numbers[index] ?? 0
