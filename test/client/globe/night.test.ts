import { geoContains } from 'd3-geo'
import { expect, test } from 'vitest'
import { nightShades, subsolarPoint } from '../../../client/globe/earth.ts'
import { degrees } from '../../../client/globe/sphere.ts'

// equinox and solstice at their published instants; noon in Greenwich differs from 12:00 by the equation of time
test.each([
  ['2026-03-20T14:46:00Z', 0],
  ['2026-06-21T08:24:00Z', 23.44],
  ['2026-09-23T00:05:00Z', 0],
  ['2026-12-21T20:50:00Z', -23.44],
])('at %s the sun stands over latitude %d', (instant, lat) => {
  expect(subsolarPoint(Date.parse(instant)).lat).toBeCloseTo(lat, 1)
})

test.each([
  // equation of time: minutes that a sundial is ahead
  ['2026-02-11T12:00:00Z', -14.2],
  ['2026-11-03T12:00:00Z', 16.4],
  ['2026-04-15T12:00:00Z', 0],
])('at %s the sun is %d minutes ahead of noon in Greenwich', (instant, minutes) => {
  expect(subsolarPoint(Date.parse(instant)).lon).toBeCloseTo(-minutes / 4, 0)
})

test('it is night in Vienna at midnight and not at noon, in every shade', () => {
  const vienna: [number, number] = [16.4, 48.2]
  for (const shade of nightShades(Date.parse('2026-11-24T23:00:00Z'))) expect(geoContains(shade, vienna)).toBe(true)
  for (const shade of nightShades(Date.parse('2026-11-24T11:00:00Z'))) expect(geoContains(shade, vienna)).toBe(false)
})

test('angles are folded to one turn', () => {
  expect([190, -190, 540, 0, 180].map(degrees)).toEqual([-170, 170, -180, 0, -180])
})
