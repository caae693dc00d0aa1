import { descending, firstOf } from '../../shared/domain/order.ts'
import type { Point, Size } from './camera.ts'

/** A label for a glyph: `reach` from its middle to where text may begin, `width` of the text, px. */
export type LabelRequest = Point & { reach: number; width: number; side?: Side | undefined }
/** The left end of the text's middle line, px. */
export type LabelPosition = Point & { index: number; side: Side }
export type Side = 'right' | 'left' | 'below' | 'above'
/** px */
export type Area = { left: number; top: number; right: number; bottom: number }

const GAP_PX = 4
/** More would make a page of words of it. */
const MAX_LABELS = 8
const SIDES: readonly Side[] = ['right', 'left', 'below', 'above']

/**
 * Places labels in the order of the list, each on the side that it asks for, else on the first with room. A label that
 * would leave the box, or cover an earlier label or a glyph that must be seen, is left out. `height`: line height, px.
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  glyphs: readonly Area[],
  box: Size,
  height: number,
): LabelPosition[] {
  const taken: Area[] = [...glyphs]
  const hasRoom = (area: Area) =>
    area.left >= 0 &&
    area.top >= 0 &&
    area.right <= box.width &&
    area.bottom <= box.height &&
    !taken.some(other => overlap(area, other))
  const positions: LabelPosition[] = []
  for (const [index, request] of requests.entries()) {
    if (positions.length === MAX_LABELS) break
    const sides = request.side ? [request.side, ...SIDES] : SIDES
    const side = sides.find(one => hasRoom(areaOf(request, one, height)))
    if (!side) continue
    const area = areaOf(request, side, height)
    taken.push(area)
    positions.push({ index, side, x: area.left, y: (area.top + area.bottom) / 2 })
  }
  return positions
}

function areaOf({ x, y, reach, width }: LabelRequest, side: Side, height: number): Area {
  const away = reach + GAP_PX
  const left = { right: x + away, left: x - away - width, below: x - width / 2, above: x - width / 2 }[side]
  const middle = { right: y, left: y, below: y + reach + height / 2, above: y - reach - height / 2 }[side]
  return { left, right: left + width, top: middle - height / 2, bottom: middle + height / 2 }
}

const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** What decides whether a place gets a label, and before which others. */
type Labelled = { rank: number; mine: boolean; isSelected: boolean; isPaired: boolean }

/** Places from this rank on, degraded or worse, are in trouble. */
export const TROUBLE_RANK = 4
const MAX_WISHES = 20

/**
 * Places that should have a label: the selected one and its pair, those in trouble, the worst first, then the reader's
 * own.
 */
export const labelOrder = <T extends Labelled>(places: readonly T[]): T[] =>
  places
    .filter(({ rank, mine, isSelected, isPaired }) => isSelected || isPaired || mine || rank >= TROUBLE_RANK)
    .sort(
      firstOf(
        descending(({ isSelected }) => Number(isSelected)),
        descending(({ isPaired }) => Number(isPaired)),
        descending(({ rank }) => (rank >= TROUBLE_RANK ? rank : 0)),
        descending(({ mine }) => Number(mine)),
      ),
    )
    .slice(0, MAX_WISHES)
