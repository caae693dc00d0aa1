import type { Instant } from '../../shared/domain/primitives.ts'
import { isTimeZone } from '../../shared/domain/time-zone.ts'
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

/** How long a source took, in ms → `120 ms`, `1.2 s`, `12 s`; `–` when it is not known. */
export function latency(ms: number | null, { figures, time }: Words): string {
  if (ms === null) return figures.unknown
  if (ms < 1_000) return time.milliseconds(ms)
  return ms < 9_950 ? time.tenthsOfSecond(ms / 1_000) : time.seconds(Math.round(ms / 1_000))
}

/** A day of the calendar in some zone, `2026-11-24`. */
export type ZoneDay = string

const DAY_MS = 86_400_000

/** The day on which an instant (ms) falls in a zone (IANA name). */
export const dayOf = (ms: number, zone: string): ZoneDay => dayFormat(zone).format(ms)

/** The day so many days later. Days are counted by the calendar, so none is lost where clocks are put forward. */
export const daysLater = (day: ZoneDay, count: number): ZoneDay =>
  new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)

/** A day as it is written in a language: `Tue 24 Nov`; `long`: `Tuesday 24 November 2026`. */
export const dayName = (day: ZoneDay, locale: string, length: 'short' | 'long'): string =>
  nameFormat(locale, length).format(Date.parse(day))

const dayFormats = new Map<string, Intl.DateTimeFormat>()

const known = (key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat => {
  const format = dayFormats.get(key) ?? make()
  dayFormats.set(key, format)
  return format
}

// Canada writes dates as ISO 8601 does
const dayFormat = (timeZone: string) =>
  known(
    timeZone,
    () => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  )

const nameFormat = (locale: string, length: 'short' | 'long') =>
  known(`${locale} ${length}`, () => {
    const year = length === 'long' ? { year: 'numeric' as const } : {}
    return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: length, day: 'numeric', month: length, ...year })
  })

/** What people call a zone: `Asia/Tokyo` → `Tokyo`, `America/Argentina/Buenos_Aires` → `Buenos Aires`. */
export const zoneCity = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** Zones that one may choose from, each once, by their cities. `chosen` is among them whatever the places are. */
export function zonesOf(places: Iterable<{ timezone: string }>, chosen: string | null): string[] {
  const zones = new Set([...places].map(({ timezone }) => timezone))
  if (chosen !== null) zones.add(chosen)
  return [...zones].filter(isTimeZone).sort((a, b) => zoneCity(a).localeCompare(zoneCity(b)))
}
