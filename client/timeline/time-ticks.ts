import { clockTime, dayOf, dayText, type When } from '../ui/time.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Steps that divide an hour, a day or a fortnight evenly. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map(hours => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28, 84].map(days => days * DAY_MS),
]

export type TimeTick = { at: number; name: string }

/**
 * Round times of the chosen zone between two times (ms), at most about `most` of them: '14:00', and '24 Nov' for the
 * beginning of a day.
 */
export function timeTicks(from: number, until: number, when: When, most: number): TimeTick[] {
  const step = steps.find(step => (until - from) / step <= most) ?? DAY_MS * 366
  // clocks of zones are off by quarters of an hour from ours
  const candidate = Math.min(step, until - from > 4 * DAY_MS ? HOUR_MS : 15 * MINUTE_MS)
  const ticks: TimeTick[] = []
  for (let at = Math.ceil(from / candidate) * candidate; at <= until; at += candidate) {
    const clock = clockTime(at, { ...when, now: at })
    const [hours = 0, minutes = 0] = clock.split(':').map(Number)
    const inDay = hours * HOUR_MS + minutes * MINUTE_MS
    const day = dayOf(at, when.zone)
    if (step < DAY_MS ? inDay % step === 0 : inDay === 0 && Date.parse(day) % step === 0)
      ticks.push({ at, name: inDay === 0 ? dayText(day, when) : clock })
  }
  return ticks
}
