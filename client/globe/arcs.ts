import { geoInterpolate } from 'd3-geo'
import { locate, type View } from './camera.ts'
import type { Arc } from './place.ts'
import { unit } from './sphere.ts'
import type { ThemeColors } from './theme-colors.ts'

const POINTS = 64
/** How far an arc bulges, as a share of its length on the screen. */
const BULGE = 0.16

/** Draws great circles between places: dotted on the ground, and a solid arc that bulges upwards from there. */
export function drawArcs(context: CanvasRenderingContext2D, view: View, arcs: readonly Arc[], colors: ThemeColors) {
  context.lineCap = context.lineJoin = 'round'
  for (const arc of arcs) {
    context.beginPath()
    trace(context, view, arc, 0)
    context.strokeStyle = colors.muted
    context.globalAlpha = 0.6
    context.lineWidth = 1
    context.setLineDash([1, 4])
    context.stroke()
    context.setLineDash([])

    context.beginPath()
    trace(context, view, arc, BULGE)
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
function trace(context: CanvasRenderingContext2D, view: View, { from, to }: Arc, bulge: number): void {
  const path = geoInterpolate([from.lon, from.lat], [to.lon, to.lat])
  const [start, end] = [placed(view, path(0)), placed(view, path(1))]
  const up = end.x >= start.x ? 1 : -1
  // on the map a path across the cut continues on the other side; there is no middle to bulge from
  const height = Math.abs(end.x - start.x) > view.scale * MAX_WIDTH ? 0 : 4 * bulge * up
  let isDrawing = false
  let lastX = 0
  for (let i = 0; i <= POINTS; i++) {
    const share = i / POINTS
    const at = placed(view, path(share))
    const lift = height * share * (1 - share)
    const [x, y] = [at.x + lift * (end.y - start.y), at.y - lift * (end.x - start.x)]
    const isSeen = at.front > view.rim
    const isCut = isDrawing && Math.abs(x - lastX) > view.scale
    if (isSeen && isDrawing && !isCut) context.lineTo(x, y)
    else if (isSeen) context.moveTo(x, y)
    isDrawing = isSeen
    lastX = x
  }
}

/** In radii of the globe. */
const MAX_WIDTH = 2

function placed(view: View, [lon, lat]: [number, number]) {
  const at = { x: 0, y: 0, front: 0 }
  locate(view, ...unit(lon, lat), at)
  return at
}
