import { geoGraticule } from 'd3-geo'
import type { MultiLineString, MultiPolygon, Position } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import address from 'world-atlas/countries-110m.json?url'
import { pack, type Shapes } from './sphere.ts'

/** Outlines do not change: whoever comes after the first, such as a map that takes turns, gets what is there. */
let known: Promise<Land> | null = null

/** The outlines, from this server. Throws where they cannot be had: everything else is drawn without them, and the next one asks again. */
export function loadLand(): Promise<Land> {
  known ??= fetchLand().catch((error: Error) => {
    known = null
    throw error
  })
  return known
}

async function fetchLand(): Promise<Land> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`the outlines of the land were answered with ${response.status}: reload the page`)
  // our own build's file, as the package ships it
  return landOf((await response.json()) as World)
}

/** What of world-atlas is used. @see https://github.com/topojson/world-atlas */
export type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

/** Outlines, each as d3-geo takes it and packed for the turning globe. */
export type Land = {
  areas: MultiPolygon
  borders: MultiLineString
  areaShapes: Shapes
  borderShapes: Shapes
}

/** The outlines of a world: land, and the borders between countries. */
export function landOf(world: World): Land {
  const areas: MultiPolygon = { type: 'MultiPolygon', coordinates: [] }
  for (const { geometry } of feature(world, world.objects.land).features) {
    if (geometry.type === 'Polygon') areas.coordinates.push(geometry.coordinates)
    if (geometry.type === 'MultiPolygon') areas.coordinates.push(...geometry.coordinates)
  }
  const borders = mesh(world, world.objects.countries, (a, b) => a !== b)
  return { areas, borders, areaShapes: pack(areas.coordinates.flat()), borderShapes: pack(borders.coordinates) }
}

/** Every 15 degrees a line, none closer to a pole than 75: the hours of the earth. */
export const graticule: MultiLineString = geoGraticule()
  .step([15, 15])
  .extentMajor([
    [-180, -75.01],
    [180, 75.01],
  ])
  .extentMinor([
    [-180, -75.01],
    [180, 75.01],
  ])
  .precision(5)()

export const packedGraticule: Shapes = pack(graticule.coordinates as Position[][])
