import { readFileSync } from 'node:fs'
import { geoContains } from 'd3-geo'
import type { Geometry, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

type World = Topology<{ countries: GeometryCollection }>

const file = new URL('../../../node_modules/world-atlas/countries-10m.json', import.meta.url)
const world: World = JSON.parse(readFileSync(file, 'utf8'))
const countries = feature(world, world.objects.countries).features

/** ISO 3166-1 alpha-2 → numeric, which world-atlas uses. @see https://www.iso.org/iso-3166-country-codes.html */
// biome-ignore format: a table
const numeric: Readonly<Record<string, string>> = {
  AE: '784', AT: '040', AU: '036', BE: '056', BH: '048', BR: '076', CA: '124', CH: '756', CL: '152', CN: '156',
  DE: '276', DK: '208', ES: '724', FI: '246', FR: '250', GB: '826', GR: '300', HK: '344', ID: '360', IE: '372',
  IL: '376', IN: '356', IT: '380', JP: '392', KR: '410', MX: '484', MY: '458', NL: '528', NO: '578', NZ: '554',
  PL: '616', QA: '634', SA: '682', SE: '752', SG: '702', TH: '764', TW: '158', US: '840', ZA: '710',
}

/** km from a place [longitude, latitude] to a country; 0 within it. Throws for a country that it does not know. */
export function distanceToCountryKm(place: [number, number], country: string): number {
  // far islands may be features of their own under the country's number
  const shapes = countries.filter(({ id }) => id === numeric[country]).map(({ geometry }) => geometry)
  if (shapes.length === 0) throw new Error(`no outline of ${country}: add its number here`)
  return Math.min(...shapes.map(shape => distanceKm(place, shape)))
}

function distanceKm(place: [number, number], shape: Geometry): number {
  if (geoContains(shape, place)) return 0
  let nearest = Number.POSITIVE_INFINITY
  for (const ring of ringsOf(shape))
    for (const [at, to] of ring.entries()) nearest = Math.min(nearest, toSegmentKm(place, ring[at - 1] ?? to, to))
  return nearest
}

function ringsOf(shape: Geometry): Position[][] {
  if (shape.type === 'Polygon') return shape.coordinates
  return shape.type === 'MultiPolygon' ? shape.coordinates.flat() : []
}

const KM_A_DEGREE = 111.2

/** Distance to the line between two points, on the plane that touches the earth at the place: exact enough near by. */
function toSegmentKm([lon, lat]: [number, number], from: Position, to: Position): number {
  const shrink = Math.cos((lat * Math.PI) / 180)
  const flat = ([x = 0, y = 0]: Position) => [(x - lon) * shrink * KM_A_DEGREE, (y - lat) * KM_A_DEGREE] as const
  const [ax, ay] = flat(from)
  const [bx, by] = flat(to)
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / length))
  return Math.hypot(ax + along * (bx - ax), ay + along * (by - ay))
}
