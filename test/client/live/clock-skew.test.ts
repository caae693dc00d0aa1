import { expect, test } from 'vitest'
import { isSkewSure, skewOf, withReading } from '../../../client/live/freshness.ts'

const readings = (...differences: number[]) =>
  differences.reduce<readonly number[]>((known, difference) => withReading(known, difference, 0, 0), [])

test('clocks that differ by up to two seconds agree', () => {
  expect(skewOf([], 0)).toBe(0)
  expect(skewOf(readings(1_900, -1_900, 2_000), 0)).toBe(0)
})

test('the skew is the median, so that one pulse that was held up moves nothing', () => {
  expect(skewOf(readings(90_000, 90_100, -3_600_000, 90_050, 89_900), 0)).toBe(90_000)
})

test('latency is taken off', () => {
  expect(withReading([], 10_000, 10_300, 300)).toEqual([0])
})

test('only the latest readings count, so that a clock that was set is followed', () => {
  expect(readings(1, 2, 3, 4, 5, 6)).toEqual([2, 3, 4, 5, 6])
  expect(skewOf(readings(60_000, 60_000, 60_000, 60_000, 60_000, 0, 0, 0), 60_000)).toBe(0)
})

test('a skew that only trembles stays as it is', () => {
  expect(skewOf(readings(60_200), 60_000)).toBe(60_000)
  expect(skewOf(readings(60_900), 60_000)).toBe(60_900)
})

test('a clock is called wrong only once three readings agree', () => {
  expect(isSkewSure([])).toBe(false)
  expect(isSkewSure(readings(-3_000))).toBe(false)
  expect(isSkewSure(readings(-3_000, -3_100))).toBe(false)
  expect(isSkewSure(readings(-3_000, -20, 10))).toBe(false)
  expect(isSkewSure(readings(-3_000, -3_100, -2_900))).toBe(true)
  expect(isSkewSure(readings(-3_000, 90_000, -3_100, 10, -2_900))).toBe(true)
})
