import type { Instant } from '../../shared/domain/primitives.ts'
import { bounded, fullYear, instantOf } from './calendar.ts'
import { parseLooseDate } from './loose-date.ts'

/**
 * A date as sources write it → Instant; null where it is not exact (no zone, an impossible day), because no date is
 * better than a wrong one. Reads RFC 822 with its later forms, ISO 8601 with a zone, and an ISO day, which is its first
 * instant in UTC; else what `parseLooseDate` reads, and seconds since the epoch.
 * @param defaultZone the zone of a time that names none, such as `utc`; null makes such a date inexact
 * @see https://www.rfc-editor.org/rfc/rfc5322#section-3.3
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function parseDate(value: string, defaultZone: string | null = null): Instant | null {
  const text = value.trim()
  if (text === '' || text.length > 100) return null
  const exact = parseMailDate(text) ?? parseIsoDate(text)
  if (exact !== null) return exact
  return /^\d{10}(?:\d{3})?$/.test(text) ? parseEpoch(text) : parseLooseDate(text, defaultZone)
}

/** Seconds since the epoch, as number or digits → Instant. Figures too large for seconds are milliseconds. */
export function parseEpoch(value: string | number): Instant | null {
  const figure = typeof value === 'number' ? value : /^\d{1,14}$/.test(value) ? Number(value) : Number.NaN
  return bounded(figure >= 1e11 ? figure : figure * 1000)
}

/** The latest of the instants; null when there is none. */
export const latest = (instants: Iterable<Instant | null>): Instant | null => {
  let result: Instant | null = null
  for (const instant of instants) if (instant !== null && (result === null || instant > result)) result = instant
  return result
}

// Azure ends its dates in ' Z', AWS in 'PST'. Some sources omit the day's name or the seconds.
const mailDate =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]{0,6}\.?[\s-]+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,4}|[+-]\d{2}:?\d{2})$/i
const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(z|[+-]\d{2}(?::?\d{2})?))?$/i

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function parseMailDate(text: string): Instant | null {
  const match = mailDate.exec(text)
  if (!match) return null
  const [, day, name = '', year = '', hour, minute, second = '0', zone = ''] = match
  const month = months.indexOf(name.toLowerCase())
  return instantOf([fullYear(year), month, Number(day), Number(hour), Number(minute), Number(second), 0], zone)
}

function parseIsoDate(text: string): Instant | null {
  const match = isoDate.exec(text)
  if (!match) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'z'] = match
  const ms = Math.floor(Number(`0.${fraction}`) * 1000)
  return instantOf(
    [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms],
    zone,
  )
}
