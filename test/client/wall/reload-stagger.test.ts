import { expect, test } from 'vitest'
import { STAGGER_MS, staggerOf } from '../../../client/wall/watchdog.ts'

test('a screen waits as long whenever it is asked, and otherwise for another build', () => {
  expect(staggerOf('lobby', 'a1')).toBe(staggerOf('lobby', 'a1'))
  expect(staggerOf('lobby', 'a1')).not.toBe(staggerOf('lobby', 'a2'))
})

test('screens are spread over the whole time', () => {
  const tenths = new Array(10).fill(0)
  for (let n = 0; n < 1000; n++) {
    const wait = staggerOf(`screen-${n}`, 'a1')
    expect(wait).toBeLessThan(STAGGER_MS)
    tenths[Math.floor((wait / STAGGER_MS) * 10)]++
  }
  expect(Math.min(...tenths)).toBeGreaterThan(50)
  expect(Math.max(...tenths)).toBeLessThan(150)
})
