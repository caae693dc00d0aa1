import { geoGraticule } from 'd3-geo'
import type { MultiLineString, MultiPolygon, Position } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import fine from 'world-atlas/countries-50m.json?url'
import coarse from 'world-atlas/countries-110m.json?url'
import type { Coordinates } from './place.ts'
import { degrees, pack, RADIANS, type Shapes } from './sphere.ts'

/** What is drawn below the places. `sun`: where it is in the zenith. */
export type Earth = { land: Land | null; sun: Coordinates }

/** Outlines for d3-geo, and packed for the turning globe. */
export type Land = { areas: MultiPolygon; borders: MultiLineString; areaShapes: Shapes; borderShapes: Shapes }

/** How close the outlines are to the real ones: a fine one has twelve times as many points. */
export type Detail = 'coarse' | 'fine'
const addresses: Readonly<Record<Detail, string>> = { coarse, fine }

/** The map of a wall scene is made again each round: outlines are loaded once. */
const loaded = new Map<Detail, Promise<Land>>()

/** Loads the outlines from this server. Rejects on failure; the next call tries again. */
export function loadLand(detail: Detail): Promise<Land> {
  const land =
    loaded.get(detail) ??
    fetchLand(addresses[detail]).catch((error: Error) => {
      loaded.delete(detail)
      throw error
    })
  loaded.set(detail, land)
  return land
}

async function fetchLand(address: string): Promise<Land> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`the outlines of the land were answered with ${response.status}: reload the page`)
  // a file of our own build, as the package ships it
  return landOf((await response.json()) as World)
}

/** The parts of world-atlas that are used. @see https://github.com/topojson/world-atlas */
export type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>

/** Pauses between its steps: each of them takes some 15 ms for fine outlines, and the page must answer meanwhile. */
export async function landOf(world: World): Promise<Land> {
  await pause()
  const areas: MultiPolygon = { type: 'MultiPolygon', coordinates: [] }
  for (const { geometry } of feature(world, world.objects.land).features) {
    if (geometry.type === 'Polygon') areas.coordinates.push(geometry.coordinates)
    if (geometry.type === 'MultiPolygon') areas.coordinates.push(...geometry.coordinates)
  }
  await pause()
  const borders = mesh(world, world.objects.countries, (a, b) => a !== b)
  await pause()
  const areaShapes = pack(areas.coordinates.flat())
  return { areas, borders, areaShapes, borderShapes: pack(borders.coordinates) }
}

const pause = () => new Promise(resolve => setTimeout(resolve))

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
