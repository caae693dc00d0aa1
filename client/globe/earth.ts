import { geoCircle, geoGraticule } from 'd3-geo'
import type { MultiLineString, MultiPolygon, Polygon, Position } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import address from 'world-atlas/countries-110m.json?url'
import type { Coordinates } from './place.ts'
import { degrees, pack, RADIANS, type Shapes } from './sphere.ts'

/** What is drawn below the places. The `shades` of the night overlap. */
export type Earth = { land: Land | null; shades: Polygon[]; shadeShapes: Shapes[] }

export const earthOf = (land: Land | null, shades: Polygon[]): Earth => ({
  land,
  shades,
  shadeShapes: shades.map(shade => pack(shade.coordinates)),
})

/** Outlines for d3-geo, and packed for the turning globe. */
export type Land = { areas: MultiPolygon; borders: MultiLineString; areaShapes: Shapes; borderShapes: Shapes }

/** The map of a wall scene is made again each round: outlines are loaded once. */
let loaded: Promise<Land> | null = null

/** Loads the outlines from this server. Rejects on failure; the next call tries again. */
export function loadLand(): Promise<Land> {
  loaded ??= fetchLand().catch((error: Error) => {
    loaded = null
    throw error
  })
  return loaded
}

async function fetchLand(): Promise<Land> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`the outlines of the land were answered with ${response.status}: reload the page`)
  // a file of our own build, as the package ships it
  return landOf((await response.json()) as World)
}

/** The parts of world-atlas that are used. @see https://github.com/topojson/world-atlas */
export type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

export function landOf(world: World): Land {
  const areas: MultiPolygon = { type: 'MultiPolygon', coordinates: [] }
  for (const { geometry } of feature(world, world.objects.land).features) {
    if (geometry.type === 'Polygon') areas.coordinates.push(geometry.coordinates)
    if (geometry.type === 'MultiPolygon') areas.coordinates.push(...geometry.coordinates)
  }
  const borders = mesh(world, world.objects.countries, (a, b) => a !== b)
  return { areas, borders, areaShapes: pack(areas.coordinates.flat()), borderShapes: pack(borders.coordinates) }
}

/** A line every 15 degrees, one hour of the sun, up to 75° of latitude. */
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

/** Solar depression at which each shade begins, from sunset to the end of astronomical twilight, degrees. */
const DEPRESSIONS_DEG = [0.8, 4, 7, 10, 14, 18]

/** The night at an instant (ms since the epoch): overlapping circles around the antisolar point, the lightest first. */
export function nightShades(ms: number): Polygon[] {
  const sun = subsolarPoint(ms)
  return DEPRESSIONS_DEG.map(depression =>
    geoCircle()
      .center([degrees(sun.lon + 180), -sun.lat])
      .radius(90 - depression)
      .precision(4)(),
  )
}

const DAY_MS = 86_400_000
/** The astronomical epoch, ms since the Unix epoch. */
const J2000_MS = Date.UTC(2000, 0, 1, 12)

/**
 * The place where the sun is in the zenith at an instant (ms since the epoch), to a few hundredths of a degree from
 * 1950 to 2050.
 * @see https://aa.usno.navy.mil/faq/sun_approx
 */
export function subsolarPoint(ms: number): Coordinates {
  const days = (ms - J2000_MS) / DAY_MS
  const anomaly = (357.529 + 0.98560028 * days) * RADIANS
  const mean = 280.459 + 0.98564736 * days
  const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RADIANS
  const tilt = (23.439 - 0.00000036 * days) * RADIANS
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic)) / RADIANS
  const sidereal = 280.46062 + 360.98564737 * days
  return { lat: Math.asin(Math.sin(tilt) * Math.sin(ecliptic)) / RADIANS, lon: degrees(ascension - sidereal) }
}
