import type { Instant } from '../../shared/domain/primitives.ts'

/** The moment and the zone in which times are told. */
export type When = {
  /** ms since the epoch, by the server's clock */
  now: number
  /** IANA name, such as `UTC` or `Europe/Vienna` */
  zone: string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** An instant → `14:02`; on another day, and half a day or more away, `23 Nov 14:02`; in another year `23 Nov 2024`. */
export function clockTime(instant: Instant | number, when: When): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  const then = partsOf(ms, when.zone)
  const today = partsOf(when.now, when.zone)
  const time = `${then.hour}:${then.minute}`
  if (Math.abs(when.now - ms) < 12 * HOUR) return time
  if (then.year !== today.year) return `${then.day} ${then.month} ${then.year}`
  return then.day === today.day && then.month === today.month ? time : `${then.day} ${then.month} ${time}`
}

/** A length of time in ms → `0.4 s`, `38 s`, `38 min`, `3 h 12 min`, `2 d 4 h`. Below zero counts as zero. */
export function span(ms: number): string {
  const length = Math.max(0, ms)
  if (length < SECOND) return `${(Math.floor(length / 100) / 10).toFixed(1)} s`
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`
  if (length < DAY) return pair(Math.floor(length / HOUR), 'h', Math.floor((length % HOUR) / MINUTE), 'min')
  return pair(Math.floor(length / DAY), 'd', Math.floor((length % DAY) / HOUR), 'h')
}

/** How long ago, in no unit below the minute: `38 min`; `under 1 min`. */
export function age(instant: Instant, when: When): string {
  const ms = when.now - Date.parse(instant)
  return ms < MINUTE ? 'under 1 min' : span(ms)
}

/** `since 14:02 (38 min)` */
export const sinceText = (instant: Instant, when: When): string =>
  `since ${clockTime(instant, when)} (${age(instant, when)})`

/** `38 min ago` */
export const ago = (instant: Instant, when: When): string => `${age(instant, when)} ago`

/** The time of day in a place; null where this browser does not know the zone. */
export function timeIn(zone: string, now: number): string | null {
  try {
    return clockTime(now, { now, zone })
  } catch {
    return null
  }
}

/** `23 Nov 22:00 to 24 Nov 02:00`, or the beginning alone. */
export function period(from: Instant, until: Instant | null, when: When): string {
  const start = clockTime(from, when)
  if (until === null) return start
  const sameDay = clockTime(until, { ...when, now: Date.parse(from) })
  return `${start} to ${sameDay}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function partsOf(ms: number, zone: string): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  const parts = { year: '', month: '', day: '', hour: '', minute: '' }
  for (const part of format.formatToParts(ms))
    if (part.type in parts) parts[part.type as keyof typeof parts] = part.value
  return parts
}

const pair = (large: number, largeUnit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${rest} ${restUnit}`
