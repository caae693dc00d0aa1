import { geoPath } from 'd3-geo'
import { MAP_LON, projectionOf, type View } from './camera.ts'
import { type Earth, graticule, packedGraticule } from './earth.ts'
import { circle, traceAreas, traceLines } from './sphere.ts'
import type { ThemeColors } from './theme-colors.ts'

const opacity = { land: 0.75, coast: 0.4, borders: 0.75, graticule: 0.55 }

/** Draws sphere, graticule, land and night, bottom to top. `shades`: their number. */
export function drawEarth(context: CanvasRenderingContext2D, outlines: Outlines, shades: number, colors: ThemeColors) {
  context.lineJoin = 'round'
  outlines('sphere', pen => {
    context.fillStyle = colors.sphere
    pen.fill()
  })
  outlines('graticule', pen => {
    context.strokeStyle = colors.line
    context.globalAlpha = colors.plain ? opacity.graticule / 4 : opacity.graticule
    pen.stroke(0.75)
  })
  outlines('land', pen => {
    context.fillStyle = colors.line
    context.globalAlpha = opacity.land
    if (!colors.plain) pen.fill()
    context.strokeStyle = colors.muted
    context.globalAlpha = opacity.coast
    pen.stroke(0.75)
  })
  if (!colors.plain)
    outlines('borders', pen => {
      context.strokeStyle = colors.sphere
      context.globalAlpha = opacity.borders
      pen.stroke(0.75)
    })

  context.globalAlpha = 1
  context.fillStyle = colors.night
  for (let shade = 0; shade < shades; shade++) outlines(shade, pen => pen.fill())
  outlines('sphere', pen => {
    context.strokeStyle = colors.line
    pen.stroke(1.25)
  })
}

/** A number is a shade of the night. */
export type Layer = 'sphere' | 'graticule' | 'land' | 'borders' | number

/** Fills and strokes the current outline; widths in px. */
export type Pen = { fill(): void; stroke(width: number): void }
type Outlines = (layer: Layer, use: (pen: Pen) => void) => void

/** The outlines in this view: the globe by fast tracing, the morph by d3-geo, the map from cached paths. */
export function outlinesOf(context: CanvasRenderingContext2D, view: View, earth: Earth, map: () => MapPaths): Outlines {
  if (view.flatness === 1) return mapOutlines(context, view, map())
  const trace = view.flatness === 0 ? globeTrace(context, view, earth) : morphTrace(context, view, earth)
  const pen: Pen = {
    fill: () => context.fill('evenodd'),
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
  const disc = { x: view.x, y: view.y, radius: view.scale }
  return (layer: Layer) => {
    if (layer === 'sphere') circle(context, disc)
    else if (layer === 'graticule') traceLines(context, packedGraticule, view.turn, disc)
    else if (layer === 'land') earth.land && traceAreas(context, earth.land.areaShapes, view.turn, disc)
    else if (layer === 'borders') earth.land && traceLines(context, earth.land.borderShapes, view.turn, disc)
    else {
      const shade = earth.shadeShapes[layer]
      if (shade) traceAreas(context, shade, view.turn, disc)
    }
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

const shapeOf = (layer: Layer, { land, shades }: Earth) => {
  if (layer === 'sphere') return { type: 'Sphere' } as const
  if (layer === 'graticule') return graticule
  if (layer === 'land') return land?.areas
  if (layer === 'borders') return land?.borders
  return shades[layer]
}

export type MapPaths = ReadonlyMap<Layer, Path2D>

/** The globe radius of the cached paths, px. They are scaled when drawn. */
const PATH_RADIUS = 512

export function mapPaths(earth: Earth): MapPaths {
  const projection = projectionOf({ flatness: 1, lon: MAP_LON, lat: 0, scale: PATH_RADIUS, x: 0, y: 0 })
  const layers: Layer[] = ['sphere', 'graticule', 'land', 'borders', ...earth.shades.keys()]
  return new Map(
    layers.flatMap(layer => {
      const shape = shapeOf(layer, earth)
      return shape ? [[layer, new Path2D(geoPath(projection)(shape) ?? '')] as const] : []
    }),
  )
}

function mapOutlines(context: CanvasRenderingContext2D, view: View, paths: MapPaths): Outlines {
  const factor = view.scale / PATH_RADIUS
  return (layer, use) => {
    const path = paths.get(layer)
    if (!path) return
    context.save()
    context.translate(view.x, view.y)
    context.scale(factor, factor)
    use({
      fill: () => context.fill(path, 'evenodd'),
      stroke(width) {
        context.lineWidth = width / factor
        context.stroke(path)
      },
    })
    context.restore()
  }
}
