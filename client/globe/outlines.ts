import { geoPath } from 'd3-geo'
import type { Polygon } from 'geojson'
import { MAP_LON, type View } from './camera.ts'
import { circle, traceAreas, traceLines } from './hemisphere.ts'
import { graticule, type Land, packedGraticule } from './land.ts'
import { projectionOf } from './morph.ts'
import { pack, type Shapes } from './sphere.ts'
import type { Inks } from './theme-colors.ts'

/** How strongly each is drawn, 0 to 1. */
const LAND = 0.75
const COAST = 0.4
const BORDERS = 0.75
const GRATICULE = 0.55

/** Sphere, graticule, land and the night, from below to above; lines are hairlines. `shades`: how many the night has. */
export function drawEarth(ink: CanvasRenderingContext2D, outlines: Outlines, shades: number, inks: Inks): void {
  ink.lineJoin = 'round'
  outlines('sphere', pen => {
    ink.fillStyle = inks.sphere
    pen.fill()
  })
  outlines('graticule', pen => {
    ink.strokeStyle = inks.line
    ink.globalAlpha = inks.plain ? GRATICULE / 4 : GRATICULE
    pen.stroke(0.75)
  })
  outlines('land', pen => {
    ink.fillStyle = inks.line
    ink.globalAlpha = LAND
    if (!inks.plain) pen.fill()
    ink.strokeStyle = inks.muted
    ink.globalAlpha = COAST
    pen.stroke(0.75)
  })
  if (!inks.plain)
    outlines('borders', pen => {
      ink.strokeStyle = inks.sphere
      ink.globalAlpha = BORDERS
      pen.stroke(0.75)
    })

  ink.globalAlpha = 1
  ink.fillStyle = inks.night
  for (let shade = 0; shade < shades; shade++) outlines(shade, pen => pen.fill())
  outlines('sphere', pen => {
    ink.strokeStyle = inks.line
    pen.stroke(1.25)
  })
}

/** The ground: what is drawn below the places. `shades` of the night lie upon each other. */
export type Earth = { land: Land | null; shades: Polygon[]; shadeShapes: Shapes[] }
export type Layer = 'sphere' | 'graticule' | 'land' | 'borders' | number

/** Fills and strokes the outline at which it stands; widths in px. */
export type Pen = { fill(): void; stroke(width: number): void }
/** Gives a pen for the outline of a layer, which is traced once; a number is a shade of the night. */
type Outlines = (layer: Layer, use: (pen: Pen) => void) => void

export const earthOf = (land: Land | null, shades: Polygon[]): Earth => ({
  land,
  shades,
  shadeShapes: shades.map(shade => pack(shade.coordinates)),
})

/** The earth in this view: the globe by the quick way, what lies between by d3-geo, the map from paths that are made once. */
export function outlinesOf(ink: CanvasRenderingContext2D, view: View, earth: Earth, map: () => MapPaths): Outlines {
  if (view.flatness === 1) return mapOutlines(ink, view, map())
  const trace = view.flatness === 0 ? globeTrace(ink, view, earth) : morphTrace(ink, view, earth)
  const pen: Pen = {
    fill: () => ink.fill('evenodd'),
    stroke(width) {
      ink.lineWidth = width
      ink.stroke()
    },
  }
  return (layer, use) => {
    ink.beginPath()
    trace(layer)
    use(pen)
  }
}

function globeTrace(ink: CanvasRenderingContext2D, view: View, earth: Earth) {
  const disc = { x: view.x, y: view.y, radius: view.scale }
  return (layer: Layer) => {
    if (layer === 'sphere') circle(ink, disc)
    else if (layer === 'graticule') traceLines(ink, packedGraticule, view.turn, disc)
    else if (layer === 'land') earth.land && traceAreas(ink, earth.land.areaShapes, view.turn, disc)
    else if (layer === 'borders') earth.land && traceLines(ink, earth.land.borderShapes, view.turn, disc)
    else {
      const shade = earth.shadeShapes[layer]
      if (shade) traceAreas(ink, shade, view.turn, disc)
    }
  }
}

function morphTrace(ink: CanvasRenderingContext2D, view: View, earth: Earth) {
  const path = geoPath(projectionOf(view), ink)
  // outlines have points enough to look bent; the rim of the earth has not
  const quick = geoPath(projectionOf(view).precision(0), ink)
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

/** Radius of the globe for which paths of the map are made, px; drawn, they are scaled. */
const MADE_FOR = 512

/** The whole map as paths. */
export function mapPaths(earth: Earth): MapPaths {
  const projection = projectionOf({ flatness: 1, lon: MAP_LON, lat: 0, scale: MADE_FOR, x: 0, y: 0 })
  const layers: Layer[] = ['sphere', 'graticule', 'land', 'borders', ...earth.shades.keys()]
  return new Map(
    layers.flatMap(layer => {
      const shape = shapeOf(layer, earth)
      if (!shape) return []
      return [[layer, new Path2D(geoPath(projection)(shape) ?? '')] as const]
    }),
  )
}

function mapOutlines(ink: CanvasRenderingContext2D, view: View, paths: MapPaths): Outlines {
  const factor = view.scale / MADE_FOR
  return (layer, use) => {
    const path = paths.get(layer)
    if (!path) return
    ink.save()
    ink.translate(view.x, view.y)
    ink.scale(factor, factor)
    use({
      fill: () => ink.fill(path, 'evenodd'),
      stroke(width) {
        ink.lineWidth = width / factor
        ink.stroke(path)
      },
    })
    ink.restore()
  }
}
