import type { Instant } from '../../shared/domain/primitives.ts'
import { fullYear, instantOf, zoneOffset } from './calendar.ts'

/**
 * A date in none of the exact forms → Instant, as long as only one reading is possible; null otherwise. Reads comments,
 * missing commas and spaces, `Nov 30, 2026 10:00 PM PST`, the dates of C and JavaScript, `30.11.2026`, `2026/11/30`,
 * `2026年11月30日`, months in seven languages, zones such as `GMT+1` and `Europe/Berlin`. `11/12/2026` is none.
 * @param defaultZone the zone of a time that names none; null makes such a date inexact
 */
export function parseLooseDate(value: string, defaultZone: string | null): Instant | null {
  const text = withoutComments(value)
    .replace(/[−‐‑–]/g, '-')
    .toLowerCase()
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
    .replace(/^(\d{8})t(\d{2})(\d{2})(\d{2})/, '$1 $2:$3:$4')
  const time = timePattern.exec(text)
  if (time === null) return dayInstant(dayIn(text))
  const [, hour = '', minute = '', second = '0', fraction = '0', half] = time
  const behind = text.slice(time.index + time[0].length)
  const zone = zoneIn(behind)
  const day = dayIn(`${text.slice(0, time.index)} ${zone?.rest ?? behind}`)
  const name = zone?.name ?? defaultZone
  if (day === null || name === null) return null
  const hours = half === undefined ? Number(hour) : hourOfHalf(Number(hour), half)
  const ms = Math.floor(Number(`0.${fraction}`) * 1000)
  return instantOf([...day, hours, Number(minute), Number(second), ms], name)
}

const timePattern = /(?:^|[\s,t])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?([ap])\.?m\b\.?)?/

/** An hour of 12 → of 24; one that does not fit into 12 stays impossible. */
const hourOfHalf = (hour: number, half: string): number =>
  hour < 1 || hour > 12 ? 99 : (hour % 12) + (half === 'p' ? 12 : 0)

const dayInstant = (day: Day | null): Instant | null => (day === null ? null : instantOf([...day, 0, 0, 0, 0], 'z'))

/** Comments of RFC 5322 may be nested. One without an end reaches to the end. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text
  let depth = 0
  let out = ''
  for (const char of text) {
    if (char === '(') depth++
    else if (char === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += char
  }
  return out.trim()
}

/** The zone at the beginning of what follows a time; null where there is none. An offset wins over a name beside it. */
function zoneIn(behind: string): { name: string; rest: string } | null {
  const [, sign = '', hours, minutes = '00', rest = ''] =
    /^\s?(?:(?:gmt|utc|ut|z)\s?)?([+-])(\d{1,2}?)(?::?(\d{2}))?(?![\d:])(.{0,99})$/.exec(behind) ?? []
  if (hours !== undefined) return { name: `${sign}${hours.padStart(2, '0')}${minutes}`, rest: withoutZone(rest) }
  const [, name, more = ''] = /^[\s,-]{0,3}([a-z][a-z_/]{0,39})(?![a-z_/])(.{0,99})$/.exec(behind) ?? []
  if (name === undefined || zoneOffset(name, 0) === null) return null
  const offset = zoneIn(more)
  return offset !== null && /^[+-]/.test(offset.name) ? offset : { name, rest: withoutZone(more) }
}

const withoutZone = (rest: string): string => zoneIn(rest)?.rest ?? rest

type Day = [year: number, month: number, day: number]

/** The only day that the words name; null where they leave a choice, or hold anything else. */
function dayIn(words: string): Day | null {
  const [, year = '', month, day = ''] = /^\s{0,9}(\d{4})(\d{2})(\d{2})t?\s{0,9}$/.exec(words) ?? []
  if (month !== undefined) return [Number(year), Number(month) - 1, Number(day)]
  const parts = words.split(/[\s,./年月日-]+/).filter(part => part !== '' && !fillers.has(part))
  const numbers = parts.filter(part => /^\d{1,4}$/.test(part))
  const names = parts.filter(part => !/^\d{1,4}$/.test(part))
  const named = names.filter(name => monthOf(name) !== null)
  const certain = named.length > 1 ? named.filter(name => !weekdays.has(name)) : named // French `mar` is Tuesday too
  if (certain.length > 1 || names.some(name => !weekdays.has(name.slice(0, 3)) && !certain.includes(name))) return null
  return certain[0] === undefined ? dayOfNumbers(numbers, words.includes('.')) : dayBeside(monthOf(certain[0]), numbers)
}

function dayBeside(month: number | null, [first = '', second = '', ...more]: string[]): Day | null {
  if (month === null || more.length > 0 || second === '') return null
  const [year, day] = first.length > 2 ? [first, second] : [second, first]
  return year.length === 3 || year.length === 1 ? null : [fullYear(year), month, Number(day)]
}

/** Without a month's name the order must be certain: by the year in front, by dots, or by a day over 12. */
function dayOfNumbers([first = '', second = '', third = '', ...more]: string[], hasDots: boolean): Day | null {
  if (third === '' || more.length > 0) return null
  if (first.length === 4) return [Number(first), Number(second) - 1, Number(third)]
  if (third.length !== 4) return null
  if (hasDots || Number(first) > 12) return [Number(third), Number(second) - 1, Number(first)]
  return Number(second) > 12 ? [Number(third), Number(first) - 1, Number(second)] : null
}

/** The beginnings of months in English, German, French, Spanish, Portuguese, Italian and Dutch. */
const monthBeginnings = [
  'jan ene gen',
  'feb fév fev',
  'mar mär mrz maa mrt',
  'apr avr abr',
  'may mai mag mei maj',
  'jun juin giu',
  'jul juil lug',
  'aug aoû aou ago',
  'sep set',
  'oct okt out ott',
  'nov',
  'dec dez déc dic',
].flatMap((beginnings, month) => beginnings.split(' ').map(beginning => [beginning, month] as const))

const monthOf = (word: string): number | null =>
  word.length > 12 ? null : (monthBeginnings.find(([beginning]) => word.startsWith(beginning))?.[1] ?? null)

/** The first three letters of weekdays in the same languages. */
const weekdays = new Set(
  `mon tue wed thu fri sat sun mo di mit mi don do fre fr sam sa son so die lun mar mer jeu ven dim mié mie jue vie sáb sab
  dom seg ter qua qui sex gio maa din woe wo vri vr zat za zon zo`.split(/\s+/),
)

/** Words between a day and its time. */
const fillers = new Set('at um uhr den de of on t le à a las o the'.split(' '))
