import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DayStrip, dayUntil, dayWithPoll, emptyDay, hoursUntil } from '../../../shared/domain/day-strip.ts'
import { NOON } from '../../support/builders.ts'

const HOUR = 3_600_000
type Poll = { at: number; ok: boolean }

const stripOf = (polls: Poll[]) =>
  polls.reduce<{ day: string; at: number | null }>(
    ({ day, at }, poll) => ({ day: dayWithPoll(day, at, poll.ok, poll.at), at: poll.at }),
    { day: emptyDay, at: null },
  ).day

/** What a strip should say, from all polls: those of hours that a clock set back has not reached again are forgotten. */
function told(polls: Poll[]): string {
  const last = Math.floor((polls.at(-1)?.at ?? 0) / HOUR)
  const hourOf = (poll: Poll) => Math.floor(poll.at / HOUR)
  const standing = polls.filter((poll, index) =>
    polls.slice(index).every(later => hourOf(later) >= hourOf(poll) && hourOf(poll) > hourOf(later) - 24),
  )
  return Array.from({ length: 24 }, (_, index) => {
    const outcomes = new Set(standing.filter(poll => hourOf(poll) === last - 23 + index).map(({ ok }) => ok))
    return outcomes.size === 2 ? 'f' : outcomes.has(true) ? 'o' : outcomes.has(false) ? 'x' : '-'
  }).join('')
}

const step = fc.record({ minutes: fc.integer({ min: -180, max: 600 }), ok: fc.boolean() })
const walk = fc.array(step, { minLength: 1, maxLength: 60 }).map(steps => {
  let at = NOON
  return steps.map(({ minutes, ok }) => {
    at += minutes * 60_000
    return { at, ok }
  })
})

test('a strip says what all polls together say, over gaps and with a clock that goes backwards', () => {
  fc.assert(
    fc.property(walk, polls => {
      expect(stripOf(polls)).toBe(told(polls))
    }),
  )
})

test('whatever the clock does, it is a strip, and its last hour is that of the last poll', () => {
  const instant = fc.integer({ min: 0, max: 4e12 })
  fc.assert(
    fc.property(fc.stringMatching(/^[ofx-]{24}$/), instant, instant, fc.boolean(), (day, before, now, ok) => {
      const next = dayWithPoll(day, before, ok, now)
      expect(DayStrip.parse(next).at(-1)).toMatch(ok ? /[of]/ : /[xf]/)
    }),
  )
})

test('moving it by hours in two steps is moving it by both at once', () => {
  const hours = fc.integer({ min: 0, max: 40 })
  fc.assert(
    fc.property(fc.stringMatching(/^[ofx-]{24}$/), hours, hours, (day, a, b) => {
      const there = NOON + a * HOUR
      expect(dayUntil(dayUntil(day, NOON, there), there, there + b * HOUR)).toBe(
        dayUntil(day, NOON, NOON + (a + b) * HOUR),
      )
    }),
  )
})

test('a source that was never polled has an empty day, and the hours of a strip end with the present one', () => {
  expect(dayUntil('o'.repeat(24), null, NOON)).toBe(emptyDay)
  expect(hoursUntil(NOON + 59 * 60_000).at(-1)).toBe(NOON)
  expect(hoursUntil(NOON)[0]).toBe(NOON - 23 * HOUR)
})
