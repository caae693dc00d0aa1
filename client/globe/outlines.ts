import { geoPath } from 'd3-geo'
import { projectionOf, type View } from './camera.ts'
import { type Earth, graticule, packedGraticule } from './earth.ts'
import type { startNight } from './night.ts'
import { circle, traceAreas, traceLines } from './sphere.ts'
import type { ThemeColors } from './theme-colors.ts'

/** Draws sea, land and night, bottom to top. `isCropped`: the map's sea fills the box. */
export function drawEarth(
  context: CanvasRenderingContext2D,
  view: View,
  earth: Earth,
  colors: ThemeColors,
  drawNight: ReturnType<typeof startNight>,
  isCropped: boolean,
) {
  const outlines = outlinesOf(context, view, earth)
  context.lineJoin = 'round'
  // the cached paths of the map are drawn in their own measure
  const isScaled = view.flatness === 1 && !isCropped
  context.fillStyle = seaOf(context, isScaled ? { x: 0, y: 0, scale: PATH_RADIUS, flatness: 1 } : view, colors)
  if (isCropped) context.fillRect(0, 0, view.width, view.height)
  else
    outlines('sphere', pen => {
      if (!colors.plain) drawAtmosphere(context, pen, colors)
      pen.fill()
    })
  outlines('graticule', pen => {
    context.strokeStyle = colors.coast
    context.globalAlpha = opacity.graticule
    pen.stroke(0.75)
  })
  outlines('land', pen => {
    context.globalAlpha = 1
    context.fillStyle = colors.land
    if (!colors.plain) pen.fill()
    context.strokeStyle = colors.coast
    context.globalAlpha = colors.plain ? opacity.plainCoast : 1
    pen.stroke(0.75)
  })
  if (!colors.plain)
    outlines('borders', pen => {
      context.strokeStyle = colors.coast
      context.globalAlpha = opacity.borders
      pen.stroke(0.75)
    })

  context.globalAlpha = 1
  context.save()
  if (!isCropped) outlines('sphere', pen => pen.clip())
  drawNight(context, view, earth.sun, colors.night)
  context.restore()
  if (isCropped) return
  outlines('sphere', pen => {
    context.strokeStyle = colors.plain ? colors.coast : colors.atmosphere
    context.globalAlpha = colors.plain ? 1 : opacity.rim
    pen.stroke(colors.plain ? 1.25 : 1)
  })
  context.globalAlpha = 1
}

const opacity = { graticule: 0.14, plainCoast: 0.4, borders: 0.45, rim: 0.35 }

/** Half of the map's width, in radii of the globe. */
const MAP_REACH = 2.7

type Ball = Pick<View, 'x' | 'y' | 'scale' | 'flatness'>

function seaOf(context: CanvasRenderingContext2D, { x, y, scale, flatness }: Ball, { sea }: ThemeColors) {
  const gradient = context.createRadialGradient(x, y, 0, x, y, scale * (1 + (MAP_REACH - 1) * flatness))
  gradient.addColorStop(0, sea.middle)
  gradient.addColorStop(1, sea.rim)
  return gradient
}

/** How far each layer of the atmosphere reaches beyond the rim, px, and its opacity: together a quarter at the rim. */
const atmosphere = [
  [6, 0.05],
  [4.5, 0.06],
  [3, 0.08],
  [1.5, 0.1],
] as const

function drawAtmosphere(context: CanvasRenderingContext2D, pen: Pen, colors: ThemeColors): void {
  context.strokeStyle = colors.atmosphere
  for (const [reach, share] of atmosphere) {
    context.globalAlpha = share
    // the sea covers the inner half
    pen.stroke(2 * reach)
  }
  context.globalAlpha = 1
}

type Layer = 'sphere' | 'graticule' | 'land' | 'borders'

/** Fills and strokes the current outline; widths in px. */
type Pen = { fill(): void; clip(): void; stroke(width: number): void }
type Outlines = (layer: Layer, use: (pen: Pen) => void) => void

/** The outlines in this view: the globe by fast tracing, the morph by d3-geo, the map from cached paths. */
function outlinesOf(context: CanvasRenderingContext2D, view: View, earth: Earth): Outlines {
  if (view.flatness === 1) return mapOutlines(context, view, earth)
  const trace = view.flatness === 0 ? globeTrace(context, view, earth) : morphTrace(context, view, earth)
  const pen: Pen = {
    fill: () => context.fill('evenodd'),
    clip: () => context.clip(),
    stroke(width) {
      context.lineWidth = width
      context.stroke()
    },
  }
  return (layer, use) => {
    context.beginPath()
    trace(layer)
    use(pen)
  }
}

function globeTrace(context: CanvasRenderingContext2D, view: View, earth: Earth) {
  const disc = { x: view.x, y: view.y, radius: view.scale, box: view }
  return (layer: Layer) => {
    if (layer === 'sphere') circle(context, disc)
    else if (layer === 'graticule') traceLines(context, packedGraticule, view.turn, disc)
    else if (layer === 'land') earth.land && traceAreas(context, earth.land.areaShapes, view.turn, disc)
    else earth.land && traceLines(context, earth.land.borderShapes, view.turn, disc)
  }
}

function morphTrace(context: CanvasRenderingContext2D, view: View, earth: Earth) {
  const path = geoPath(projectionOf(view), context)
  // outlines have enough points to look curved; the rim has not
  const quick = geoPath(projectionOf(view).precision(0), context)
  return (layer: Layer) => {
    const shape = shapeOf(layer, earth)
    if (shape) (layer === 'sphere' ? path : quick)(shape)
  }
}

const sphere = { type: 'Sphere' } as const

const shapeOf = (layer: Layer, { land }: Earth) => {
  if (layer === 'sphere') return sphere
  if (layer === 'graticule') return graticule
  if (layer === 'land') return land?.areas
  return land?.borders
}

/** The globe radius of the cached paths, px. They are scaled when drawn. */
const PATH_RADIUS = 512

/** Paths on the map, by their shapes; `lon`: the map's middle. */
const paths = new WeakMap<object, { lon: number; path: Path2D }>()

function pathOf(shape: NonNullable<ReturnType<typeof shapeOf>>, lon: number): Path2D {
  const known = paths.get(shape)
  if (known?.lon === lon) return known.path
  const made = new Path2D(
    geoPath(projectionOf({ flatness: 1, lon, lat: 0, scale: PATH_RADIUS, x: 0, y: 0 }))(shape) ?? '',
  )
  paths.set(shape, { lon, path: made })
  return made
}

function mapOutlines(context: CanvasRenderingContext2D, view: View, earth: Earth): Outlines {
  const factor = view.scale / PATH_RADIUS
  return (layer, use) => {
    const shape = shapeOf(layer, earth)
    if (!shape) return
    const path = pathOf(shape, view.lon)
    const before = context.getTransform()
    context.translate(view.x, view.y)
    context.scale(factor, factor)
    use({
      fill: () => context.fill(path, 'evenodd'),
      clip: () => context.clip(path),
      stroke(width) {
        context.lineWidth = width / factor
        context.stroke(path)
      },
    })
    context.setTransform(before)
  }
}
