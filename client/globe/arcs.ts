import { geoDistance, geoInterpolate } from 'd3-geo'
import { locate, type View } from './camera.ts'
import type { Arc } from './place.ts'
import { unit } from './sphere.ts'
import type { ThemeColors } from './theme-colors.ts'

const POINTS = 64
/** How high an arc rises, as a share of its length. */
const LIFT = 0.16

/** Draws great circles between places: on the globe an arc above its shadow, on the map a line. */
export function drawArcs(context: CanvasRenderingContext2D, view: View, arcs: readonly Arc[], colors: ThemeColors) {
  context.lineCap = context.lineJoin = 'round'
  for (const arc of arcs) {
    if (view.flatness < 1 && !colors.plain) {
      context.beginPath()
      trace(context, view, arc, 0)
      context.strokeStyle = colors.muted
      context.globalAlpha = 0.45
      context.lineWidth = 1
      context.setLineDash([1, 4])
      context.stroke()
      context.setLineDash([])
    }
    context.beginPath()
    trace(context, view, arc, LIFT * (1 - view.flatness))
    for (const [width, color, opacity] of [
      [4.5, colors.sea.rim, 0.75],
      [1.5, colors.text, 0.95],
    ] as const) {
      context.strokeStyle = color
      context.lineWidth = width
      context.globalAlpha = opacity
      context.stroke()
    }
  }
  context.globalAlpha = 1
}

/** Adds the visible part of an arc to the path. */
function trace(context: CanvasRenderingContext2D, view: View, { from, to }: Arc, lift: number): void {
  const [start, end] = [from, to].map(({ lon, lat }): [number, number] => [lon, lat])
  if (!start || !end) return
  const path = geoInterpolate(start, end)
  const height = lift * geoDistance(start, end)
  let isDrawing = false
  let lastX = 0
  for (let i = 0; i <= POINTS; i++) {
    const share = i / POINTS
    const [x, y, z] = unit(...path(share))
    const radius = 1 + height * 4 * share * (1 - share)
    locate(view, x, y, z, found)
    const shownX = view.x + (found.x - view.x) * radius
    const shownY = view.y + (found.y - view.y) * radius
    // a part that rises over the rim is seen beside the globe
    const isSeen =
      found.front > view.rim ||
      (view.flatness === 0 && Math.hypot(shownX - view.x, shownY - view.y) > view.scale && radius > 1)
    // on the map a path across the cut continues on the other side
    const isCut = isDrawing && Math.abs(shownX - lastX) > view.scale
    if (isSeen && isDrawing && !isCut) context.lineTo(shownX, shownY)
    else if (isSeen) context.moveTo(shownX, shownY)
    isDrawing = isSeen
    lastX = shownX
  }
}

const found = { x: 0, y: 0, front: 0 }
