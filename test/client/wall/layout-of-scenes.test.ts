import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figureSize, fitText, textWidth } from '../../../client/wall/fit-text.ts'
import { fitCells, fitGrid, fitRows, MAX_ITEMS, roomFor, sceneBox, wallBox } from '../../../client/wall/scene-layout.ts'

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

test('what finds no room is told in a seat, or in a line, of its own', () => {
  const things = [1, 2, 3, 4, 5]
  expect(fitCells(things, 5)).toEqual({ shown: things, left: [] })
  expect(fitCells(things, 4)).toEqual({ shown: [1, 2, 3], left: [4, 5] })
  expect(fitRows(things, { height: 900 }, 180, 50)).toEqual({ shown: things, left: 0 })
  expect(fitRows(things, { height: 800 }, 180, 90)).toEqual({ shown: [1, 2, 3], left: 2 })
})

test('figures fill the height that they may where the width allows it', () => {
  const figures = [
    { label: 'now', text: '4' },
    { label: 'live', text: '100%' },
  ]
  expect(figureSize(figures, { ...box, unit: 32 }, 400, true)).toBe(400)
  expect(figureSize(figures, { ...box, width: 600, unit: 32 }, 400, true)).toBeLessThan(200)
  expect(figureSize(figures, { ...box, width: 600, unit: 32 }, 400, false)).toBeGreaterThan(200)
})

test('a scene spans all screens of a wall, under the head and above the ticker', () => {
  const stage = wallBox({ width: 1920, height: 1080 }, { wall: { cols: 3, rows: 2 } })
  expect(stage).toEqual({ width: 5760, height: 2160 })
  const without = sceneBox(stage, 32, 0).height
  expect(sceneBox(stage, 32, 1).height).toBeLessThan(without)
  expect(sceneBox({ width: 10, height: 10 }, 32, 2).height).toBeGreaterThan(0)
})
