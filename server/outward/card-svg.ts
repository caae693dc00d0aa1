import type { Status } from '../../shared/domain/status.ts'
import { shapes } from './badge.ts'
import type { Card } from './card.ts'
import type { Type, Typeface } from './typeface.ts'

/** What previews ask for. @see https://ogp.me/#structured */
export const CARD_WIDTH = 1200
export const CARD_HEIGHT = 630

/** The page's dark theme. */
const ground = '#0c1120'
const line = '#25304a'
const text = '#e8ecf5'
const muted = '#9aa5bc'
export const cardColours: Readonly<Record<Status, string>> = {
  operational: '#49ab8f',
  under_maintenance: '#80c8fd',
  degraded_performance: '#ffca17',
  partial_outage: '#f3955f',
  major_outage: '#de5b5f',
  unknown: '#8b94a7',
}

const EDGE = 72
const INNER_WIDTH = CARD_WIDTH - 2 * EDGE
const GLYPH_PX = 132
const BESIDE_GLYPH = EDGE + GLYPH_PX + 40

/** A card as SVG. All words are paths: what others wrote never stands in it as text. Pure. @param otherwise the place where its name has no shape in our type */
export function cardSvg(card: Card, otherwise: string, { regular, bold }: Type): string {
  const colour = cardColours[card.status]
  const place = drawable(card.place, bold) ?? otherwise
  const title = card.title === null ? null : drawable(card.title, regular)
  const room = CARD_WIDTH - EDGE - BESIDE_GLYPH
  const state = fitted(drawable(card.state, bold) ?? '', bold, room, [64, 56, 48])
  const since = card.since === null ? null : fitted(drawable(card.since, regular) ?? '', regular, room, [36, 32, 28])
  const name = fitted(place, bold, INNER_WIDTH, [84, 72, 60, 52, 44])
  const titleLines = title === null ? [] : wrapped(title, regular, INNER_WIDTH, 42, 2)
  const nameY = 390 - 24 * titleLines.length
  const draw = (face: Typeface, words: string, x: number, y: number, size: number, fill: string) =>
    `<path fill="${fill}" d="${face.path(words, x, y, size)}"/>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" viewBox="0 0 ${CARD_WIDTH} ${CARD_HEIGHT}">`,
    `<rect width="${CARD_WIDTH}" height="${CARD_HEIGHT}" fill="${ground}"/>`,
    `<rect width="16" height="${CARD_HEIGHT}" fill="${colour}"/>`,
    `<g transform="translate(${EDGE} 76) scale(${GLYPH_PX / 16})" fill="${colour}" color="${colour}">${shapes[card.status]}</g>`,
    draw(bold, state.words, BESIDE_GLYPH, since === null ? 164 : 138, state.size, colour),
    since === null ? '' : draw(regular, since.words, BESIDE_GLYPH, 196, since.size, muted),
    draw(bold, name.words, EDGE, nameY, name.size, text),
    ...titleLines.map((words, index) => draw(regular, words, EDGE, nameY + 72 + 54 * index, 42, text)),
    `<rect x="${EDGE}" y="524" width="${INNER_WIDTH}" height="2" fill="${line}"/>`,
    draw(bold, 'Nephoscope', EDGE, 578, 32, muted),
    card.simulated ? draw(bold, 'SIMULATED', CARD_WIDTH - EDGE - bold.width('SIMULATED', 32), 578, 32, muted) : '',
    '</svg>',
  ].join('')
}

/** Characters of a text that are looked at: more than two lines never show. */
const MAX_CHARACTERS = 200

/** A text of others as our type can say it: without controls and pictures; null where it lacks letters, as of Japanese. */
function drawable(words: string, face: Typeface): string | null {
  const plain = [...words.normalize('NFC').replace(/\s+/g, ' ').trim()].slice(0, MAX_CHARACTERS)
  if (plain.some(character => /[\p{L}\p{N}]/u.test(character) && !face.covers(character))) return null
  const shown = plain
    .filter(character => face.covers(character))
    .join('')
    .replace(/ +/g, ' ')
    .trim()
  return shown === '' ? null : shown
}

/** The largest of these sizes in which a text has room; in the smallest it is cut. */
function fitted(
  words: string,
  face: Typeface,
  width: number,
  sizes: readonly number[],
): { words: string; size: number } {
  const size = sizes.find(size => face.width(words, size) <= width)
  if (size !== undefined) return { words, size }
  const smallest = sizes.at(-1) ?? 0
  return { words: cut(words, face, width, smallest), size: smallest }
}

/** Lines that have room, at most so many; what does not fit ends in '…'. */
function wrapped(words: string, face: Typeface, width: number, size: number, max: number): string[] {
  const lines: string[] = []
  let rest = words
  while (rest !== '' && lines.length < max - 1) {
    const first = fitting(rest, face, width, size)
    lines.push(first)
    rest = rest.slice(first.length).trimStart()
  }
  return rest === '' ? lines : [...lines, cut(rest, face, width, size)]
}

/** As many whole words as have room; of a single long one as much as has. */
function fitting(words: string, face: Typeface, width: number, size: number): string {
  if (face.width(words, size) <= width) return words
  const upTo = charactersWithin(words, face, width, size)
  const space = words.lastIndexOf(' ', upTo)
  return words.slice(0, space > 0 ? space : Math.max(1, upTo))
}

const cut = (words: string, face: Typeface, width: number, size: number): string =>
  face.width(words, size) <= width
    ? words
    : `${words.slice(0, charactersWithin(words, face, width - face.width('…', size), size)).trimEnd()}…`

/** How many characters from the start have room. */
function charactersWithin(words: string, face: Typeface, width: number, size: number): number {
  let [enough, tooMany] = [0, words.length]
  while (tooMany - enough > 1) {
    const middle = (enough + tooMany) >> 1
    if (face.width(words.slice(0, middle), size) <= width) enough = middle
    else tooMany = middle
  }
  return enough
}
