import { geoDistance, geoEqualEarth, geoOrthographic } from 'd3-geo'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Camera,
  clampCamera,
  dragCamera,
  locate,
  placeAt,
  viewOf,
  zoomCamera,
} from '../../../client/globe/camera.ts'
import { unit } from '../../../client/globe/sphere.ts'

const size = { width: 1100, height: 660 }
const camera: Camera = { lon: 10, lat: 30, zoom: 1 }
/** Where the map's two edges meet: what stands there stands on both. */
const CUT = -169
const seen = (view: ReturnType<typeof viewOf>, lon: number, lat: number) => {
  const out = { x: 0, y: 0, front: 0 }
  locate(view, ...unit(lon, lat), out)
  return out
}
const place = fc.record({ lon: fc.integer({ min: -179, max: 179 }), lat: fc.integer({ min: -85, max: 85 }) })

describe('a place is where d3-geo has it', () => {
  test('on the globe', () => {
    const view = viewOf(camera, size, 0)
    const projection = geoOrthographic().rotate([-10, -30]).scale(view.scale).translate([550, 330])
    fc.assert(
      fc.property(place, ({ lon, lat }) => {
        const { x, y, front } = seen(view, lon, lat)
        const [px, py] = projection([lon, lat]) ?? [0, 0]
        expect([x, y]).toEqual([expect.closeTo(px, 6), expect.closeTo(py, 6)])
        expect(front > view.rim).toBe(geoDistance([lon, lat], [10, 30]) < Math.PI / 2)
      }),
    )
  })

  test('on the map', () => {
    const view = viewOf(camera, size, 1)
    const projection = geoEqualEarth().rotate([-11, 0]).scale(view.scale).translate([view.x, view.y])
    fc.assert(
      fc.property(place, ({ lon, lat }) => {
        const { x, y } = seen(view, lon, lat)
        const [px, py] = projection([lon, lat]) ?? [0, 0]
        expect([x, y]).toEqual([expect.closeTo(px, 4), expect.closeTo(py, 4)])
      }),
    )
  })
})

test.each([0, 1])('the way back from the screen leads to the same place (flatness %d)', flatness => {
  const view = viewOf(camera, size, flatness)
  fc.assert(
    fc.property(place, ({ lon, lat }) => {
      const { x, y, front } = seen(view, lon, lat)
      if (front < view.rim + 0.05 || (flatness === 1 && lon === CUT)) return
      const back = placeAt(view, { x, y })
      expect(geoDistance([back?.lon ?? 0, back?.lat ?? 0], [lon, lat])).toBeLessThan(1e-3)
    }),
  )
})

test('beside the earth there is no place', () => {
  expect(placeAt(viewOf(camera, size, 0), { x: 2, y: 2 })).toBeNull()
  expect(placeAt(viewOf(camera, size, 1), { x: 2, y: 2 })).toBeNull()
})

test('the whole map is in the box, in its middle', () => {
  const view = viewOf(camera, size, 1)
  const [west, east] = [seen(view, -168.9, 0), seen(view, -169.1, 0)]
  expect(west.x).toBeGreaterThanOrEqual(19)
  expect(east.x).toBeLessThanOrEqual(size.width - 19)
  expect(west.x).toBeCloseTo(size.width - east.x, 0)
})

test('zooming keeps the place under the pointer', () => {
  const pointer = { x: 640, y: 280 }
  for (const flatness of [0, 1]) {
    // the map is already so close that none of its edges is in sight
    const start = { ...camera, zoom: flatness === 1 ? 3 : 1 }
    const before = placeAt(viewOf(start, size, flatness), pointer)
    const closer = zoomCamera(start, size, flatness, 2, pointer)
    const after = placeAt(viewOf(closer, size, flatness), pointer)
    expect(closer.zoom).toBe(2 * start.zoom)
    expect(geoDistance([before?.lon ?? 0, before?.lat ?? 0], [after?.lon ?? 0, after?.lat ?? 0])).toBeLessThan(0.005)
  }
})

test('dragging takes the middle of the globe along with the hand', () => {
  const view = viewOf(camera, size, 0)
  const next = viewOf(dragCamera(camera, view, 40, -25), size, 0)
  const moved = seen(next, 10, 30)
  expect(moved.x).toBeCloseTo(590, -1)
  expect(moved.y).toBeCloseTo(305, -1)
})

test('a camera stays upright and within its distances', () => {
  expect(clampCamera({ lon: 200, lat: 95, zoom: 99 })).toEqual({ lon: -160, lat: 80, zoom: 12 })
  expect(clampCamera({ lon: 0, lat: -95, zoom: 0.1 })).toEqual({ lon: 0, lat: -80, zoom: 1 })
})

test('between globe and map the place in the middle stays there', () => {
  for (const flatness of [0, 0.25, 0.5, 0.75]) {
    const { x, y } = seen(viewOf({ ...camera, zoom: 4 }, size, flatness), 10, 30)
    expect(Math.hypot(x - 550, y - 330)).toBeLessThan(180)
  }
})
