import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceKm, nearest } from '../../../shared/domain/nearest-regions.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { region } from '../../support/builders.ts'

const vienna = { lat: 48.21, lon: 16.37 }
const dublin = { lat: 53.35, lon: -6.25 }
const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
})

test('a distance is that of the great circle', () => {
  expect(distanceKm(vienna, dublin)).toBeCloseTo(1682, -1)
  expect(distanceKm({ lat: 0, lon: 179 }, { lat: 0, lon: -179 })).toBeCloseTo(222.4, 0)
  expect(distanceKm({ lat: 90, lon: 0 }, { lat: -90, lon: 0 })).toBeCloseTo(20015, 0)
})

test('it is the same both ways, and nowhere longer than half of the earth', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6)
      expect(distanceKm(a, b)).toBeLessThan(20016)
      expect(distanceKm(a, a)).toBe(0)
    }),
  )
})

test('the nearest region comes first; without a place they are in the order of their ids', () => {
  const regions = [region('aws/b', dublin), region('aws/a', { lat: -33, lon: 151 }), region('aws/c', vienna)]
  const ids = (from: typeof vienna | null) => nearest(regions, from).map(({ region: { id } }) => id)
  expect(ids(vienna)).toEqual(['aws/c', 'aws/b', 'aws/a'])
  expect(ids(null)).toEqual(['aws/a', 'aws/b', 'aws/c'])
  expect(nearest(regions, null)[0]?.km).toBeNull()
})

test('a region that opens only on request is never the first, with or without a place or round trips', () => {
  const regions = [
    region('azure/swiss', { ...vienna, restricted: true }),
    region('azure/swiss2', { ...vienna, restricted: true }),
    region('aws/near', dublin),
    region('aws/far', { lat: -33, lon: 151 }),
  ]
  const ids = (...how: [typeof vienna | null, ReadonlyMap<string, number>?]) =>
    nearest(regions, ...how).map(({ region: { id } }) => id)
  expect(ids(vienna)).toEqual(['aws/near', 'azure/swiss', 'azure/swiss2', 'aws/far'])
  expect(ids(vienna, new Map([['azure/swiss', 1]]))[0]).toBe('aws/near')
  expect(nearest(regions.slice(0, 2), vienna).map(({ region: { id } }) => id)).toEqual(['azure/swiss', 'azure/swiss2'])
  expect(ids(null)[0]).toBe('aws/far')
})

test('nowhere on earth does the catalogue put a region first that opens only on request', async () => {
  const { regions } = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))
  const all = [...regions.values()]
  for (const place of all) expect(nearest(all, place)[0]?.region.restricted, place.id).toBe(false)
})
