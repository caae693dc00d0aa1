import { readFileSync } from 'node:fs'
import { geoContains } from 'd3-geo'
import type { Geometry, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

type World = Topology<{ countries: GeometryCollection }>

const file = new URL('../../../node_modules/world-atlas/countries-10m.json', import.meta.url)
const world: World = JSON.parse(readFileSync(file, 'utf8'))
const countries = feature(world, world.objects.countries).features

/** ISO 3166-1 alpha-2 → numeric, which world-atlas uses; it draws Réunion as a part of France. @see https://www.iso.org/iso-3166-country-codes.html */
// biome-ignore format: a table
const numeric: Readonly<Record<string, string>> = {
  AE: '784', AL: '008', AM: '051', AO: '024', AR: '032', AT: '040', AU: '036', AZ: '031', BB: '052',
  BD: '050', BE: '056', BF: '854', BG: '100', BH: '048', BN: '096', BO: '068', BR: '076', BT: '064',
  BW: '072', BY: '112', CA: '124', CD: '180', CH: '756', CI: '384', CL: '152', CN: '156', CO: '170',
  CR: '188', CY: '196', CZ: '203', DE: '276', DJ: '262', DK: '208', DO: '214', DZ: '012', EC: '218',
  EE: '233', EG: '818', ES: '724', FI: '246', FJ: '242', FR: '250', GB: '826', GD: '308', GE: '268',
  GH: '288', GR: '300', GT: '320', GU: '316', GY: '328', HK: '344', HN: '340', HR: '191', HU: '348',
  ID: '360', IE: '372', IL: '376', IN: '356', IQ: '368', IS: '352', IT: '380', JM: '388', MA: '504', JO: '400',
  JP: '392', KE: '404', KH: '116', KR: '410', KW: '414', KZ: '398', LA: '418', LB: '422', LK: '144',
  LT: '440', LU: '442', LV: '428', MD: '498', MG: '450', MK: '807', MM: '104', MN: '496', MO: '446',
  MU: '480', MV: '462', MX: '484', MY: '458', MZ: '508', NA: '516', NC: '540', NG: '566', NL: '528',
  NO: '578', NP: '524', NZ: '554', OM: '512', PA: '591', PE: '604', PF: '258', PH: '608', PK: '586',
  PL: '616', PR: '630', PS: '275', PT: '620', PY: '600', QA: '634', RE: '250', RO: '642', RS: '688',
  RU: '643', RW: '646', SA: '682', SE: '752', SG: '702', SK: '703', SN: '686', SR: '740', TH: '764',
  TN: '788', TR: '792', TT: '780', TW: '158', TZ: '834', UA: '804', UG: '800', US: '840', UZ: '860',
  VN: '704', ZA: '710', ZW: '716', ET: '231', CM: '120', KG: '417', SI: '705', MW: '454', ZM: '894', MT: '470',
}

/** km from a place [longitude, latitude] to a country; 0 within it. Throws for a country that it does not know. */
export function distanceToCountryKm(place: [number, number], country: string): number {
  // far islands may be features of their own under the country's number
  const number = numeric[country]
  const shapes = countries.filter(({ id }) => number !== undefined && id === number).map(({ geometry }) => geometry)
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
