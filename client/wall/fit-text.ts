import type { Box, SceneBox } from './units.ts'

/** A code with hyphens, such as `europe-west4`: read as one word, so no line may end in it. */
const CODE = /([a-z\d]{1,40}(?:-[a-z\d]{1,40}){1,8})/

/** A text → its parts in order; every second one is a code. Joined, they are the text. */
export const codesApart = (text: string): string[] => text.split(CODE)

/** Width of a figure in the mono type, em. */
const FIGURE = 0.62
/** Between two figures, and how large labels are, in the smallest text. */
const [GAP, LABEL] = [1, 1.25]

/** A label may break into two lines. */
const labelWidth = (label: string): number => Math.max(textWidth(label) * 0.6, ...label.split(' ').map(textWidth))

/** The largest size at which figures with their labels stand in the box, px: beside each other, or one below the other. */
export function figureSize(
  figures: readonly { label: string; text: string }[],
  { width, unit }: SceneBox,
  most: number,
  beside: boolean,
): number {
  const widthOf = ({ label, text }: { label: string; text: string }, size: number) =>
    Math.max(text.length * FIGURE * size, labelWidth(label) * LABEL * unit)
  const fits = (size: number) => {
    const widths = figures.map(figure => widthOf(figure, size))
    return beside
      ? widths.reduce((sum, one) => sum + one, (figures.length - 1) * GAP * unit) <= width
      : Math.max(...widths) <= width
  }
  let size = Math.max(unit, most)
  while (size > unit && !fits(size)) size = Math.max(unit, size * 0.96)
  return size
}

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
