import { DASHES, type Face, type GlyphShape, glyphShapes } from '../ui/glyph-shapes.ts'
import type { Place } from './place.ts'
import type { Inks } from './theme-colors.ts'

/** A glyph, drawn once; in px of the page: the side of its image, and from its middle to its outline. */
export type Sprite = { image: HTMLCanvasElement; size: number; reach: number }

/** Side of a glyph's box, px: what is worse is larger. */
const sizes: Readonly<Record<Face['status'], number>> = {
  announced: 12,
  operational: 12,
  unknown: 12,
  under_maintenance: 14,
  degraded_performance: 16,
  partial_outage: 18,
  major_outage: 20,
}

/** What lies above what: announced regions lowest, the worst on top. */
const ranks: Readonly<Record<Face['status'], number>> = {
  announced: 0,
  operational: 1,
  unknown: 2,
  under_maintenance: 3,
  degraded_performance: 4,
  partial_outage: 5,
  major_outage: 6,
}

export const statusOf = (place: Pick<Place, 'status' | 'announced'>): Face['status'] =>
  place.announced ? 'announced' : place.status
export const rankOf = (place: Pick<Place, 'status' | 'announced'>): number => ranks[statusOf(place)]

/** The box in which shapes are defined, and room around it for halo and stroke. */
const BOX = 16
const ROOM = 4

/** Gives each place its glyph in these colours; `ratio` is of device pixels to px. */
export function spritesIn(inks: Inks, ratio: number): (place: Place) => Sprite {
  const made = new Map<string, Sprite>()
  return place => {
    const status = statusOf(place)
    const hatched = !place.fresh && status !== 'announced'
    const key = hatched ? `${status} hatched` : status
    const known = made.get(key)
    if (known) return known
    const sprite = makeSprite(status, hatched, inks, ratio)
    made.set(key, sprite)
    return sprite
  }
}

function makeSprite(status: Face['status'], hatched: boolean, inks: Inks, ratio: number): Sprite {
  const size = (sizes[status] * (BOX + 2 * ROOM)) / BOX
  const colour = inks.states[status]
  const reach = status === 'operational' || status === 'announced' ? sizes[status] / 4 : sizes[status] / 2
  const image = document.createElement('canvas')
  image.width = image.height = Math.ceil(size * ratio)
  const ink = image.getContext('2d')
  if (!ink) return { image, size, reach }
  const unit = image.width / (BOX + 2 * ROOM)
  ink.setTransform(unit, 0, 0, unit, ROOM * unit, ROOM * unit)
  ink.lineJoin = 'round'
  // a rim of the ground keeps it apart from land and neighbours
  const shape = status === 'announced' ? open : glyphShapes[status]
  const path = new Path2D(shape.path)
  ink.strokeStyle = inks.sphere
  ink.lineWidth = shape.hollow ? 4.5 : 2.5
  ink.stroke(path)
  ink.fillStyle = ink.strokeStyle
  ink.fill(path)
  ink.fillStyle = ink.strokeStyle = colour
  if (hatched) hatch(ink, path, status === 'unknown')
  ink.lineWidth = status === 'announced' ? 1.25 : 2
  if (shape.dashed) ink.setLineDash([...DASHES])
  if (shape.hollow || (hatched && !shape.dashed)) ink.stroke(path)
  else ink.fill(path)
  return { image, size, reach }
}

/** On a map a dash would be no place: what is announced is a fine open ring. */
const open: GlyphShape = { path: 'M4.2 8a3.8 3.8 0 1 0 7.6 0 3.8 3.8 0 1 0-7.6 0Z', hollow: true, dashed: false }

/** What is not the present: diagonals within the shape. */
function hatch(ink: CanvasRenderingContext2D, path: Path2D, fine: boolean): void {
  ink.save()
  ink.clip(path)
  ink.lineWidth = fine ? 1 : 1.5
  ink.beginPath()
  for (let x = -BOX; x < 2 * BOX; x += 4) {
    ink.moveTo(x, BOX)
    ink.lineTo(x + BOX, 0)
  }
  ink.stroke()
  ink.restore()
}
