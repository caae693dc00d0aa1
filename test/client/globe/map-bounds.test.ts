import fc from 'fast-check'
import { expect, test } from 'vitest'
import { locate, viewOf } from '../../../client/globe/camera.ts'
import { cameraOfBounds } from '../../../client/globe/map-bounds.ts'
import { unit } from '../../../client/globe/sphere.ts'

const size = { width: 1600, height: 800 }
type Box = typeof size
const europe = [
  { lat: 53.3, lon: -6.3 },
  { lat: 59.3, lon: 18.1 },
  { lat: 45.5, lon: 9.2 },
]

/** Where places are drawn, px. */
const drawn = (places: readonly { lat: number; lon: number }[], box: Box = size) => {
  const view = viewOf(cameraOfBounds(places, box), box, 1)
  return places.map(({ lat, lon }) => {
    const at = { x: 0, y: 0, front: 0 }
    locate(view, ...unit(lon, lat), at)
    return at
  })
}

test('wherever the places are, all of them are in the box', () => {
  const place = fc.record({ lat: fc.integer({ min: -50, max: 68 }), lon: fc.integer({ min: -180, max: 179 }) })
  const box = fc.record({ width: fc.integer({ min: 400, max: 4000 }), height: fc.integer({ min: 300, max: 2000 }) })
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), box, (places, room) => {
      for (const { x, y } of drawn(places, room)) {
        expect(x >= 0 && x <= room.width).toBe(true)
        expect(y >= 0 && y <= room.height).toBe(true)
      }
    }),
  )
})

test('the map crops to the places, up to a continent', () => {
  expect(cameraOfBounds(europe, size)).toMatchObject({ zoom: 5, mapLon: expect.closeTo(5.9, 1) })
  expect(cameraOfBounds([{ lat: 50, lon: 8 }], size)).toMatchObject({ zoom: 5, lat: expect.closeTo(50, 0) })
  const americas = cameraOfBounds(
    [
      { lat: 45, lon: -122 },
      { lat: -23, lon: -46 },
    ],
    size,
  )
  expect(americas.zoom).toBeGreaterThan(1.5)
  expect(americas.zoom).toBeLessThan(5)
})

test('places fill the box in one direction', () => {
  const seen = drawn([
    { lat: 45, lon: -122 },
    { lat: 48, lon: 16 },
  ])
  const [left = 0, right = 0] = seen.map(({ x }) => x).sort((a, b) => a - b)
  expect(left).toBeCloseTo(44, 0)
  expect(right).toBeCloseTo(size.width - 44, 0)
})

test('places on both sides of the Pacific are next to each other', () => {
  const camera = cameraOfBounds(
    [
      { lat: 35.7, lon: 139.7 },
      { lat: 45.5, lon: -122.7 },
    ],
    size,
  )
  expect(Math.abs(camera.lon)).toBeGreaterThan(150)
  expect(camera.zoom).toBeGreaterThan(2)
})
