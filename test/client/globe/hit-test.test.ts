import { expect, test } from 'vitest'
import { hitTest } from '../../../client/globe/scene.ts'

const spot = (x: number, y: number, rank = 1, seen = true) => ({ x, y, rank, seen })

test('the nearest glyph in sight is hit, none beyond reach', () => {
  const spots = [spot(10, 10), spot(20, 10), spot(16, 10, 1, false)]
  expect(hitTest(spots, { x: 17, y: 10 }, 12)).toBe(1)
  expect(hitTest(spots, { x: 60, y: 10 }, 12)).toBe(-1)
})

test('of two that are about as near, the worse is meant, for it lies above', () => {
  const spots = [spot(10, 10, 1), spot(13, 10, 6)]
  expect(hitTest(spots, { x: 11, y: 10 }, 12)).toBe(1)
  expect(hitTest([spot(10, 10, 1), spot(22, 10, 6)], { x: 10, y: 10 }, 12)).toBe(0)
})
