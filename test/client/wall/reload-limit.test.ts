import { expect, test } from 'vitest'
import { mayReload, recentReloads } from '../../../client/wall/watchdog.ts'

const MINUTE = 60_000
const now = 100_000 * MINUTE
const minutesAgo = (...minutes: number[]) => minutes.map(one => now - one * MINUTE)

test('three reloads in an hour are enough', () => {
  expect(mayReload([], now)).toBe(true)
  expect(mayReload(minutesAgo(50, 30), now)).toBe(true)
  expect(mayReload(minutesAgo(50, 30, 10), now)).toBe(false)
  expect(mayReload(minutesAgo(61, 30, 10), now)).toBe(true)
})

test('and twelve in a day', () => {
  const hourly = Array.from({ length: 12 }, (_, n) => n * 100 + 90).reverse()
  expect(mayReload(minutesAgo(...hourly), now)).toBe(false)
  expect(mayReload(minutesAgo(...hourly.slice(1)), now)).toBe(true)
})

test('what a clock that was set back remembers of the future does not count', () => {
  expect(recentReloads([...minutesAgo(5), now + MINUTE], now)).toEqual(minutesAgo(5))
})

test('the list never grows beyond what counts', () => {
  expect(recentReloads(minutesAgo(...Array.from({ length: 500 }, (_, n) => 600 - n)), now)).toHaveLength(12)
})
