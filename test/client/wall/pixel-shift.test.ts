import { expect, test } from 'vitest'
import { maxPixelShift, pixelShift } from '../../../client/wall/display.ts'

const MINUTE = 60_000

test('the picture strays further on larger screens', () => {
  expect([720, 1080, 2160, 100].map(maxPixelShift)).toEqual([3, 4, 8, 2])
})

test('it moves one pixel in one direction at most, comes everywhere and never leaves its margin', () => {
  const stray = 3
  const places = new Set<string>()
  let before = pixelShift(0, stray)
  for (let minute = 0; minute < 400; minute++) {
    const { x, y } = pixelShift(minute * MINUTE, stray)
    expect(Math.abs(x - before.x) + Math.abs(y - before.y)).toBeLessThanOrEqual(1)
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(stray)
    places.add(`${x},${y}`)
    before = { x, y }
  }
  expect(places.size).toBe(49)
})

test('within a minute it stands still', () => {
  expect(pixelShift(1_000 * MINUTE + 59_999, 4)).toEqual(pixelShift(1_000 * MINUTE, 4))
})
