import { type Status, severity, statusColours, statusWords } from '../../../shared/domain/status.ts'
import { isTimeZone } from '../../../shared/domain/time-zone.ts'
import { clip } from '../../text/plain-text.ts'
import type { Message } from './message.ts'

/** A message in plain words, which targets put into their markup: nothing here is escaped. */
export type Wording = {
  /** 'AWS us-east-1: increased error rates' */
  headline: string
  /** What happened, and how it is now: 'Worse: major outage', 'Resolved', 'Acknowledged by Ann'. */
  state: string
  /** The status as a character; its shape tells it without its colour. */
  glyph: string
  /** The status as a colour, `#rrggbb`; it has a contrast of 4.5:1 or better with white. */
  colour: string
  /** 'Since', '14:02 CET (their clock 13:58)'. */
  facts: readonly Fact[]
  /** 'Shop uses AWS Lambda in us-east-1.' */
  why: string | null
  /** The newest words of the source. */
  words: string | null
  also: { heading: string; lines: readonly AlsoLine[]; more: string | null } | null
  /** 'Open' first, then 'Acknowledge'. */
  links: readonly Link[]
  /** 'Nephoscope, rule shop' */
  sender: string
}
export type Fact = readonly [label: string, value: string]
export type AlsoLine = { glyph: string; text: string; state: string; url: string | null }
export type Link = { text: 'Open' | 'Acknowledge'; url: string }

/** Message → the words that all targets share. Times are in the message's zone. Pure. */
export function wordingOf(message: Message): Wording {
  const { place, status, why, words, rule } = message
  const title = oneLine(message.title)
  const headline = place === '' || title.startsWith(place) ? title : `${oneLine(place)}: ${title}`
  return {
    headline: message.isSimulated ? `SIMULATED: ${headline}` : headline,
    state: stateOf(message),
    glyph: glyphs[status],
    colour: statusColours[status],
    facts: factsOf(message),
    why: why === null ? null : oneLine(why),
    words: words === null || words.trim() === '' ? null : withoutControls(words).trim(),
    also: alsoOf(message),
    links: linksOf(message),
    sender: `Nephoscope, rule ${rule}`,
  }
}

/** '🛑 New: major outage. AWS us-east-1: increased error rates': for a notification, or where only text is shown. */
export const summaryOf = ({ glyph, state, headline }: Wording): string => `${glyph} ${state}. ${headline}`

