import { fail, ok, type Result } from './primitives.ts'

/** Whether this runtime knows a time zone of this name, such as `Asia/Tokyo`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

/** Zone name or city, in any case (`asia/tokyo`, `Tokyo`, `new york`) → IANA name; null for an unknown one. */
export function findTimeZone(text: string): string | null {
  const wanted = text.trim().replaceAll(' ', '_').toLowerCase()
  if (wanted === '') return null
  const found = Intl.supportedValuesOf('timeZone').find(
    zone => zone.toLowerCase() === wanted || zone.toLowerCase().endsWith(`/${wanted}`),
  )
  return found ?? (isTimeZone(text.trim()) ? text.trim() : null)
}

/** Hours of the night in minutes since midnight, local time; `until` may be on the next day. */
export type NightHours = { from: number; until: number }

export const nightLooks = ['dim', 'off'] as const
export type NightLook = (typeof nightLooks)[number]

const DAY_MINUTES = 24 * 60
const hours = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/

export function parseNight(text: string): Result<NightHours> {
  const [, fromHour, fromMinute, untilHour, untilMinute] = hours.exec(text) ?? []
  const from = minuteOf(fromHour, fromMinute)
  const until = minuteOf(untilHour, untilMinute)
  if (from === null || until === null || from === until)
    return fail(`'${text}' is no night: give two different times of the day, such as 22:00-06:30`)
  return ok({ from, until })
}

/** Whether a minute of the day is within the night; the end is exclusive. */
export const isNight = ({ from, until }: NightHours, minute: number): boolean =>
  (minute - from + DAY_MINUTES) % DAY_MINUTES < (until - from + DAY_MINUTES) % DAY_MINUTES

function minuteOf(hour: string | undefined, minute: string | undefined): number | null {
  const [h, m] = [Number(hour), Number(minute)]
  return h < 24 && m < 60 ? h * 60 + m : null
}

/** The minute of the day in a time zone. @param now ms */
export function minuteIn(timeZone: string, now: number): number {
  const { hour, minute } = localTime(timeZone, now)
  return hour * 60 + minute
}

/** The date and the time of the day in a time zone; `weekday` 0 is Sunday. @param now ms */
export function localTime(timeZone: string, now: number) {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { ...parts, timeZone })
  formats.set(timeZone, format)
  const found = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]))
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(found.get(type))
  const [year, month, day] = [number('year'), number('month'), number('day')]
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, weekday, hour: number('hour'), minute: number('minute') }
}

const parts = {
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
} as const
/** Making one takes longer than a thousand uses. */
const formats = new Map<string, Intl.DateTimeFormat>()
