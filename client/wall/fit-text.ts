import type { Box } from './units.ts'

/** How a text is set: its size in px, and how many lines of it find room. */
export type TextFit = { size: number; lines: number }
export type TextLimits = {
  least: number
  most: number
  leading?: number
  /** Where lines may end. */
  breaks?: RegExp
}

/** Widths in em of the page's type, on the safe side. */
const [WIDE, CAPITAL, USUAL, NARROW] = [1, 0.7, 0.55, 0.3]
/** Lines break between words, so that not every line is full. */
const RAGGED = 1.15
const STEP = 0.95

/** The largest size between the limits (px) at which a text finds room in the box; the least where none does. */
export function fitText(
  text: string,
  box: Box,
  { least, most, leading = 1.2, breaks = /[\s-]+/ }: TextLimits,
): TextFit {
  const width = textWidth(text)
  const longest = Math.max(0, ...text.split(breaks).map(textWidth))
  let size = Math.max(least, most)
  while (size > least && !fits(size)) size = Math.max(least, size * STEP)
  return { size, lines: Math.max(1, Math.floor(box.height / (size * leading))) }

  function fits(size: number): boolean {
    const ratio = (width * size) / box.width
    const lines = ratio <= 1 ? 1 : Math.ceil(ratio * RAGGED)
    // ideographs break anywhere
    const word = longest > USUAL * 40 ? 0 : longest
    return word * size <= box.width && lines * size * leading <= box.height
  }
}

/** How wide a text is on one line, em. */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text)
    width += /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|[\u{1f000}-\u{3ffff}]/u.test(letter)
      ? WIDE
      : /[\p{Lu}mwMW%@&—]/u.test(letter)
        ? CAPITAL
        : /[iljtf.,:;'’| ()-]/.test(letter)
          ? NARROW
          : USUAL
  return width
}
