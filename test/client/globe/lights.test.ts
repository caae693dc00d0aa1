import { geoDistance } from 'd3-geo'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { subsolarPoint } from '../../../client/globe/earth.ts'
import { lightTable, readLightTable } from '../../../client/globe/light-table.ts'
import { lightsAt } from '../../../client/globe/lights.ts'

/** A line of GeoNames' dump with the columns that count. */
const city = (lat: number, lon: number, people: number, kind = 'PPL') => {
  const columns = Array<string>(19).fill('')
  columns[4] = String(lat)
  columns[5] = String(lon)
  columns[7] = kind
  columns[14] = String(people)
  return columns.join('\t')
}
const dump = (...lines: string[]) => `${lines.join('\n')}\n`

/** Degrees of each light, and its size to one hundredth. */
function placesOf({ vectors, sizes }: { vectors: ArrayLike<number>; sizes: ArrayLike<number> }) {
  return Array.from(sizes, (size, index) => {
    const [x = 0, y = 0, z = 0] = [0, 1, 2].map(axis => vectors[3 * index + axis])
    return { lon: (Math.atan2(y, x) * 180) / Math.PI, lat: (Math.asin(z) * 180) / Math.PI, size }
  })
}

describe('the table of lights', () => {
  test('has each where it is to a twentieth of a degree, the largest first, in five characters', () => {
    const table = lightTable(
      dump(city(-33.87, 151.21, 4_840_000), city(35.69, 139.69, 31_000_000), city(64.1, -21.9, 131_000)),
    )
    expect(table).toHaveLength(15)
    expect(placesOf(readLightTable(table))).toEqual([
      { lon: expect.closeTo(139.69, 1), lat: expect.closeTo(35.69, 1), size: 1 },
      { lon: expect.closeTo(151.21, 1), lat: expect.closeTo(-33.87, 1), size: expect.closeTo(0.75, 1) },
      { lon: expect.closeTo(-21.9, 1), lat: expect.closeTo(64.1, 1), size: 0 },
    ])
  })

  test('takes cities next to each other for one, and counts no section of a city, no ruin and nothing empty', () => {
    const lines = [
      city(52.1, 13.1, 300_000),
      city(52.3, 13.3, 100_000),
      city(52.2, 13.2, 900_000, 'PPLX'),
      city(40, 10, 0),
      city(41, 11, 500_000, 'RUIN'),
    ]
    expect(placesOf(readLightTable(lightTable(dump(...lines))))).toEqual([
      { lon: expect.closeTo(13.15, 1), lat: expect.closeTo(52.15, 1), size: expect.any(Number) },
    ])
  })

  test('is a few kilobytes, however many cities there are', () => {
    const lines = Array.from({ length: 5_000 }, (_, n) =>
      city((n % 140) - 70, Math.floor(n / 140) * 9 - 175, 10_000 + n),
    )
    expect(lightTable(dump(...lines))).toHaveLength(10_000)
  })

  test('is read whatever the place', () => {
    const degree = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    })
    fc.assert(
      fc.property(degree, ({ lat, lon }) => {
        const [read] = placesOf(readLightTable(lightTable(dump(city(lat, lon, 1_000_000)))))
        expect(geoDistance([lon, lat], [read?.lon ?? 0, read?.lat ?? 0])).toBeLessThan(0.002)
      }),
    )
  })
})

describe('lights', () => {
  const grid = Array.from({ length: 33 * 72 }, (_, n) =>
    city(Math.floor(n / 72) * 5 - 80, (n % 72) * 5 - 177.5, 10_000 * (n + 1)),
  )
  const lights = readLightTable(lightTable(dump(...grid)))

  test.each(['2026-11-30T17:50:00Z', '2026-06-21T08:24:00Z', '2026-03-20T02:00:00Z'])(
    'are on at night only (%s)',
    at => {
      const sun = subsolarPoint(Date.parse(at))
      const height = ({ lat, lon }: { lat: number; lon: number }) =>
        90 - (geoDistance([lon, lat], [sun.lon, sun.lat]) * 180) / Math.PI
      const lit = lightsAt(lights, sun).flatMap(placesOf)
      expect(lit.length).toBe(placesOf(lights).filter(place => height(place) < 0).length)
      for (const place of lit) expect(height(place)).toBeLessThan(0.001)
    },
  )

  test('are brighter the larger they are and the darker it is, from a tenth to six tenths', () => {
    const [largest, middle, smallest] = [city(0, 180, 20_000_000), city(1, 179, 2_000_000), city(2, 178, 200_000)]
    const three = readLightTable(lightTable(dump(largest, middle, smallest)))
    const opacityOf = (lon: number) =>
      lightsAt(three, { lat: 0, lon }).flatMap(group => Array.from(group.sizes, () => group.opacity))
    expect(opacityOf(0)).toEqual([0.1, 0.4, 0.6])
    // the sun has only just set there
    expect(Math.max(...opacityOf(92))).toBeLessThan(0.4)
    expect(opacityOf(180)).toEqual([])
  })
})
