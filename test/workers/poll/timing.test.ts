import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timingOf } from '../../../workers/poll/pace.ts'

const seconds = fc.integer({ min: 500, max: 86_400_000 })

test('a request ends well before its lease, so that two workers never poll one source at once', () => {
  fc.assert(
    fc.property(seconds, everyMs => {
      const { leaseMs, timeoutMs } = timingOf(everyMs)
      expect(leaseMs - timeoutMs).toBeGreaterThanOrEqual(500)
      expect(timeoutMs).toBeLessThanOrEqual(10_000)
    }),
  )
})

test('a lease is never longer than the interval, so that a dead worker costs less than one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_500, max: 86_400_000 }), everyMs => {
      expect(timingOf(everyMs).leaseMs).toBeLessThanOrEqual(everyMs)
    }),
  )
})
