import { geoInterpolate } from 'd3-geo'
import { locate, type Point, type Size, type View } from './camera.ts'
import type { Arc, Place } from './place.ts'
import type { Scene, SeenPlace } from './scene.ts'
import { unit } from './sphere.ts'
import type { Sprite } from './sprites.ts'
import type { Inks } from './theme-colors.ts'

/** What might be written beside a glyph: `reach` from its middle to where text may begin, `width` of the text, px. */
type LabelWish = Point & { reach: number; width: number }
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

type Ink = CanvasRenderingContext2D
type Emphasis = { selected: string | null; pointed: string | null }

/** A glyph that stands this far from its true place is tied to it, px. */
const TIED = 3
const DIMMED = 0.22
/** Rank of a degraded region: from here on trouble is written out. */
const TROUBLE = 4
const MOST_LABELS = 7
/** px from a glyph to the ring around it. */
const RINGS = { mine: 3, selected: 6 }

/** Glyphs, worst on top, each tied to its true place by a hairline, and the names of the selected one and of the worst. */
export function drawPlaces(
  ink: Ink,
  view: View,
  scene: Scene,
  spriteOf: (place: Place) => Sprite,
  inks: Inks,
  { selected, pointed }: Emphasis,
  labelSize: number,
): void {
  ink.strokeStyle = inks.muted
  ink.lineWidth = 0.75
  ink.globalAlpha = 0.55
  ink.beginPath()
  for (const { seen, clear, dimmed, x, y, trueX, trueY } of scene.seen) {
    if (!seen || clear < 0.5 || dimmed || Math.abs(x - trueX) + Math.abs(y - trueY) < TIED) continue
    ink.moveTo(trueX, trueY)
    ink.lineTo(x, y)
  }
  ink.stroke()

  for (const spot of scene.layers) {
    if (!spot.seen) continue
    const { image, size, reach } = spriteOf(spot.place)
    ink.globalAlpha = spot.clear * (spot.dimmed ? DIMMED : 1)
    ink.drawImage(image, spot.x - size / 2, spot.y - size / 2, size, size)
    if (spot.place.mine) ring(ink, spot, reach + RINGS.mine, 1, inks.text)
    if (spot.place.id === selected || spot.place.id === pointed)
      ring(ink, spot, reach + RINGS.selected, 1.75, inks.text)
  }
  ink.globalAlpha = 1
  drawLabels(ink, view, labelled(scene, selected), spriteOf, inks, selected, labelSize)
}

/** A circle around a place. */
export function ring(ink: Ink, { x, y }: SeenPlace, radius: number, width: number, colour: string): void {
  ink.strokeStyle = colour
  ink.lineWidth = width
  ink.beginPath()
  ink.arc(x, y, radius, 0, 2 * Math.PI)
  ink.stroke()
}

/** The selected place first, then those in trouble, the worst first. */
const labelled = (scene: Scene, selected: string | null): SeenPlace[] => {
  const wished = scene.layers.filter(
    spot => spot.seen && spot.clear > 0.8 && !spot.dimmed && (spot.rank >= TROUBLE || spot.place.id === selected),
  )
  wished.reverse()
  return wished.sort((a, b) => Number(b.place.id === selected) - Number(a.place.id === selected)).slice(0, MOST_LABELS)
}

function drawLabels(
  ink: Ink,
  view: View,
  spots: SeenPlace[],
  spriteOf: (place: Place) => Sprite,
  inks: Inks,
  selected: string | null,
  labelSize: number,
): void {
  ink.font = `600 ${labelSize}px "Atkinson Hyperlegible Next Variable", system-ui, sans-serif`
  ink.textBaseline = 'middle'
  ink.lineJoin = 'round'
  const wishes: LabelWish[] = spots.map(({ x, y, place }) => ({
    x,
    y,
    reach: spriteOf(place).reach + (place.id === selected ? RINGS.selected : place.mine ? RINGS.mine : 0) + 1,
    width: ink.measureText(labelOf(place)).width,
  }))
  ink.lineWidth = 3
  ink.strokeStyle = inks.sphere
  ink.fillStyle = inks.text
  for (const { index, x, y } of seatLabels(wishes, view, labelSize * LEADING)) {
    const spot = spots[index]
    if (!spot) continue
    ink.strokeText(labelOf(spot.place), x, y)
    ink.fillText(labelOf(spot.place), x, y)
  }
}

const LEADING = 4 / 3
const labelOf = ({ provider, name }: Place): string => `${provider} ${name}`

/** Edge locations: fine dust. */
export function drawDust(ink: Ink, view: View, vectors: Float32Array, inks: Inks): void {
  ink.fillStyle = inks.muted
  ink.globalAlpha = 0.5
  for (let at = 0; at + 2 < vectors.length; at += 3) {
    locate(view, vectors[at] ?? 0, vectors[at + 1] ?? 0, vectors[at + 2] ?? 0, found)
    if (found.front > view.rim) ink.fillRect(found.x - 0.75, found.y - 0.75, 1.5, 1.5)
  }
  ink.globalAlpha = 1
}

const found = { x: 0, y: 0, front: 0 }
const ARC_POINTS = 64

/** The shortest way between two places, as far as it is in sight. */
export function drawArcs(ink: Ink, view: View, arcs: readonly Arc[], inks: Inks): void {
  ink.strokeStyle = inks.text
  ink.lineWidth = 1.25
  for (const { from, to } of arcs) {
    const way = geoInterpolate([from.lon, from.lat], [to.lon, to.lat])
    ink.beginPath()
    let down = false
    let lastX = 0
    for (let i = 0; i <= ARC_POINTS; i++) {
      const [lon, lat] = way(i / ARC_POINTS)
      locate(view, ...unit(lon, lat), found)
      // on the map a way over the cut goes on at the other side
      const torn = down && Math.abs(found.x - lastX) > view.scale
      if (found.front <= view.rim) down = false
      else {
        if (down && !torn) ink.lineTo(found.x, found.y)
        else ink.moveTo(found.x, found.y)
        down = true
      }
      lastX = found.x
    }
    ink.stroke()
  }
}
