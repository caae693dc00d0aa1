import { DASHES, type GlyphShape, glyphShapes, type ShownState } from '../ui/glyph-shapes.ts'
import type { Place } from './place.ts'
import type { ThemeColors } from './theme-colors.ts'

/** A cached glyph. `size`: side of its image, `reach`: from its middle to its outline; px of the page. */
export type Sprite = { image: HTMLCanvasElement; size: number; reach: number }

/** `side` of a glyph's box, px, and stacking order: worse is larger, and on top. */
const looks: Readonly<Record<ShownState['status'], { side: number; rank: number }>> = {
  announced: { side: 12, rank: 0 },
  operational: { side: 12, rank: 1 },
  unknown: { side: 12, rank: 2 },
  under_maintenance: { side: 14, rank: 3 },
  degraded_performance: { side: 16, rank: 4 },
  partial_outage: { side: 18, rank: 5 },
  major_outage: { side: 20, rank: 6 },
}

export const statusOf = ({ announced, status }: Place): ShownState['status'] => (announced ? 'announced' : status)
export const rankOf = (place: Place): number => looks[statusOf(place)].rank

/** The box of the glyph shapes, and space around it for halo and stroke. */
const BOX = 16
const PADDING = 4

/** Returns the glyph of each place in these colours. `ratio`: device pixels per px. */
export function spriteCache(colors: ThemeColors, ratio: number): (place: Place) => Sprite {
  const made = new Map<string, Sprite>()
  return place => {
    const status = statusOf(place)
    const hatched = !place.fresh && status !== 'announced'
    const key = hatched ? `${status} hatched` : status
    const sprite = made.get(key) ?? makeSprite(status, hatched, colors, ratio)
    made.set(key, sprite)
    return sprite
  }
}

function makeSprite(status: ShownState['status'], hatched: boolean, colors: ThemeColors, ratio: number): Sprite {
  const { side } = looks[status]
  const size = (side * (BOX + 2 * PADDING)) / BOX
  const reach = status === 'operational' || status === 'announced' ? side / 4 : side / 2
  const image = document.createElement('canvas')
  image.width = image.height = Math.ceil(size * ratio)
  const context = image.getContext('2d')
  if (!context) return { image, size, reach }
  const unit = image.width / (BOX + 2 * PADDING)
  context.setTransform(unit, 0, 0, unit, PADDING * unit, PADDING * unit)
  context.lineJoin = 'round'
  // a halo in the colour of the sea separates it from land and neighbours
  const shape = status === 'announced' ? open : glyphShapes[status]
  const path = new Path2D(shape.path)
  context.strokeStyle = colors.sea.rim
  context.lineWidth = shape.hollow ? 4.5 : 2.5
  context.stroke(path)
  context.fillStyle = context.strokeStyle
  context.fill(path)
  context.fillStyle = context.strokeStyle = colors.states[status]
  if (hatched) hatch(context, path, status === 'unknown')
  context.lineWidth = status === 'announced' ? 1.25 : 2
  if (shape.dashed) context.setLineDash([...DASHES])
  if (shape.hollow || (hatched && !shape.dashed)) context.stroke(path)
  else context.fill(path)
  return { image, size, reach }
}

/** An announced region: a thin open ring, since the usual dash would not mark a point on a map. */
const open: GlyphShape = { path: 'M4.2 8a3.8 3.8 0 1 0 7.6 0 3.8 3.8 0 1 0-7.6 0Z', hollow: true, dashed: false }

/** Marks a stale status: diagonals within the shape. */
function hatch(context: CanvasRenderingContext2D, path: Path2D, fine: boolean): void {
  context.save()
  context.clip(path)
  context.lineWidth = fine ? 1 : 1.5
  context.beginPath()
  for (let x = -BOX; x < 2 * BOX; x += 4) {
    context.moveTo(x, BOX)
    context.lineTo(x + BOX, 0)
  }
  context.stroke()
  context.restore()
}
