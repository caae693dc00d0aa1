import { textWidth } from './fit-text.ts'
import type { SceneBox } from './units.ts'

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
