import { unit } from './sphere.ts'

/** City lights on the unit sphere, the largest first. `sizes`: 0 for the smallest in the table to 1. */
export type Lights = { vectors: Float32Array; sizes: Float32Array }

/** So many lights are told apart on a globe of this size. */
const LIGHTS = 2_000
/** Cities within a cell are one light, as they are seen from above. */
const CELLS_PER_DEGREE = 2
/** People in the light that is drawn largest. */
const LARGEST = 16_000_000

/** Two digits tell a coordinate to 0.05 degrees, one a size. */
const BASE = 85
const FIRST_DIGIT = 40
const DIGITS_PER_LIGHT = 5

/**
 * A dump of GeoNames → the text that `readLightTable` reads, five characters a light.
 * @see https://download.geonames.org/export/dump/readme.txt
 */
export function lightTable(dump: string): string {
  const cells = new Map<string, { people: number; lat: number; lon: number }>()
  for (const line of dump.split('\n')) {
    const columns = line.split('\t')
    const [lat, lon, people] = [Number(columns[4]), Number(columns[5]), Number(columns[14])]
    // a section of a city is counted with the city
    if (!columns[7]?.startsWith('PPL') || columns[7] === 'PPLX' || !(people > 0)) continue
    const key = `${Math.floor(lat * CELLS_PER_DEGREE)} ${Math.floor(lon * CELLS_PER_DEGREE)}`
    const cell = cells.get(key) ?? { people: 0, lat: 0, lon: 0 }
    cells.set(key, { people: cell.people + people, lat: cell.lat + lat * people, lon: cell.lon + lon * people })
  }
  const largest = [...cells.values()].sort((a, b) => b.people - a.people).slice(0, LIGHTS)
  const least = Math.log(largest.at(-1)?.people ?? 1)
  return largest
    .map(({ people, lat, lon }) => {
      const size = Math.min(1, (Math.log(people) - least) / (Math.log(LARGEST) - least))
      return (
        digits((lat / people + 90) / 180) + digits((lon / people + 180) / 360) + digit(Math.round(size * (BASE - 1)))
      )
    })
    .join('')
}

export function readLightTable(text: string): Lights {
  const count = Math.floor(text.length / DIGITS_PER_LIGHT)
  const [vectors, sizes] = [new Float32Array(count * 3), new Float32Array(count)]
  for (let index = 0; index < count; index++) {
    const at = index * DIGITS_PER_LIGHT
    vectors.set(unit(shareAt(text, at + 2) * 360 - 180, shareAt(text, at) * 180 - 90), 3 * index)
    sizes[index] = valueAt(text, at + 4) / (BASE - 1)
  }
  return { vectors, sizes }
}

const digit = (value: number): string => String.fromCharCode(FIRST_DIGIT + value)
const valueAt = (text: string, at: number): number => text.charCodeAt(at) - FIRST_DIGIT

/** From 0 to below 1, in two digits. */
function digits(share: number): string {
  const value = Math.min(BASE ** 2 - 1, Math.floor(share * BASE ** 2))
  return digit(Math.floor(value / BASE)) + digit(value % BASE)
}

const shareAt = (text: string, at: number): number =>
  (valueAt(text, at) * BASE + valueAt(text, at + 1) + 0.5) / BASE ** 2
