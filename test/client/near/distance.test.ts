import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceKm, nearest } from '../../../client/near/nearest.ts'
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
