import { geoCircle, geoContains } from 'd3-geo'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graticule, packedGraticule } from '../../../client/globe/earth.ts'
import { facing, pack, type Shapes, type Tracer, traceAreas, traceLines } from '../../../client/globe/sphere.ts'
import { land } from './world.ts'

const disc = { x: 0, y: 0, radius: 1000 }

/** What was traced, as polygons; a part of a circle becomes many short edges. */
function recorder() {
  const rings: [number, number][][] = []
  const to = (x: number, y: number) => rings.at(-1)?.push([x, y])
  const tracer: Tracer = {
    moveTo: (x, y) => rings.push([[x, y]]),
    lineTo: to,
    closePath: () => {},
    arc(x, y, radius, from, until, anticlockwise = false) {
      let sweep = until - from
      if (anticlockwise && sweep > 0) sweep -= 2 * Math.PI
      if (!anticlockwise && sweep < 0) sweep += 2 * Math.PI
      for (let step = 0; step <= 200; step++) {
        const angle = from + (sweep * step) / 200
        to(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
      }
    },
  }
  return { tracer, rings }
}

/** By the even-odd rule. */
function holds(rings: [number, number][][], x: number, y: number): boolean {
  let inside = false
  for (const ring of rings)
    for (const [index, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay]
      if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside
    }
  return inside
}

/** A point of the front, as seen, and the place that it is. */
const seen = (lon: number, lat: number, x: number, y: number) => {
  const t = facing(lon, lat)
  const front = Math.sqrt(1 - x * x - y * y)
  const [a, b, c] = [0, 1, 2].map(i => (t[i] ?? 0) * x + (t[i + 3] ?? 0) * y + (t[i + 6] ?? 0) * front)
  const place: [number, number] = [
    (Math.atan2(b ?? 0, a ?? 0) * 180) / Math.PI,
    (Math.asin(Math.max(-1, Math.min(1, c ?? 0))) * 180) / Math.PI,
  ]
  return { place, screen: [disc.radius * x, -disc.radius * y] as const }
}

function traced(shapes: Shapes, lon: number, lat: number) {
  const { tracer, rings } = recorder()
  traceAreas(tracer, shapes, facing(lon, lat), disc)
  return rings
}

const degree = { lon: fc.integer({ min: -180, max: 180 }), lat: fc.integer({ min: -80, max: 80 }) }
const spots = Array.from({ length: 40 }, (_, index) => {
  const radius = 0.97 * Math.sqrt((index + 0.5) / 40)
  return [radius * Math.cos(index * 2.4), radius * Math.sin(index * 2.4)] as const
})

test('from wherever the globe is seen, land is where d3-geo says it is', () => {
  fc.assert(
    fc.property(degree.lon, degree.lat, (lon, lat) => {
      const rings = traced(land.areaShapes, lon, lat)
      const wrong = spots.filter(([x, y]) => {
        const { place, screen } = seen(lon, lat, x, y)
        return holds(rings, ...screen) !== geoContains(land.areas, place)
      })
      // a point on a coast may fall on either side of a line that is drawn to the pixel
      expect(wrong.length).toBeLessThanOrEqual(1)
    }),
    {
      numRuns: 14,
      seed: 7,
      examples: [
        [-120, -20],
        [0, 80],
        [0, -80],
        [-170, 10],
      ],
    },
  )
})

test('the night covers what lies in it, whether the viewer stands in it or opposite', () => {
  fc.assert(
    fc.property(degree.lon, degree.lat, fc.constantFrom(89.2, 72), (lon, lat, radius) => {
      const night = geoCircle().center([40, -15]).radius(radius).precision(4)()
      const rings = traced(pack(night.coordinates), lon, lat)
      const wrong = spots.filter(([x, y]) => {
        const { place, screen } = seen(lon, lat, x, y)
        return holds(rings, ...screen) !== geoContains(night, place)
      })
      expect(wrong.length).toBeLessThanOrEqual(1)
    }),
    {
      numRuns: 40,
      seed: 7,
      examples: [
        [40, -15, 89.2],
        [-140, 15, 89.2],
        [-140, 15, 72],
      ],
    },
  )
})

test('nothing is traced beyond the rim', () => {
  for (const rings of [traced(land.areaShapes, 100, 40), traced(land.areaShapes, -120, -20)])
    for (const [x, y] of rings.flat()) expect(Math.hypot(x, y)).toBeLessThan(disc.radius * 1.0001)
})

test('of the graticule only the front is traced', () => {
  const { tracer, rings } = recorder()
  traceLines(tracer, packedGraticule, facing(10, 30), disc)
  const points = rings.flat().length
  expect(points).toBeGreaterThan(100)
  expect(points).toBeLessThan(graticule.coordinates.flat().length * 0.6)
})
