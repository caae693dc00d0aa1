import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextPace, type PaceInput } from '../../../workers/poll/pace.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A source that is asked every minute and has just changed; `random` in the middle means no jitter. */
const poll = (more: Partial<PaceInput> = {}): PaceInput => ({
  everyMs: minute,
  intervalMs: minute,
  outcome: 'changed',
  hasActiveIncident: false,
  rhythmMs: null,
  failures: 0,
  maxAgeMs: null,
  retryAfterMs: null,
  random: 0.5,
  ...more,
})

const anyMs = fc.integer({ min: 1, max: 7 * day })
const anyPoll: fc.Arbitrary<PaceInput> = fc.record({
  everyMs: fc.integer({ min: 1, max: day }),
  intervalMs: fc.integer({ min: 1, max: day }),
  outcome: fc.constantFrom('changed', 'same', 'failed'),
  hasActiveIncident: fc.boolean(),
  rhythmMs: fc.option(fc.integer({ min: 1, max: day })),
  failures: fc.nat(2_000),
  maxAgeMs: fc.option(fc.oneof(fc.nat(7 * day), fc.constant(9_999_999_999_000))),
  retryAfterMs: fc.option(anyMs),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
})

describe('a source that answers', () => {
  test('is asked at its usual interval after a change', () => {
    expect(nextPace(poll({ intervalMs: 2 * minute }))).toEqual({ intervalMs: minute, delayMs: minute })
  })

  test('is asked a little less often each time nothing changes, up to twice its interval', () => {
    const intervals: number[] = []
    let intervalMs = minute
    for (let n = 0; n < 7; n++) {
      intervalMs = nextPace(poll({ outcome: 'same', intervalMs })).intervalMs
      intervals.push(intervalMs)
    }
    expect(intervals).toEqual([69_000, 79_350, 91_253, 104_941, 120_000, 120_000, 120_000])
  })

  test('is asked twice as often while it has an active incident, whether that changes or not', () => {
    for (const outcome of ['changed', 'same'] as const)
      expect(nextPace(poll({ outcome, hasActiveIncident: true, intervalMs: 2 * minute })).intervalMs).toBe(30_000)
  })

  test('is not asked more often than every 20 s because of an incident, unless it always is', () => {
    const during = (everyMs: number) => nextPace(poll({ everyMs, hasActiveIncident: true })).intervalMs
    expect(during(30_000)).toBe(20_000)
    expect(during(5_000)).toBe(5_000)
  })

  test('is left alone for as long as its answer stays good, up to five intervals and an hour', () => {
    const cached = (everyMs: number, maxAgeMs: number) => nextPace(poll({ everyMs, maxAgeMs }))
    expect(cached(minute, 3 * minute)).toEqual({ intervalMs: 3 * minute, delayMs: 3 * minute })
    expect(cached(minute, day).intervalMs).toBe(5 * minute)
    expect(cached(30 * minute, day).intervalMs).toBe(hour)
    expect(cached(2 * hour, day).intervalMs).toBe(2 * hour)
    expect(cached(minute, 10_000).intervalMs).toBe(minute)
  })

  test('is asked up to a tenth earlier or later than its interval', () => {
    expect(nextPace(poll({ random: 0 })).delayMs).toBe(54_000)
    expect(nextPace(poll({ random: 0.999_999 })).delayMs).toBe(66_000)
  })
})

describe('a source with a rhythm of its own', () => {
  const rhythm = (more: Partial<PaceInput>) => nextPace(poll({ rhythmMs: 2 * hour, ...more })).intervalMs

  test('is asked by it, whether anything changes or not', () => {
    expect(rhythm({ outcome: 'changed' })).toBe(2 * hour)
    expect(rhythm({ outcome: 'same', intervalMs: 3 * hour })).toBe(2 * hour)
    expect(rhythm({ rhythmMs: 30_000 })).toBe(30_000)
  })

  test('is still left alone for as long as its answer stays good', () => {
    expect(rhythm({ rhythmMs: 2 * minute, maxAgeMs: 4 * minute })).toBe(4 * minute)
  })

  test('keeps its interval in a failure', () => {
    expect(rhythm({ outcome: 'failed', failures: 1, intervalMs: 3 * hour })).toBe(3 * hour)
  })
})

