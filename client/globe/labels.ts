import type { Point, Size } from './camera.ts'

/** What might be written beside a glyph: `reach` from its middle to where text may begin, `width` of the text, px. */
export type LabelWish = Point & { reach: number; width: number }
/** The left end of the text's middle line, px. */
export type LabelSeat = Point & { index: number }

const GAP = 4

/**
 * Seats for labels, those first in the list first: right of the glyph, or left of it where the box ends; where another label
 * stands already, or its glyph, none. `height` of a line, px.
 */
export function seatLabels(wishes: readonly LabelWish[], box: Size, height: number): LabelSeat[] {
  const taken: { left: number; top: number; right: number; bottom: number }[] = []
  const seats: LabelSeat[] = []
  for (const [index, { x, y, reach, width }] of wishes.entries()) {
    const toRight = { left: x - reach, right: x + reach + GAP + width }
    const toLeft = { left: x - reach - GAP - width, right: x + reach }
    for (const side of [toRight, toLeft]) {
      const area = { ...side, top: y - height / 2, bottom: y + height / 2 }
      if (area.left < 0 || area.right > box.width || taken.some(other => overlap(area, other))) continue
      taken.push(area)
      seats.push({ index, x: side === toRight ? x + reach + GAP : x - reach - GAP - width, y })
      break
    }
  }
  return seats
}

type Area = { left: number; top: number; right: number; bottom: number }
const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
