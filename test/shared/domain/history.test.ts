import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Change, type HistoryInput, history, hourStrip, readHourStrip } from '../../../shared/domain/history.ts'
import { Status } from '../../../shared/domain/status.ts'
import { NOON } from '../../support/builders.ts'

const HOUR = 3_600_000
const at = (hoursAgo: number, status: Status): Change => ({ at: NOON - hoursAgo * HOUR, status })
const input = (more: Partial<HistoryInput>): HistoryInput => ({
  regions: [],
  gaps: [],
  watchedUntil: NOON,
  days: 2,
  now: NOON,
  ...more,
})

describe('a day', () => {
  test('holds the minutes of every state, and is named for the worst', () => {
    const changes = [at(60, 'operational'), at(20, 'partial_outage'), at(19, 'operational')]
    expect(history(input({ regions: [changes] }))).toEqual([
      { day: '2026-11-23', status: 'partial_outage', minutes: { operational: 1380, partial_outage: 60 } },
      { day: '2026-11-24', status: 'operational', minutes: { operational: 720 } },
    ])
  })

  test('before the first change, and where nobody watched, is unknown and not operational', () => {
    const [before, today] = history(
      input({ regions: [[at(24, 'operational')]], gaps: [{ from: NOON - 10 * HOUR, until: NOON - 3 * HOUR }] }),
    )
    expect(before).toMatchObject({ minutes: { unknown: 720, operational: 720 } })
    expect(today).toMatchObject({ status: 'unknown', minutes: { unknown: 420, operational: 300 } })
  })

  test('is unknown from when the roll-up fell silent', () => {
    const [, today] = history(input({ regions: [[at(99, 'operational')]], watchedUntil: NOON - 8 * HOUR }))
    expect(today).toEqual({ day: '2026-11-24', status: 'unknown', minutes: { operational: 240, unknown: 480 } })
    expect(history(input({ regions: [[at(99, 'operational')]], watchedUntil: null }))[1]?.status).toBe('unknown')
  })

  test('of a provider counts the worst of its regions at each moment', () => {
    const [, today] = history(
      input({
        regions: [
          [at(99, 'operational'), at(6, 'degraded_performance'), at(4, 'operational')],
          [at(99, 'operational'), at(5, 'major_outage'), at(3, 'unknown')],
        ],
      }),
    )
    expect(today?.minutes).toEqual({ operational: 360, degraded_performance: 60, major_outage: 120, unknown: 180 })
  })
})

test('whatever happened, the minutes of a day add up to the day', () => {
  const change = fc.record({
    at: fc.integer({ min: NOON - 99 * HOUR, max: NOON + HOUR }),
    status: fc.constantFrom(...Status.options),
  })
  const changes = fc.array(change).map(list => list.sort((a, b) => a.at - b.at))
  const gap = fc
    .tuple(fc.nat(99), fc.nat(9))
    .map(([h, n]) => ({ from: NOON - h * HOUR, until: NOON - h * HOUR + n * HOUR }))
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 5 }), fc.array(gap, { maxLength: 4 }), (regions, gaps) => {
      const totals = history(input({ regions, gaps, days: 3 })).map(({ minutes }) =>
        Object.values(minutes).reduce((sum, some) => sum + some, 0),
      )
      expect(totals.map(Math.round)).toEqual([1440, 1440, 720])
    }),
  )
})

describe('the strip of a day', () => {
  const strip = (changes: Change[], more: Partial<HistoryInput> = {}) =>
    hourStrip({ regions: [changes], gaps: [], watchedUntil: NOON, now: NOON, ...more })

  test('has a character an hour, the worst of it, and unknown before the first change and in a gap', () => {
    const changes = [
      at(20, 'operational'),
      at(5.2, 'major_outage'),
      at(5.1, 'degraded_performance'),
      at(4, 'operational'),
    ]
    const gaps = [{ from: NOON - 10 * HOUR, until: NOON - 8 * HOUR }]
    expect(strip(changes, { gaps })).toBe('----oooooooooo--ooxdoooo')
  })

  test('is read back as states', () => {
    expect(readHourStrip('-oxq')).toEqual(['unknown', 'operational', 'major_outage', 'unknown'])
  })
})