describe('a source that fails', () => {
  const failed = (more: Partial<PaceInput>) => nextPace(poll({ outcome: 'failed', failures: 1, ...more }))

  test('keeps the interval by which its silence is counted', () => {
    expect(failed({ intervalMs: 90_000, maxAgeMs: hour, hasActiveIncident: true }).intervalMs).toBe(90_000)
  })

  test('is tried again within a span that doubles with each failure, up to a quarter of an hour', () => {
    const longest = [1, 2, 3, 4, 50, 2_000].map(failures => failed({ failures, random: 0.5 }).delayMs * 2)
    expect(longest).toEqual([2 * minute, 4 * minute, 8 * minute, 15 * minute, 15 * minute, 15 * minute])
  })

  test('may be away for four intervals when it is rarely asked', () => {
    expect(failed({ everyMs: hour, intervalMs: hour, failures: 9 }).delayMs).toBe(2 * hour)
  })

  test('is not tried again at once, however the dice fall', () => {
    expect(failed({ random: 0 }).delayMs).toBe(1_000)
    expect(failed({ everyMs: 500, intervalMs: 500, random: 0 }).delayMs).toBe(250)
  })

  test('is left alone for as long as it asks, up to a day', () => {
    expect(failed({ retryAfterMs: hour }).delayMs).toBe(hour)
    expect(failed({ retryAfterMs: 7 * day }).delayMs).toBe(day)
    expect(failed({ retryAfterMs: 1, random: 0.5 }).delayMs).toBe(minute)
  })
})

describe('whatever happens', () => {
  const holds = (rule: (input: PaceInput) => void) => fc.assert(fc.property(anyPoll, rule), { numRuns: 1_000 })

  test('interval and delay are whole, positive and bounded', () => {
    holds(input => {
      const { intervalMs, delayMs } = nextPace(input)
      const widest = Math.max(5 * input.everyMs, input.intervalMs, input.rhythmMs ?? 0)
      expect(Number.isInteger(intervalMs) && intervalMs >= 1 && intervalMs <= widest).toBe(true)
      const longest = Math.max(1.1 * intervalMs, 15 * minute, 4 * input.everyMs, input.retryAfterMs === null ? 0 : day)
      expect(Number.isInteger(delayMs) && delayMs >= 1 && delayMs <= Math.ceil(longest)).toBe(true)
    })
  })

  test('an active incident never makes a source slower', () => {
    holds(input => {
      const during = nextPace({ ...input, hasActiveIncident: true })
      const without = nextPace({ ...input, hasActiveIncident: false })
      expect(during.intervalMs).toBeLessThanOrEqual(without.intervalMs)
      expect(during.delayMs).toBeLessThanOrEqual(without.delayMs)
    })
  })

  test('a source is left alone for as long as it asks, within a day', () => {
    holds(input => {
      expect(nextPace(input).delayMs).toBeGreaterThanOrEqual(Math.min(input.retryAfterMs ?? 0, day))
    })
  })

  test('a failure changes no interval', () => {
    holds(input => {
      expect(nextPace({ ...input, outcome: 'failed' }).intervalMs).toBe(input.intervalMs)
    })
  })

  test('an answer’s lifetime only ever stretches', () => {
    holds(input => {
      expect(nextPace(input).intervalMs).toBeGreaterThanOrEqual(nextPace({ ...input, maxAgeMs: null }).intervalMs)
    })
  })

  test('a healthy source is read well before it would count as silent', () => {
    holds(input => {
      if (input.outcome === 'failed') return
      const { intervalMs, delayMs } = nextPace({ ...input, retryAfterMs: null })
      expect(delayMs).toBeLessThanOrEqual(Math.max(1, Math.ceil(1.1 * intervalMs)))
    })
  })

  test('larger dice never mean sooner', () => {
    holds(input => {
      expect(nextPace({ ...input, random: input.random / 2 }).delayMs).toBeLessThanOrEqual(nextPace(input).delayMs)
    })
  })
})
