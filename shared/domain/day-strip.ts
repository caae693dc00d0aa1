import { z } from 'zod'

const HOURS = 24
const HOUR_MS = 3_600_000

/** The polls of 24 hours (UTC), one character each, oldest first: `o` all good, `f` some failed, `x` all, `-` none. */
export const DayStrip = z.string().regex(/^[ofx-]{24}$/)
export type DayStrip = z.infer<typeof DayStrip>

export const emptyDay: DayStrip = '-'.repeat(HOURS)

/**
 * Adds a poll to a strip, which then ends in its hour. Instants are ms since the epoch.
 * @param lastPollAt the previous poll, in whose hour the strip ends; null for the first poll
 */
export function dayWithPoll(day: DayStrip, lastPollAt: number | null, isOk: boolean, now: number): DayStrip {
  const shifted = dayUntil(day, lastPollAt, now)
  return shifted.slice(0, -1) + withPoll(shifted.slice(-1), isOk)
}

/** Shifts a strip to end in the hour of `now`. Older hours drop out, and future ones after the clock was set back. */
export function dayUntil(day: DayStrip, lastPollAt: number | null, now: number): DayStrip {
  if (lastPollAt === null) return emptyDay
  const hours = Math.floor(now / HOUR_MS) - Math.floor(lastPollAt / HOUR_MS)
  return hours >= 0 ? day.slice(hours).padEnd(HOURS, '-') : day.slice(0, hours).padStart(HOURS, '-')
}

/** The begin of each character's hour, ms since the epoch, in a strip that ends in the hour of `now`. */
export const hoursUntil = (now: number): number[] => {
  const last = Math.floor(now / HOUR_MS)
  return Array.from({ length: HOURS }, (_, index) => (last - HOURS + 1 + index) * HOUR_MS)
}

function withPoll(hour: string, isOk: boolean): string {
  if (hour === '-') return isOk ? 'o' : 'x'
  return hour === (isOk ? 'o' : 'x') ? hour : 'f'
}
