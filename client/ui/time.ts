import type { Instant } from '../../shared/domain/primitives.ts'
import { isTimeZone } from '../../shared/domain/time-zone.ts'
import type { FirstWords } from '../words/en/first.ts'
import type { Words } from '../words/en/page.ts'

/** The context of every time that is shown. `now`: ms since the epoch, by the server's clock; `zone`: an IANA name. */
export type When<W = Words> = { now: number; zone: string; words: W }

/** The same before all words are loaded. */
export type FirstWhen = When<FirstWords>

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** An instant → `14:02`; on another day, and half a day or more away, `23 Nov 14:02`; in another year `23 Nov 2024`. */
export function clockTime(instant: Instant | number, { now, zone, words }: FirstWhen): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  const { day, time, year, dayOfYear } = formatsOf(words.locale, zone)
  if (Math.abs(now - ms) < 12 * HOUR_MS) return time.format(ms)
  if (year.format(ms) !== year.format(now)) return dayOfYear.format(ms)
  const date = day.format(ms)
  return date === day.format(now) ? time.format(ms) : words.time.dayAndTime(date, time.format(ms))
}

/** A duration in ms → `0.4 s`, `38 s`, `38 min`, `3 h 12 min`, `2 d 4 h`. Negative counts as 0. */
export function span(ms: number, { time }: FirstWords): string {
  const length = Math.max(0, ms)
  if (length < SECOND_MS) return time.tenthsOfSecond(Math.floor(length / 100) / 10)
  if (length < MINUTE_MS) return time.seconds(Math.floor(length / SECOND_MS))
  if (length < HOUR_MS) return time.minutes(Math.floor(length / MINUTE_MS))
  if (length < DAY_MS) return time.hours(Math.floor(length / HOUR_MS), Math.floor((length % HOUR_MS) / MINUTE_MS))
  return time.days(Math.floor(length / DAY_MS), Math.floor((length % DAY_MS) / HOUR_MS))
}

/** How long ago, in minutes or more: `38 min`, `under 1 min`. */
export function age(instant: Instant, { now, words }: FirstWhen): string {
  const ms = now - Date.parse(instant)
  return ms < MINUTE_MS ? words.time.underOneMinute : span(ms, words)
}

/** `since 14:02 (38 min)` */
export function sinceText(instant: Instant, when: FirstWhen): string {
  const known = sinceTexts.get(when) ?? new Map<Instant, string>()
  sinceTexts.set(when, known)
  const text = known.get(instant) ?? when.words.time.since(clockTime(instant, when), age(instant, when))
  known.set(instant, text)
  return text
}

/** Texts by context and instant: each change redraws hundreds of regions and incidents. */
const sinceTexts = new WeakMap<FirstWhen, Map<Instant, string>>()

/** `38 min ago` */
export function ago(instant: Instant, { now, words }: FirstWhen): string {
  const ms = now - Date.parse(instant)
  return ms < MINUTE_MS ? words.time.underOneMinuteAgo : words.time.ago(span(ms, words))
}

/** A UTC day, `2026-11-23` → `23 Nov`; in another year `23 Nov 2024`. */
export function dayText(date: string, { now, words }: FirstWhen): string {
  const ms = Date.parse(date)
  const { day, year, dayOfYear } = formatsOf(words.locale, 'UTC')
  return (year.format(ms) === year.format(now) ? day : dayOfYear).format(ms)
}

/** The time of day in a zone; null when this browser does not know the zone. */
export function timeIn(zone: string, when: FirstWhen): string | null {
  try {
    return clockTime(when.now, { ...when, zone })
  } catch {
    return null
  }
}

/** `23 Nov 22:00 to 24 Nov 02:00`, or the start alone. */
export function period(from: Instant, until: Instant | null, when: FirstWhen): string {
  const start = clockTime(from, when)
  return until === null ? start : when.words.time.period(start, clockTime(until, { ...when, now: Date.parse(from) }))
}

/** A function that makes something once for each key. Creating a format of `Intl` costs more than a thousand uses. */
export function cached<Key extends string[], T>(make: (...key: Key) => T): (...key: Key) => T {
  const made = new Map<string, T>()
  return (...key) => {
    const known = made.get(key.join(' ')) ?? make(...key)
    made.set(key.join(' '), known)
    return known
  }
}

const formatsOf = cached((locale: string, timeZone: string) => {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  return {
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: format({ day: 'numeric', month: 'short' }),
    dayOfYear: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    year: format({ year: 'numeric' }),
  }
})

/** A source's latency in ms → `120 ms`, `1.2 s`, `12 s`; `–` when unknown. */
export function latency(ms: number | null, { figures, time }: FirstWords): string {
  if (ms === null) return figures.unknown
  if (ms < 1_000) return time.milliseconds(ms)
  return ms < 9_950 ? time.tenthsOfSecond(ms / 1_000) : time.seconds(Math.round(ms / 1_000))
}

/** A calendar day in some zone, `2026-11-24`. */
export type ZoneDay = string

/** The day of an instant (ms) in a zone (IANA name). */
export const dayOf = (ms: number, zone: string): ZoneDay => dayFormat(zone).format(ms)

/** The day `count` days later, by the calendar, so that a change of clocks loses no day. */
export const daysLater = (day: ZoneDay, count: number): ZoneDay =>
  new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)

/** A day in words: `Tue 24 Nov`; `long`: `Tuesday 24 November 2026`. */
export const dayName = (day: ZoneDay, locale: string, length: 'short' | 'long'): string =>
  nameFormat(locale, length).format(Date.parse(day))

// the Canadian format is that of ISO 8601
const dayFormat = cached(
  (timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
)

const nameFormat = cached((locale: string, length: 'short' | 'long') => {
  const year = length === 'long' ? { year: 'numeric' as const } : {}
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: length, day: 'numeric', month: length, ...year })
})

/** The city of a zone: `Asia/Tokyo` → `Tokyo`, `America/Argentina/Buenos_Aires` → `Buenos Aires`. */
export const zoneCity = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

/** The zones of `places` and the chosen one, without repetition, sorted by city. */
export function zonesOf(places: Iterable<{ timezone: string }>, chosen: string | null): string[] {
  const zones = new Set([...places].map(({ timezone }) => timezone))
  if (chosen !== null) zones.add(chosen)
  return [...zones].filter(isTimeZone).sort((a, b) => zoneCity(a).localeCompare(zoneCity(b)))
}
