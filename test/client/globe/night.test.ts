import { describe, expect, test } from 'vitest'
import { locate, viewOf } from '../../../client/globe/camera.ts'
import { subsolarPoint } from '../../../client/globe/earth.ts'
import { darknessOf } from '../../../client/globe/night.ts'
import { degrees, unit } from '../../../client/globe/sphere.ts'

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

describe.each([
  ['globe', 0],
  ['map', 1],
])('on the %s', (_, flatness) => {
  const size = { width: 800, height: 500 }
  const darknessIn = (instant: string, lon: number, lat: number) => {
    const view = viewOf({ lon: 20, lat: 30, zoom: 1 }, size, flatness)
    const at = { x: 0, y: 0, front: 0 }
    locate(view, ...unit(lon, lat), at)
    return darknessOf(view, subsolarPoint(Date.parse(instant)))(at.y)(at.x)
  }

  test('it is night in Vienna at midnight and not at noon', () => {
    expect(darknessIn('2026-11-24T23:00:00Z', 16.4, 48.2)).toBe(1)
    expect(darknessIn('2026-11-24T11:00:00Z', 16.4, 48.2)).toBe(0)
  })

  test('it darkens slowly while the sun sinks', () => {
    // sunset in Vienna is at 15:05, astronomical dusk at 16:57
    const dusk = ['15:00', '15:30', '16:00', '16:30', '17:10'].map(at => darknessIn(`2026-11-24T${at}:00Z`, 16.4, 48.2))
    expect(dusk).toEqual(dusk.toSorted((a, b) => a - b))
    expect([dusk[0], dusk.at(-1)]).toEqual([0, 1])
    expect(dusk[2]).toBeGreaterThan(0.2)
    expect(dusk[2]).toBeLessThan(0.8)
  })
})

test('angles are folded to one turn', () => {
  expect([190, -190, 540, 0, 180].map(degrees)).toEqual([-170, 170, -180, 0, -180])
})
