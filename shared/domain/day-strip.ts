import { z } from 'zod'

/** How many hours a strip tells of. */
const HOURS = 24
const HOUR_MS = 3_600_000

/**
 * The polls of 24 hours (of UTC), one character an hour, oldest first: `o` every poll was well, `f` some failed, `x` all failed,
 * `-` there was none.
 */
export const DayStrip = z.string().regex(/^[ofx-]{24}$/)
export type DayStrip = z.infer<typeof DayStrip>

export const emptyDay: DayStrip = '-'.repeat(HOURS)

/**
 * A strip after one more poll. Its last character is the hour of that poll.
 * @param lastPollAt ms since the epoch of the poll before, in whose hour the strip ends; null when there was none
 * @param now ms since the epoch
 */
export function dayWithPoll(day: DayStrip, lastPollAt: number | null, isOk: boolean, now: number): DayStrip {
  const shifted = dayUntil(day, lastPollAt, now)
  return shifted.slice(0, -1) + withPoll(shifted.slice(-1), isOk)
}

/**
 * A strip moved so that it ends in the hour of `now`: hours without a poll come in, and those older than a day go. When the clock
 * went backwards, hours that have not come yet go.
 */
export function dayUntil(day: DayStrip, lastPollAt: number | null, now: number): DayStrip {
  if (lastPollAt === null) return emptyDay
  const hours = Math.floor(now / HOUR_MS) - Math.floor(lastPollAt / HOUR_MS)
  return hours >= 0 ? day.slice(hours).padEnd(HOURS, '-') : day.slice(0, hours).padStart(HOURS, '-')
}

/** When the hour of each character begins, ms since the epoch, of a strip that ends in the hour of `now`. */
export const hoursUntil = (now: number): number[] => {
  const last = Math.floor(now / HOUR_MS)
  return Array.from({ length: HOURS }, (_, index) => (last - HOURS + 1 + index) * HOUR_MS)
}

function withPoll(hour: string, isOk: boolean): string {
  if (hour === '-') return isOk ? 'o' : 'x'
  return hour === (isOk ? 'o' : 'x') ? hour : 'f'
}
