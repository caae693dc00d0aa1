import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fanOut, ringPositions } from '../../../client/globe/scene.ts'
import { place } from './world.ts'

const at = (id: string, lat: number, lon: number) => place(id, { lat, lon })
const globe = { reach: 9 / 320, gap: 10, scale: 320 }
const close = { reach: 9 / 4000, gap: 10, scale: 4000 }
const frankfurt = ['aws', 'azure', 'google', 'oracle'].map((id, index) => at(id, 50.1 + index / 100, 8.7))

/** Where glyphs stand on a plane that touches the earth at a middle, px. */
const drawn = (places: ReturnType<typeof at>[], options: typeof globe) =>
  fanOut(places, options).map(({ dx, dy }, index) => {
    const { lat = 0, lon = 0 } = places[index] ?? {}
    const radians = Math.PI / 180
    return [
      (lon - 8.7) * radians * Math.cos(50.1 * radians) * options.scale + dx,
      -(lat - 50.1) * radians * options.scale + dy,
    ] as const
  })

const closest = (points: readonly (readonly [number, number])[]) =>
  Math.min(...points.flatMap(([x, y], i) => points.slice(i + 1).map(([a, b]) => Math.hypot(a - x, b - y))))

describe('regions of one metro', () => {
  test('stand apart from each other', () => {
    expect(closest(drawn(frankfurt, globe))).toBeGreaterThan(9)
  })

  test('stand apart when it is close too, for as long as they hide each other', () => {
    expect(closest(drawn(frankfurt, close))).toBeGreaterThan(9)
    const apart = fanOut([at('aws', 50, 8), at('azure', 51, 9)], close)
    expect(apart).toEqual([
      { dx: 0, dy: 0 },
      { dx: 0, dy: 0 },
    ])
  })

  test('keep their seats whatever their order and their state', () => {
    const [first, ...rest] = frankfurt
    if (!first) throw new Error('there are four')
    const shuffled = [...rest, { ...first, status: 'major_outage' as const }]
    const [before, after] = [fanOut(frankfurt, globe), fanOut(shuffled, globe)]
    expect(after.at(-1)).toEqual(before[0])
    expect(after.slice(0, -1)).toEqual(before.slice(1))
  })

  test('do not draw in the next metro, however near each is to the next', () => {
    const chain = Array.from({ length: 20 }, (_, index) => at(`r${String(index).padStart(2, '0')}`, 50, index * 1.2))
    for (const { dx, dy } of fanOut(chain, globe)) expect(Math.hypot(dx, dy)).toBeLessThan(2 * globe.gap)
  })

  test('are one metro across the date line', () => {
    const [west, east] = fanOut([at('a', 0, 179.9), at('b', 0, -179.9)], globe)
    expect(Math.hypot(west?.dx ?? 0, west?.dy ?? 0)).toBeLessThan(8)
    expect(Math.hypot(east?.dx ?? 0, east?.dy ?? 0)).toBeLessThan(8)
    expect(west).not.toEqual({ dx: 0, dy: 0 })
  })
})

test('a place alone stands where it is', () => {
  expect(fanOut([at('only', 10, 10)], globe)).toEqual([{ dx: 0, dy: 0 }])
})

test('any number of seats is as many, none nearer to another than the gap, all within a few rings', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), count => {
      const seats = ringPositions(count, 10).map(({ dx, dy }) => [dx, dy] as const)
      expect(seats).toHaveLength(count)
      expect(closest(seats)).toBeGreaterThan(9.5)
      for (const [x, y] of seats) expect(Math.hypot(x, y)).toBeLessThan(10 * (1 + Math.sqrt(count / 3)))
    }),
  )
})
