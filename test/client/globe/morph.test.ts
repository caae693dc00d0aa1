import { geoArea, geoPath } from 'd3-geo'
import { describe, expect, test } from 'vitest'
import { horizon, projectionOf, rawProjection, viewOf } from '../../../client/globe/camera.ts'
import { land } from './world.ts'

const camera = { lon: 10, lat: 30, zoom: 1 }
const size = { width: 1100, height: 660 }
const steps = [0, 0.1, 0.3, 0.5, 0.65, 0.7, 0.9, 1]

describe.each(steps)('at flatness %d', flatness => {
  const projection = projectionOf(viewOf(camera, size, flatness))

  test('the earth is one piece within the box', () => {
    const [[left, top], [right, bottom]] = geoPath(projection).bounds({ type: 'Sphere' })
    expect(left).toBeGreaterThanOrEqual(0)
    expect(top).toBeGreaterThanOrEqual(0)
    expect(right).toBeLessThanOrEqual(size.width)
    expect(bottom).toBeLessThanOrEqual(size.height)
  })

  test('land is a part of it and no streak across it', () => {
    const path = geoPath(projection)
    const share = path.area(land.areas) / path.area({ type: 'Sphere' })
    expect(share).toBeGreaterThan(0.15)
    expect(share).toBeLessThan(0.5)
  })

  test('nothing that is seen is folded over', () => {
    const raw = rawProjection(flatness)
    const reach = horizon(flatness)
    for (let phi = -1.4; phi <= 1.4; phi += 0.1)
      for (let lambda = 0; lambda < Math.PI - 0.05; lambda += 0.05) {
        if (Math.acos(Math.cos(phi) * Math.cos(lambda)) > reach - 0.05) continue
        expect(raw(lambda + 0.01, phi)[0]).toBeGreaterThan(raw(lambda, phi)[0])
      }
  })
})

test('the map shows areas as they are', () => {
  const view = viewOf(camera, size, 1)
  const path = geoPath(projectionOf(view))
  expect(path.area(land.areas) / path.area({ type: 'Sphere' })).toBeCloseTo(geoArea(land.areas) / (4 * Math.PI), 2)
})

test('the horizon recedes without a leap until all is seen', () => {
  const seen = Array.from({ length: 101 }, (_, step) => horizon(step / 100))
  expect(seen[0]).toBeCloseTo(Math.PI / 2)
  expect(seen.at(-1)).toBe(Math.PI)
  for (const [index, reach] of seen.entries()) expect(reach).toBeGreaterThanOrEqual(seen[index - 1] ?? 0)
})
