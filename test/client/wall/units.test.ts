import { expect, test } from 'vitest'
import { isTooFar, smallestText, tickerSpeed } from '../../../client/wall/scene-layout.ts'
import { defaultLayout } from '../../../shared/domain/wall-layout.ts'

const from = (metres: number, inches = 55) => ({ distance: metres * 1000, screen: inches * 25.4 })
const hd = { width: 1920, height: 1080 }

test('eight metres from a 55-inch screen of 1080 lines the smallest text has 64 px', () => {
  expect(smallestText(hd, from(8))).toBe(64)
})

test('the same screen with twice the lines has twice the pixels, lying or standing', () => {
  expect(smallestText({ width: 3840, height: 2160 }, from(8))).toBe(128)
  expect(smallestText({ width: 1080, height: 1920 }, from(8))).toBe(64)
})

test('without a word a wall is read from four metres', () => {
  expect(smallestText(hd, defaultLayout)).toBe(32)
  expect(smallestText({ width: 1280, height: 720 }, defaultLayout)).toBe(24)
})

test('what is too far for the screen gets the largest text that leaves room, and is known to be too far', () => {
  expect(smallestText(hd, from(30))).toBe(72)
  expect([isTooFar(hd, from(30)), isTooFar(hd, from(8))]).toEqual([true, false])
})

test('the ticker crosses screens of any number of lines in the same time', () => {
  expect(tickerSpeed(hd, 120)).toBe(120)
  expect(tickerSpeed({ width: 3840, height: 2160 }, 120)).toBe(240)
  expect(tickerSpeed({ width: 1080, height: 1920 }, 120)).toBe(120)
})
