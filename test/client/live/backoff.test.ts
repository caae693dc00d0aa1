import { expect, test } from 'vitest'
import { backoff, LONGEST_WAIT } from '../../../client/live/backoff.ts'

test('waits double up to ten seconds and are spread by chance', () => {
  expect([0, 1, 2, 3].map(attempt => backoff(attempt, 0))).toEqual([250, 500, 1000, 2000])
  expect(backoff(2, 0.5)).toBe(1500)
  expect(backoff(1000, 0.999999)).toBe(LONGEST_WAIT)
})
