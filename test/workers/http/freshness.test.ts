import { expect, test } from 'vitest'
import { remainingLifetimeMs } from '../../../workers/http/exchange.ts'

test.each([
  ['max-age=60', null, 60_000],
  ['public, max-age=60, s-maxage=600', null, 60_000],
  ['Max-Age = 60', null, 60_000],
  ['max-age="60"', null, 60_000],
  ['max-age=60', '20', 40_000],
  ['max-age=60', '90', 0],
  ['max-age=60', 'old', 60_000],
  ['max-age=10, max-age=60', null, 10_000],
  ['max-age=0, must-revalidate', null, 0],
])('%s with an Age of %s stays good for %i ms', (cacheControl, age, ms) => {
  expect(remainingLifetimeMs(cacheControl, age)).toBe(ms)
})

test.each([
  null,
  '',
  'public',
  'max-age',
  'max-age=-1',
  'max-age=1e9',
  `max-age=${'9'.repeat(20)}`,
  'max-age=60, no-store',
  'no-cache, max-age=60',
  'no-cache="set-cookie", max-age=60',
])('%j says nothing of how long', cacheControl => {
  expect(remainingLifetimeMs(cacheControl, null)).toBeNull()
})
