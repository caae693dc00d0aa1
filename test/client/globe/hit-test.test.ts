import { expect, test } from 'vitest'
import { placeLabels } from '../../../client/globe/draw-places.ts'
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

const box = { width: 300, height: 200 }
const wish = (x: number, y: number) => ({ x, y, reach: 8, width: 80 })

test('a label stands right of its glyph, or left of it where the box ends', () => {
  expect(placeLabels([wish(100, 50), wish(250, 120)], box, 16)).toEqual([
    { index: 0, x: 112, y: 50 },
    { index: 1, x: 158, y: 120 },
  ])
})

test('labels do not lie upon each other: the first has the place', () => {
  expect(placeLabels([wish(100, 50), wish(104, 54), wish(100, 90)], box, 16).map(({ index }) => index)).toEqual([0, 2])
})
