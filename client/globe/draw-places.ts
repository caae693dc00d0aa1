import { geoInterpolate } from 'd3-geo'
import { descending } from '../../shared/domain/order.ts'
import { locate, type Point, type Size, type View } from './camera.ts'
import type { Arc, Place } from './place.ts'
import type { Scene, SeenPlace } from './scene.ts'
import { unit } from './sphere.ts'
import type { Sprite } from './sprites.ts'
import type { ThemeColors } from './theme-colors.ts'

/** A label for a glyph: `reach` from its middle to where text may begin, `width` of the text, px. */
type LabelRequest = Point & { reach: number; width: number }
/** The left end of the text's middle line, px. */
export type LabelPosition = Point & { index: number }

const LABEL_GAP_PX = 4

/**
 * Places labels in the order of the list: right of the glyph, else left of it. A label that would leave the box or
 * overlap an earlier label or its glyph is left out. `height`: line height, px.
 */
export function placeLabels(requests: readonly LabelRequest[], box: Size, height: number): LabelPosition[] {
  const taken: Area[] = []
  const positions: LabelPosition[] = []
  for (const [index, { x, y, reach, width }] of requests.entries()) {
    const toRight = { left: x - reach, right: x + reach + LABEL_GAP_PX + width }
    const toLeft = { left: x - reach - LABEL_GAP_PX - width, right: x + reach }
    for (const side of [toRight, toLeft]) {
      const area = { ...side, top: y - height / 2, bottom: y + height / 2 }
      if (area.left < 0 || area.right > box.width || taken.some(other => overlap(area, other))) continue
      taken.push(area)
      positions.push({ index, x: side === toRight ? x + reach + LABEL_GAP_PX : x - reach - LABEL_GAP_PX - width, y })
      break
    }
  }
  return positions
}

type Area = { left: number; top: number; right: number; bottom: number }
const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

type Emphasis = { selected: string | null; pointed: string | null }

/** A glyph farther from its true position gets a line to it. */
const LEADER_MIN_PX = 3
/** Regions from this rank on, degraded or worse, get a label. */
const LABEL_MIN_RANK = 4
const MAX_LABELS = 7
/** Space between a glyph and the ring around it, px. */
const RING_GAPS = { mine: 3, selected: 6 }

/** Draws the glyphs, worst on top, with lines to their true positions and labels for the selected and the worst. */
export function drawPlaces(
  context: CanvasRenderingContext2D,
  view: View,
  scene: Scene,
  spriteOf: (place: Place) => Sprite,
  colors: ThemeColors,
  { selected, pointed }: Emphasis,
  labelSize: number,
): void {
  context.strokeStyle = colors.muted
  context.lineWidth = 0.75
  context.globalAlpha = 0.55
  context.beginPath()
  for (const { seen, clear, x, y, trueX, trueY } of scene.seen) {
    if (!seen || clear < 0.5 || Math.abs(x - trueX) + Math.abs(y - trueY) < LEADER_MIN_PX) continue
    context.moveTo(trueX, trueY)
    context.lineTo(x, y)
  }
  context.stroke()

  for (const spot of scene.layers) {
    if (!spot.seen) continue
    const { image, size, reach } = spriteOf(spot.place)
    context.globalAlpha = spot.clear
    context.drawImage(image, spot.x - size / 2, spot.y - size / 2, size, size)
    if (spot.place.mine) ring(context, spot, reach + RING_GAPS.mine, 1, colors.text)
    if (spot.place.id === selected || spot.place.id === pointed)
      ring(context, spot, reach + RING_GAPS.selected, 1.75, colors.text)
  }
  context.globalAlpha = 1
  drawLabels(context, view, labelled(scene, selected), spriteOf, colors, selected, labelSize)
}

export function ring(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, width: number, color: string) {
  context.strokeStyle = color
  context.lineWidth = width
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.stroke()
}

/** Places that may get a label: the selected one, then the worst. */
const labelled = (scene: Scene, selected: string | null): SeenPlace[] =>
  scene.layers
    .filter(spot => spot.seen && spot.clear > 0.8 && (spot.rank >= LABEL_MIN_RANK || spot.place.id === selected))
    .reverse()
    .sort(descending(({ place }) => Number(place.id === selected)))
    .slice(0, MAX_LABELS)

function drawLabels(
  context: CanvasRenderingContext2D,
  view: View,
  spots: SeenPlace[],
  spriteOf: (place: Place) => Sprite,
  colors: ThemeColors,
  selected: string | null,
  labelSize: number,
): void {
  context.font = `600 ${labelSize}px "Atkinson Hyperlegible Next Variable", system-ui, sans-serif`
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  const requests: LabelRequest[] = spots.map(({ x, y, place }) => ({
    x,
    y,
    reach: spriteOf(place).reach + (place.id === selected ? RING_GAPS.selected : place.mine ? RING_GAPS.mine : 0) + 1,
    width: context.measureText(labelOf(place)).width,
  }))
  context.lineWidth = 3
  context.strokeStyle = colors.sphere
  context.fillStyle = colors.text
  for (const { index, x, y } of placeLabels(requests, view, labelSize * LINE_HEIGHT)) {
    const spot = spots[index]
    if (!spot) continue
    context.strokeText(labelOf(spot.place), x, y)
    context.fillText(labelOf(spot.place), x, y)
  }
}

const LINE_HEIGHT = 4 / 3
const labelOf = ({ provider, name }: Place): string => `${provider} ${name}`

export function drawDots(context: CanvasRenderingContext2D, view: View, vectors: Float32Array, colors: ThemeColors) {
  context.fillStyle = colors.muted
  context.globalAlpha = 0.5
  for (let at = 0; at + 2 < vectors.length; at += 3) {
    locate(view, vectors[at] ?? 0, vectors[at + 1] ?? 0, vectors[at + 2] ?? 0, found)
    if (found.front > view.rim) context.fillRect(found.x - 0.75, found.y - 0.75, 1.5, 1.5)
  }
  context.globalAlpha = 1
}

const found = { x: 0, y: 0, front: 0 }
const ARC_POINTS = 64

/** Draws the visible part of great circles between places. */
export function drawArcs(context: CanvasRenderingContext2D, view: View, arcs: readonly Arc[], colors: ThemeColors) {
  context.strokeStyle = colors.text
  context.lineWidth = 1.25
  for (const { from, to } of arcs) {
    const path = geoInterpolate([from.lon, from.lat], [to.lon, to.lat])
    context.beginPath()
    let isDrawing = false
    let lastX = 0
    for (let i = 0; i <= ARC_POINTS; i++) {
      const [lon, lat] = path(i / ARC_POINTS)
      locate(view, ...unit(lon, lat), found)
      // on the map a path across the cut continues on the other side
      const isCut = isDrawing && Math.abs(found.x - lastX) > view.scale
      if (found.front <= view.rim) isDrawing = false
      else {
        if (isDrawing && !isCut) context.lineTo(found.x, found.y)
        else context.moveTo(found.x, found.y)
        isDrawing = true
      }
      lastX = found.x
    }
    context.stroke()
  }
}
