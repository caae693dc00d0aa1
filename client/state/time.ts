import type { Instant } from '../../shared/domain/primitives.ts'
import type { Words } from '../words/words.ts'

/** The moment, the zone in which times are told, and the language. */
export type When = {
  /** ms since the epoch, by the server's clock */
  now: number
  /** IANA name, such as `UTC` or `Europe/Vienna` */
  zone: string
  words: Words
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** An instant → `14:02`; on another day, and half a day or more away, `23 Nov 14:02`; in another year `23 Nov 2024`. */
export function clockTime(instant: Instant | number, { now, zone, words }: When): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  const { day, time, year, dayOfYear } = formatsOf(words.locale, zone)
  if (Math.abs(now - ms) < 12 * HOUR) return time.format(ms)
  if (year.format(ms) !== year.format(now)) return dayOfYear.format(ms)
  const date = day.format(ms)
  return date === day.format(now) ? time.format(ms) : words.time.dayAndTime(date, time.format(ms))
}

/** A length of time in ms → `0.4 s`, `38 s`, `38 min`, `3 h 12 min`, `2 d 4 h`. Below zero counts as zero. */
export function span(ms: number, { time }: Words): string {
  const length = Math.max(0, ms)
  if (length < SECOND) return time.tenthsOfSecond(Math.floor(length / 100) / 10)
  if (length < MINUTE) return time.seconds(Math.floor(length / SECOND))
  if (length < HOUR) return time.minutes(Math.floor(length / MINUTE))
  if (length < DAY) return time.hours(Math.floor(length / HOUR), Math.floor((length % HOUR) / MINUTE))
  return time.days(Math.floor(length / DAY), Math.floor((length % DAY) / HOUR))
}

/** How long ago, in no unit below the minute: `38 min`; `under 1 min`. */
export function age(instant: Instant, when: When): string {
  const ms = when.now - Date.parse(instant)
  return ms < MINUTE ? when.words.time.underOneMinute : span(ms, when.words)
}

/** `since 14:02 (38 min)` */
export function sinceText(instant: Instant, when: When): string {
  const said = sinceWords.get(when) ?? new Map<Instant, string>()
  sinceWords.set(when, said)
  const text = said.get(instant) ?? when.words.time.since(clockTime(instant, when), age(instant, when))
  said.set(instant, text)
  return text
}

/** What was said of a moment: hundreds of regions and incidents are told again whenever one changes. */
const sinceWords = new WeakMap<When, Map<Instant, string>>()

/** `38 min ago` */
export function ago(instant: Instant, when: When): string {
  const ms = when.now - Date.parse(instant)
  return ms < MINUTE ? when.words.time.underOneMinuteAgo : when.words.time.ago(span(ms, when.words))
}

/** A day of UTC, `2026-11-23` → `23 Nov`; in another year `23 Nov 2024`. */
export function dayText(date: string, { now, words }: When): string {
  const ms = Date.parse(date)
  const { day, year, dayOfYear } = formatsOf(words.locale, 'UTC')
  return (year.format(ms) === year.format(now) ? day : dayOfYear).format(ms)
}

/** The time of day in a place; null where this browser does not know the zone. */
export function timeIn(zone: string, when: When): string | null {
  try {
    return clockTime(when.now, { ...when, zone })
  } catch {
    return null
  }
}

/** `23 Nov 22:00 to 24 Nov 02:00`, or the beginning alone. */
export function period(from: Instant, until: Instant | null, when: When): string {
  const start = clockTime(from, when)
  if (until === null) return start
  const sameDay = clockTime(until, { ...when, now: Date.parse(from) })
  return when.words.time.period(start, sameDay)
}

type Formats = Readonly<Record<'time' | 'day' | 'dayOfYear' | 'year', Intl.DateTimeFormat>>

const formats = new Map<string, Formats>()

/** Made once a language and zone: making one costs more than a thousand uses. */
function formatsOf(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const made = {
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: format({ day: 'numeric', month: 'short' }),
    dayOfYear: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    year: format({ year: 'numeric' }),
  }
  formats.set(key, made)
  return made
}
