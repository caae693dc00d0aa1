import { geoGraticule } from 'd3-geo'
import type { MultiLineString, MultiPolygon, Position } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { pack, type Shapes } from './sphere.ts'

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
