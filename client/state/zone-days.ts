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

const formats = new Map<string, Intl.DateTimeFormat>()

const known = (key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat => {
  const format = formats.get(key) ?? make()
  formats.set(key, format)
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
