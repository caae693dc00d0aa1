import { locate, type Point, type View } from './camera.ts'
import { type Area, labelOrder, placeLabels, TROUBLE_RANK } from './labels.ts'
import type { Place } from './place.ts'
import type { Scene, SeenPlace } from './scene.ts'
import type { Sprite } from './sprites.ts'
import type { ThemeColors } from './theme-colors.ts'

/** Ids of places. `paired`: at the other ends of the selected one's arcs. */
type Emphasis = { selected: string | null; pointed: string | null; paired: readonly string[] }

/** A glyph farther from its true position gets a line to it. */
const LEADER_MIN_PX = 3
/** Space between a glyph and the ring around it, px. */
const RING_GAPS = { mine: 3, selected: 6 }

/** Draws the glyphs, worst on top, with lines to their true positions and labels for the selected and the worst. */
export function drawPlaces(
  context: CanvasRenderingContext2D,
  view: View,
  scene: Scene,
  spriteOf: (place: Place) => Sprite,
  colors: ThemeColors,
  emphasis: Emphasis,
  labelSize: number,
): void {
  const { selected, pointed, paired } = emphasis
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
    else if (paired.includes(spot.place.id)) ring(context, spot, reach + RING_GAPS.selected, 1, colors.text)
  }
  context.globalAlpha = 1
  drawLabels(context, view, scene, spriteOf, colors, emphasis, labelSize)
}

export function ring(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, width: number, color: string) {
  context.strokeStyle = color
  context.lineWidth = width
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.stroke()
}

function drawLabels(
  context: CanvasRenderingContext2D,
  view: View,
  scene: Scene,
  spriteOf: (place: Place) => Sprite,
  colors: ThemeColors,
  { selected, paired }: Emphasis,
  labelSize: number,
): void {
  context.font = `600 ${labelSize}px "Atkinson Hyperlegible Next Variable", system-ui, sans-serif`
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  const inSight = scene.layers.filter(({ seen, clear }) => seen && clear > 0.8)
  const reachOf = ({ place }: SeenPlace) =>
    spriteOf(place).reach + (place.id === selected ? RING_GAPS.selected : place.mine ? RING_GAPS.mine : 0) + 1
  const wanted = labelOrder(
    inSight.map(spot => {
      const { id, mine } = spot.place
      return { spot, rank: spot.rank, mine, isSelected: id === selected, isPaired: paired.includes(id) }
    }),
  ).map(({ spot }) => spot)
  const requests = wanted.map(spot => ({
    x: spot.x,
    y: spot.y,
    reach: reachOf(spot),
    width: context.measureText(labelOf(spot.place)).width,
    side: scene.sides.get(spot.place.id),
  }))
  const glyphs = inSight
    .filter(({ rank, place }) => rank >= TROUBLE_RANK || place.id === selected)
    .map(spot => boxAround(spot, reachOf(spot)))
  scene.sides.clear()
  context.lineWidth = 3
  context.strokeStyle = colors.sea.rim
  context.fillStyle = colors.text
  for (const { index, x, y, side } of placeLabels(requests, glyphs, view, labelSize * LINE_HEIGHT)) {
    const place = wanted[index]?.place
    if (!place) continue
    scene.sides.set(place.id, side)
    context.strokeText(labelOf(place), x, y)
    context.fillText(labelOf(place), x, y)
  }
}

const boxAround = ({ x, y }: Point, reach: number): Area => ({
  left: x - reach,
  top: y - reach,
  right: x + reach,
  bottom: y + reach,
})

const LINE_HEIGHT = 4 / 3
const labelOf = ({ provider, name }: Place): string => `${provider} ${name}`

export function drawDots(context: CanvasRenderingContext2D, view: View, vectors: Float32Array, colors: ThemeColors) {
  context.fillStyle = colors.muted
  context.globalAlpha = 0.4
  context.beginPath()
  for (let at = 0; at + 2 < vectors.length; at += 3) {
    locate(view, vectors[at] ?? 0, vectors[at + 1] ?? 0, vectors[at + 2] ?? 0, found)
    if (found.front > view.rim) context.rect(found.x - 0.75, found.y - 0.75, 1.5, 1.5)
  }
  context.fill()
  context.globalAlpha = 1
}

const found = { x: 0, y: 0, front: 0 }
