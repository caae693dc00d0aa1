import { type Instant, toInstant } from '../../shared/domain/primitives.ts'

/**
 * A date as sources write it → Instant; null where it is not exact (no zone, an impossible day), because no date is
 * better than a wrong one. Reads RFC 822 with its later forms, ISO 8601 with a zone, and an ISO day, which is its first
 * instant in UTC.
 * @see https://www.rfc-editor.org/rfc/rfc5322#section-3.3
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function parseDate(value: string): Instant | null {
  const text = value.trim()
  return text.length > 64 ? null : (parseMailDate(text) ?? parseIsoDate(text))
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

/** Hours east of UTC. @see https://www.rfc-editor.org/rfc/rfc5322#section-4.3 */
const zones = new Map([
  ...['z', 'ut', 'utc', 'gmt'].map(name => [name, 0] as const),
  ...([
    ['edt', -4],
    ['est', -5],
    ['cdt', -5],
    ['cst', -6],
    ['mdt', -6],
    ['mst', -7],
    ['pdt', -7],
    ['pst', -8],
    ['bst', 1],
    ['cet', 1],
    ['cest', 2],
    ['jst', 9],
    ['aest', 10],
    ['aedt', 11],
  ] as const),
])

function parseMailDate(text: string): Instant | null {
  const match = mailDate.exec(text)
  if (!match) return null
  const [, day, name = '', year = '', hour, minute, second = '0', zone = ''] = match
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900)
  const month = months.indexOf(name.toLowerCase())
  return instantOf([fullYear, month, Number(day), Number(hour), Number(minute), Number(second), 0], zone)
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

type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number]

function instantOf([year, month, day, hour, minute, second, ms]: Parts, zone: string): Instant | null {
  const offset = offsetOf(zone.toLowerCase())
  if (offset === null || month < 0 || hour > 23 || minute > 59 || second > 60) return null
  const midnight = new Date(Date.UTC(year, month, day))
  if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== day) return null
  const leapless = Math.min(second, 59)
  return bounded(midnight.getTime() + ((hour * 60 + minute - offset) * 60 + leapless) * 1000 + ms)
}

/** Minutes east of UTC; null for an unknown zone. @param zone in small letters */
export function offsetOf(zone: string): number | null {
  const hours = zones.get(zone)
  if (hours !== undefined) return hours * 60
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!match) return null
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return minutes > 14 * 60 ? null : match[1] === '-' ? -minutes : minutes
}

const EARLIEST = Date.UTC(1990, 0)
const LATEST = Date.UTC(2100, 0)
const bounded = (ms: number): Instant | null => (ms >= EARLIEST && ms < LATEST ? toInstant(ms) : null)