/** Everything as plain text, in paragraphs. */
export function textOf(wording: Wording): string {
  const { facts, why, words, also, links } = wording
  const paragraphs = [
    [summaryOf(wording), ...facts.map(([label, value]) => `${label}: ${value}`)],
    why === null ? [] : [why],
    words === null ? [] : [words],
    also === null ? [] : [`${also.heading}:`, ...also.lines.map(plainAlso), ...(also.more === null ? [] : [also.more])],
    links.map(({ text, url }) => `${text}: ${url}`),
  ]
  return paragraphs
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

/**
 * Renders ever less of a message until it fits into a service's limits: first the words are cut, then what is also
 * mentioned; the least is returned even if it does not fit.
 */
export function shortenToFit<Rendered>(
  message: Message,
  render: (message: Message) => Rendered,
  fits: (rendered: Rendered) => boolean,
): Rendered {
  for (const [words, mentions] of steps) {
    const rendered = render(shortened(message, words, mentions))
    if (fits(rendered)) return rendered
  }
  return render(shortened(message, 0, 0))
}

/** Bytes of a request as it is sent. */
export const jsonBytes = (json: unknown): number => Buffer.byteLength(JSON.stringify(json))

export const glyphs: Readonly<Record<Status, string>> = {
  operational: '✅',
  under_maintenance: '🔧',
  degraded_performance: '⚠️',
  partial_outage: '🔶',
  major_outage: '🛑',
  unknown: '❔',
}

/** The most characters of the words, and the most mentions. */
const steps = [
  [2000, 50],
  [1000, 50],
  [1000, 20],
  [500, 20],
  [500, 8],
  [200, 8],
  [200, 3],
  [100, 1],
] as const

const shortened = (message: Message, words: number, mentions: number): Message => ({
  ...message,
  words: message.words === null || words === 0 ? null : clip(message.words, words),
  also: message.also.slice(0, mentions),
  alsoOmitted: message.alsoOmitted + Math.max(0, message.also.length - mentions),
})

function stateOf({ occasion, status, isOver, isMaintenance, acknowledged }: Message): string {
  /** How it is now says something only where that is trouble. */
  const told = (word: string) => (severity[status] > 0 ? `${word}: ${statusWords[status]}` : word)
  switch (occasion) {
    case 'acknowledged':
      return acknowledged === null ? 'Acknowledged' : `Acknowledged by ${oneLine(acknowledged.by)}`
    case 'digest':
      return 'Digest'
    case 'test':
      return 'Test'
    case 'maintenance':
      return 'Maintenance ahead'
    default:
      if (isOver) return isMaintenance ? 'Maintenance over' : 'Resolved'
  }
  switch (occasion) {
    case 'opened':
      return isMaintenance ? 'Maintenance began' : told('New')
    case 'worse':
      return told('Worse')
    case 'better':
      return told('Better')
    case 'resolved':
      return told('Resolved in part')
    case 'unreachable':
      return 'Unreachable'
    case 'silent':
      return 'Silent'
    case 'again':
      return told('Still')
    case 'lifted':
      return told('No longer acknowledged')
  }
}

function factsOf(message: Message): Fact[] {
  const { since, until, window, acknowledged, at } = message
  const clock = clockIn(message.timeZone, at)
  const facts: Fact[] = []
  const begin = since.ours ?? since.theirs // of planned work, when it was announced
  if (message.occasion === 'digest')
    return begin === null || until === null ? [] : [['Of', `${clock.time(begin)} to ${clock.named(until)}`]]
  if (begin !== null && window?.from == null) {
    const both = since.ours !== null && since.theirs !== null
    const theirs = both ? ` (their clock ${clock.time(since.theirs ?? begin)})` : ' by their clock'
    facts.push(['Since', `${clock.named(begin)}${since.theirs === null ? '' : theirs}`])
  }
  if (until !== null) facts.push(['Ended', `${clock.named(until)}${lasting(window?.from ?? begin, until)}`])
  if (window?.from != null && window.until != null)
    facts.push(['Window', `${clock.time(window.from)} to ${clock.named(window.until)}`])
  else if (window?.from != null) facts.push(['Window', `from ${clock.named(window.from)}`])
  else if (window?.until != null) facts.push(['Window', `until ${clock.named(window.until)}`])
  if (acknowledged !== null) {
    const ends = acknowledged.until === null ? '' : ` until ${clock.time(acknowledged.until)}`
    const note = acknowledged.note.trim() === '' ? '' : `: ${oneLine(acknowledged.note)}`
    facts.push(['Acknowledged', `by ${oneLine(acknowledged.by)} at ${clock.named(acknowledged.at)}${ends}${note}`])
  }
  return facts
}

/** Times of day, with their date where it is not that of `at`. An unknown zone counts as UTC. */
function clockIn(zone: string, at: string) {
  const timeZone = isTimeZone(zone) ? zone : 'UTC'
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
    return (instant: string) => formatter.format(Date.parse(instant))
  }
  const day = format({ day: 'numeric', month: 'short' })
  const minute = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const minuteAndZone = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' })
  const dated = (instant: string, text: string) => (day(instant) === day(at) ? text : `${day(instant)} ${text}`)
  return {
    time: (instant: string) => dated(instant, minute(instant)),
    named: (instant: string) => dated(instant, minuteAndZone(instant)),
  }
}

function lasting(begin: string | null, end: string): string {
  const minutes = begin === null ? 0 : Math.round((Date.parse(end) - Date.parse(begin)) / 60_000)
  if (minutes <= 0) return ''
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
  if (days > 0) return `, after ${days} d ${hours} h`
  return hours > 0 ? `, after ${hours} h ${minutes % 60} min` : `, after ${minutes} min`
}

function alsoOf({ also, alsoOmitted, occasion }: Message): Wording['also'] {
  if (also.length === 0 && alsoOmitted === 0) return null
  const lines = also.map(({ place, title, status, url }) => ({
    glyph: glyphs[status],
    text: place === '' ? oneLine(title) : `${oneLine(place)}: ${oneLine(title)}`,
    state: statusWords[status],
    url,
  }))
  const more = alsoOmitted === 0 ? null : `and ${alsoOmitted} more`
  return { heading: occasion === 'digest' ? 'What was' : 'Also', lines, more }
}

const plainAlso = ({ glyph, text, state }: AlsoLine) => `${glyph} ${text} (${state})`

function linksOf({ url, acknowledgeUrl }: Message): Link[] {
  const links: Link[] = []
  if (url !== null) links.push({ text: 'Open', url })
  if (acknowledgeUrl !== null) links.push({ text: 'Acknowledge', url: acknowledgeUrl })
  return links
}

/** Control characters, and those that turn the direction of what follows them. */
const controls = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu
const withoutControls = (text: string): string => text.replace(controls, '')

const oneLine = (text: string): string => withoutControls(text.replace(/\s+/g, ' ')).trim()
