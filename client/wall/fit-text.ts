import type { Box } from './scene-layout.ts'

/** `mostLines`: a text that needs more lines at the least size is cut. */
type TextLimits = { least: number; most: number; leading?: number; breaks?: RegExp; mostLines?: number }

/** Widths of letters in the page's font, rounded up, em. */
const [WIDE, BROAD, CAPITAL, DIGIT, USUAL, NARROW] = [1, 0.87, 0.7, 0.64, 0.55, 0.3]
/** Lines break between words and are not full. */
const RAGGED_FACTOR = 1.15
const STEP = 0.95

/** The largest size between the limits (px) at which a text fits in the box, the least if none does, and its lines. */
export function fitText(
  text: string,
  box: Box,
  { least, most, leading = 1.2, breaks = /[\s-]+/, mostLines = Number.POSITIVE_INFINITY }: TextLimits,
) {
  const width = textWidth(text)
  const longest = Math.max(0, ...text.split(breaks).map(textWidth))
  let size = Math.max(least, most)
  while (size > least && !fits(size)) size = Math.max(least, size * STEP)
  return { size, lines: Math.max(1, Math.min(mostLines, Math.floor(box.height / (size * leading)))) }

  function fits(size: number): boolean {
    const ratio = (width * size) / box.width
    const lines = ratio <= 1 ? 1 : Math.ceil(ratio * RAGGED_FACTOR)
    // ideographs break anywhere
    const word = longest > USUAL * 40 ? 0 : longest
    return word * size <= box.width && lines <= mostLines && lines * size * leading <= box.height
  }
}

/** The estimated width of a text on one line, em. */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text)
    width += /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|[\u{1f000}-\u{3ffff}]/u.test(letter)
      ? WIDE
      : /[mwMW%@&—]/.test(letter)
        ? BROAD
        : /\p{Lu}/u.test(letter)
          ? CAPITAL
          : /[iljtf.,:;'’| ()-]/.test(letter)
            ? NARROW
            : /\d/.test(letter)
              ? DIGIT
              : USUAL
  return width
}
