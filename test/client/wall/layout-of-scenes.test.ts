import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitText, textWidth } from '../../../client/wall/fit-text.ts'
import {
  fitCells,
  fitGrid,
  fitRows,
  fitTiles,
  MAX_ITEMS,
  roomFor,
  sceneBox,
  wallBox,
} from '../../../client/wall/scene-layout.ts'

const box = { width: 1800, height: 900 }
const limits = { least: 32, most: 100 }

test('a short text is as large as it may be, a long one as small as it must', () => {
  expect(fitText('Azure', box, limits).size).toBe(100)
  const long = fitText('word '.repeat(300), box, limits)
  expect(long.size).toBeLessThan(60)
  expect(fitText('word '.repeat(3000), box, limits)).toEqual({ size: 32, lines: 23 })
})

test('a long word is made smaller until it fits on a line', () => {
  expect(fitText('ap-southeast-2', { width: 300, height: 900 }, limits).size).toBeGreaterThan(60)
  expect(fitText('Donaudampfschifffahrt', { width: 300, height: 900 }, limits).size).toBeLessThan(40)
})

test('ideographs are twice as wide as letters', () => {
  expect(textWidth('障害情報')).toBe(4)
  expect(textWidth('abcd')).toBeLessThan(2.5)
})

test('digits are as wide as they are drawn, all alike', () => {
  // measured in the page's font, semibold
  expect(textWidth('0')).toBeGreaterThanOrEqual(0.632)
  expect(textWidth('in 13 h 52 min')).toBeGreaterThanOrEqual(6.87)
})

test('no fit is below the least or above the most', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300 }),
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 1, max: 2000 }),
      (text, width, height) => {
        const { size, lines } = fitText(text, { width, height }, limits)
        expect(size).toBeGreaterThanOrEqual(limits.least)
        expect(size).toBeLessThanOrEqual(limits.most)
        expect(lines).toBeGreaterThanOrEqual(1)
      },
    ),
  )
})

test('things find as much room as there is, at most seven and at least one', () => {
  expect(roomFor(box, { width: 400, height: 300 })).toBe(MAX_ITEMS)
  expect(roomFor(box, { width: 700, height: 400 })).toBe(4)
  expect(roomFor(box, { width: 7000, height: 4000 })).toBe(1)
})

test('things are seated so that each is as large as it can be', () => {
  const least = { width: 100, height: 50 }
  expect(fitGrid(6, box, least, 1.9)).toEqual({ columns: 3, rows: 2, cell: { width: 600, height: 450 } })
  expect(fitGrid(6, { width: 900, height: 1800 }, least, 1.9).columns).toBe(1)
  expect(fitGrid(1, box, least, 1.9).cell).toEqual(box)
})

test('tiles fill every row, the first rows with fewer and larger ones', () => {
  const least = { width: 300, height: 150 }
  expect(fitTiles(7, box, least, 2)).toEqual([2, 2, 3])
  expect(fitTiles(9, box, least, 2)).toEqual([3, 3, 3])
  expect(fitTiles(1, box, least, 2)).toEqual([1])
  expect(roomFor(box, least, 16)).toBe(16)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), count => {
      expect(fitTiles(count, box, least, 2).reduce((sum, one) => sum + one, 0)).toBe(count)
    }),
  )
})

test('a text that may have three lines is made smaller until it has, and is cut after them', () => {
  const title = 'How Contoso moved four hundred services in a weekend and nobody called us about it'
  const fit = fitText(title, { width: 900, height: 900 }, { least: 32, most: 140, mostLines: 3 })
  expect(fit.lines).toBe(3)
  expect(fit.size).toBeLessThan(fitText(title, { width: 900, height: 900 }, { least: 32, most: 140 }).size)
  expect(fitText('word '.repeat(300), box, { ...limits, mostLines: 3 })).toEqual({ size: 32, lines: 3 })
})

test('what finds no room is told in a seat, or in a line, of its own', () => {
  const things = [1, 2, 3, 4, 5]
  expect(fitCells(things, 5)).toEqual({ shown: things, left: [] })
  expect(fitCells(things, 4)).toEqual({ shown: [1, 2, 3], left: [4, 5] })
  expect(fitRows(things, { height: 900 }, 180, 50)).toEqual({ shown: things, left: 0 })
  expect(fitRows(things, { height: 800 }, 180, 90)).toEqual({ shown: [1, 2, 3], left: 2 })
})

test('a scene spans all screens of a wall, under the head and above the ticker', () => {
  const stage = wallBox({ width: 1920, height: 1080 }, { wall: { cols: 3, rows: 2 } })
  expect(stage).toEqual({ width: 5760, height: 2160 })
  const without = sceneBox(stage, 32, 0).height
  expect(sceneBox(stage, 32, 1).height).toBeLessThan(without)
  expect(sceneBox({ width: 10, height: 10 }, 32, 2).height).toBeGreaterThan(0)
})
