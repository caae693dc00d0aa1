import { expect, test } from 'vitest'
import { MAX_RETRY_DELAY_MS, retryDelayMs } from '../../../client/live/snapshot-request.ts'

test('waits double up to ten seconds and are spread by chance', () => {
  expect([0, 1, 2, 3].map(attempt => retryDelayMs(attempt, 0))).toEqual([250, 500, 1000, 2000])
  expect(retryDelayMs(2, 0.5)).toBe(1500)
  expect(retryDelayMs(1000, 0.999999)).toBe(MAX_RETRY_DELAY_MS)
})
