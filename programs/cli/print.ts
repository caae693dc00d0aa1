import type { Status } from '../../shared/domain/status.ts'
import { CONTROLS, clean } from '../../shared/terminal.ts'

/** Where answers go, and how: tables for people on a terminal, one JSON object a line for programs. */
export type Printer = {
  isTable: boolean
  /** The records for a program, or the lines for a person. */
  answer(records: readonly object[], lines: (paint: Paint) => readonly string[]): void
  /** One line beside the answer, on standard error. */
  say(line: string): void
}

/** A piece of a line in a colour, or as it is where colours are off. */
export type Paint = { colour(text: string, colour: Colour): string; columns: number }
export type Colour = 'green' | 'blue' | 'yellow' | 'magenta' | 'red' | 'grey' | 'bold'

export type Terminal = { isTTY?: boolean; columns?: number; write(text: string): unknown }

export function printer(
  { out, err }: { out: Terminal; err: Terminal },
  json: boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Printer {
  const isTable = json === undefined ? out.isTTY === true : !json
  const isColoured = isTable && out.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const paint: Paint = {
    colour: (text, colour) => (isColoured && text !== '' ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text),
    columns: out.isTTY ? (out.columns ?? 80) : Number.POSITIVE_INFINITY,
  }
  return {
    isTable,
    answer(records, lines) {
      const all = isTable ? lines(paint) : records.map(toJsonLine)
      if (all.length > 0) out.write(`${all.join('\n')}\n`)
    },
    say: line => void err.write(`${clean(line)}\n`),
  }
}

/** @see https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters */
const codes: Readonly<Record<Colour, number>> = {
  ...{ green: 32, blue: 34, yellow: 33, magenta: 35, red: 31, grey: 90, bold: 1 },
}

/** JSON without a character that a terminal would act on; it reads back as the same value. */
export const toJsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(CONTROLS, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Shape and word, so that nothing depends on the colour. The shapes are those of the badges. */
export const looks: Readonly<Record<Status, { shape: string; word: string; colour: Colour }>> = {
  operational: { shape: '●', word: 'operational', colour: 'green' },
  under_maintenance: { shape: '⬡', word: 'maintenance', colour: 'blue' },
  degraded_performance: { shape: '▲', word: 'degraded', colour: 'yellow' },
  partial_outage: { shape: '◆', word: 'partial outage', colour: 'magenta' },
  major_outage: { shape: '■', word: 'major outage', colour: 'red' },
  unknown: { shape: '○', word: 'unknown', colour: 'grey' },
}

export type Cell = string | { text: string; colour: Colour }

export const statusCell = (status: Status): Cell => {
  const { shape, word, colour } = looks[status]
  return { text: `${shape} ${word}`, colour }
}

const GAP = '  '
/** A column is never made narrower. */
const MIN_WIDTH = 8
/** What says little when it is cut, or is copied into the next command: cut last. */
const firm = new Set(['status', 'impact', 'since', 'published', 'said', 'seen', 'id', 'what', 'region', 'stack'])

/** Left out where it would leave the others too little. */
const SPARE = 'stage'
const ENOUGH_WIDTH = 12

/**
 * Rows below their titles, in columns as wide as what they hold; one that holds nothing is left out. Where the terminal
 * is narrower, the widest columns are cut until all fit. Texts are cleaned here.
 */
export function tableLines(titles: readonly string[], rows: readonly (readonly Cell[])[], paint: Paint): string[] {
  const all = rows.map(row =>
    row.map(cell =>
      typeof cell === 'string' ? { text: clean(cell), colour: null } : { ...cell, text: clean(cell.text) },
    ),
  )
  const isShown = (column: number) => all.some(row => row[column]?.text)
  const shownTitles = titles.filter((_, column) => isShown(column))
  const cells = [
    shownTitles.map(text => ({ text, colour: 'grey' as const })),
    ...all.map(row => row.filter((_, column) => isShown(column))),
  ]
  const widths = shownTitles.map((_, column) => Math.max(...cells.map(row => widthOf(row[column]?.text ?? ''))))
  const room = paint.columns - GAP.length * (shownTitles.length - 1)
  const enough = widths.map((width, column) =>
    firm.has(shownTitles[column] ?? '') ? width : Math.min(width, ENOUGH_WIDTH),
  )
  if (sum(enough) > room && shownTitles.includes(SPARE)) {
    const spare = titles.indexOf(SPARE)
    return tableLines(
      titles.toSpliced(spare, 1),
      rows.map(row => row.toSpliced(spare, 1)),
      paint,
    )
  }
  for (const isCut of [(title: string) => !firm.has(title), () => true])
    while (sum(widths) > room) {
      const widest = Math.max(...widths.filter((_, column) => isCut(shownTitles[column] ?? '')))
      if (widest <= MIN_WIDTH) break
      widths[widths.findIndex((width, column) => width === widest && isCut(shownTitles[column] ?? ''))] = widest - 1
    }
  return cells.map(row =>
    row
      .map(({ text, colour }, column) => {
        const width = widths[column] ?? 0
        const shown = cutTo(text, width)
        const painted = colour === null ? shown : paint.colour(shown, colour)
        return column === row.length - 1 ? painted : painted + ' '.repeat(width - widthOf(shown))
      })
      .join(GAP)
      .trimEnd(),
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Wide in a terminal: East Asian wide and full-width characters, and pictures. @see https://www.unicode.org/reports/tr11/ */
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1FAFF}\u{20000}-\u{3FFFD}]|^\p{Emoji_Presentation}|\uFE0F/u
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/** How many columns of a terminal a cleaned text takes. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  return sum([...graphemes.segment(text)].map(({ segment }) => widthOfOne(segment)))
}

const widthOfOne = (segment: string): number => (INVISIBLE.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1)

function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let shown = ''
  let taken = 1 // the dots
  for (const { segment } of graphemes.segment(text)) {
    taken += widthOfOne(segment)
    if (taken > width) break
    shown += segment
  }
  return `${shown.trimEnd()}…`
}

/** `2026-11-24 12:00` in UTC. */
export const timeText = (instant: string | null): string =>
  instant === null ? '' : instant.slice(0, 16).replace('T', ' ')
