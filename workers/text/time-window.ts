import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import { offsetOf } from './calendar.ts'

/** A planned window. `until` is null where a text names only its begin. */
export type TimeWindow = { from: Instant; until: Instant | null }

/**
 * The first window that a text names exactly, with days, times and a zone; else null, because no window is better than
 * a wrong one. Reads 'Apr 7, 13:00 - 22:00 UTC', '2026-04-07 13:00 to 2026-04-08 02:00 UTC', '7 April 2026, 1 PM – 3 PM
 * PDT', '07.04.2026 22:00 bis 08.04.2026 02:00 MEZ' and times with the zone in each. A day without a year is the one
 * nearest to the item's own date. Reads the first 5,000 characters.
 * @param published the item's own date
 */
export function windowIn(text: string, published: Instant): TimeWindow | null {
  const words = [...text.slice(0, MAX_CHARS).matchAll(wordPattern)].map(([word]) => word.toLowerCase())
  for (let at = 0; at < words.length; at++) {
    const first = momentAt(words, at)
    if (first?.day == null) continue
    const window = windowOf(first, secondAt(words, first.to), Date.parse(published))
    // A single instant is a window only where the text calls it a begin.
    if (window?.until || (window && words.slice(Math.max(0, at - 4), at).some(word => beginnings.has(word))))
      return window
  }
  return null
}

const MAX_CHARS = 5_000
/** Days, times and offsets in digits; numbers, words and signs. */
const wordPattern =
  /\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?|\+\d{2}:?\d{2}|\d+|\p{L}+|\S/gu

const beginnings = new Set('scheduled start starts starting started begin begins beginning beginn'.split(' '))
/** Between the begin and the end of a window: signs, words, and the label of the end's own line. */
const separators = new Set('- – — to until till through and bis end ends ending ended ende time date :'.split(' '))
/** Between a day and its time, in full or as the `T` of ISO 8601. */
const fillers = new Set(', t at from um von between ( : time'.split(' '))

/** A day, if it is named, and a time. `to` is the index of the next word. */
type Moment = { day: Day | null; minutes: number; zone: string | null; to: number }
type Day = { year: number | null; month: number; date: number }

function momentAt(words: readonly string[], at: number): Moment | null {
  const named = dayAt(words, at)
  let to = named?.to ?? at
  for (let skipped = 0; named !== null && skipped < 3 && fillers.has(words[to] ?? ''); skipped++) to++
  const [, hour = '', minute] = /^(\d{1,2})(?::(\d{2})(?::[\d.]+)?)?$/.exec(words[to] ?? '') ?? []
  if (hour === '') return null
  to++
  const half = /^[ap]m$/.exec(words[to] ?? '')?.[0]
  if (half !== undefined) to++
  if (minute === undefined && half === undefined) return null // '7 - 9' alone are no times
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0)
  if (hours > 24 || Number(minute ?? 0) > 59) return null
  if (/^(?:uhr|h)$/.test(words[to] ?? '')) to++
  const zone = zoneAt(words, words[to] === '(' ? to + 1 : to)
  return {
    day: named?.day ?? null,
    minutes: hours * 60 + Number(minute ?? 0),
    zone: zone?.zone ?? null,
    to: zone?.to ?? to,
  }
}

/** 'UTC', 'MESZ', '+02:00', 'UTC+02:00'. */
function zoneAt(words: readonly string[], at: number): { zone: string; to: number } | null {
  const name = words[at] ?? ''
  const zone = german.get(name) ?? name
  if (offsetOf(zone) === null) return null
  const next = words[at + 1] ?? ''
  const offset = /^(?:utc|gmt)$/.test(zone) && next.startsWith('+') && offsetOf(next) !== null
  const to = offset ? at + 2 : at + 1
  return { zone: offset ? next : zone, to: words[to] === ')' ? to + 1 : to }
}

const german = new Map([
  ['mez', 'cet'],
  ['mesz', 'cest'],
])

/** '2026-04-07', '07.04.2026', 'April 7th, 2026', '7. April', 'Apr 7'. */
function dayAt(words: readonly string[], at: number): { day: Day; to: number } | null {
  const [word = ''] = [words[at]]
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word)
  if (iso) return { day: { year: Number(iso[1]), month: Number(iso[2]) - 1, date: Number(iso[3]) }, to: at + 1 }
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(word)
  if (dotted)
    return { day: { year: Number(dotted[3]), month: Number(dotted[2]) - 1, date: Number(dotted[1]) }, to: at + 1 }
  const isMonthFirst = monthOf(word) >= 0
  const behind = (index: number): number => (/^(?:st|nd|rd|th|\.)$/.test(words[index] ?? '') ? index + 1 : index)
  const second = behind(at + 1)
  const [month, date] = isMonthFirst ? [word, words[second]] : [words[second] ?? '', word]
  if (monthOf(month) < 0 || !/^\d{1,2}$/.test(date ?? '')) return null
  const to = behind(second + 1)
  const comma = words[to] === ',' ? to + 1 : to
  const year = /^\d{4}$/.test(words[comma] ?? '') ? Number(words[comma]) : null
  return { day: { year, month: monthOf(month), date: Number(date) }, to: year === null ? to : comma + 1 }
}

const months = 'jan feb mar|mär apr may|mai jun jul aug sep oct|okt nov dec|dez'
  .split(' ')
  .map(names => names.split('|'))
const monthOf = (word: string): number =>
  word.length > 9 ? -1 : months.findIndex(names => names.some(name => word.startsWith(name)))

/** The end of a window whose begin ends before `at`; null where none follows. */
function secondAt(words: readonly string[], at: number): Moment | null {
  let to = at
  while (to - at < 4 && separators.has(words[to] ?? '')) to++
  return to === at ? null : momentAt(words, to)
}

function windowOf(first: Moment, second: Moment | null, published: number): TimeWindow | null {
  const zone = first.zone ?? second?.zone ?? null
  if (first.day === null || zone === null) return null
  const from = timeOf(first.day, first.minutes, zone, published)
  if (from === null) return null
  if (second === null) return { from: toInstant(from), until: null }
  const until = timeOf(second.day ?? first.day, second.minutes, second.zone ?? zone, from)
  if (until === null) return null
  // A window over midnight names its day once.
  const end = until > from || second.day !== null ? until : until + DAY_MS
  return end > from && end - from <= LONGEST_MS ? { from: toInstant(from), until: toInstant(end) } : null
}

/** ms since the epoch; null for a day that does not exist. A day without a year is the one nearest to `near`. */
function timeOf({ year, month, date }: Day, minutes: number, zone: string, near: number): number | null {
  const offset = offsetOf(zone) ?? 0
  const inYear = (of: number): number | null => {
    const midnight = new Date(Date.UTC(of, month, date))
    return midnight.getUTCDate() === date ? midnight.getTime() + (minutes - offset) * 60_000 : null
  }
  if (year !== null) return inYear(year)
  const own = new Date(near).getUTCFullYear()
  const times = [own - 1, own, own + 1].map(inYear).filter(time => time !== null)
  return times.sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0] ?? null
}

const DAY_MS = 86_400_000
/** A longer window is a misread text, in ms. */
const LONGEST_MS = 60 * DAY_MS
