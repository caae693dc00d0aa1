import { expect, test } from 'vitest'
import { mapBounds, showsMap } from '../../../client/wall/map-bounds.ts'
import { region } from '../../support/builders.ts'

const at = (id: string, continent: string, lat: number, lon: number) => region(id, { continent, lat, lon })
const regions = new Map(
  [
    at('azure/westeurope', 'Europe', 52, 5),
    at('aws/eu-south-1', 'Europe', 45, 9),
    at('aws/us-east-1', 'North America', 39, -77),
    at('aws/ap-southeast-2', 'Oceania', -34, 151),
    at('azure/southafricanorth', 'Africa', -26, 28),
  ].map(one => [one.id, one]),
)
const lonsFor = (...mine: string[]) => mapBounds(regions, new Set(mine)).map(({ lon }) => lon)

test('the map shows the continents of the stack, with the neighbours of its regions', () => {
  expect(lonsFor('azure/westeurope')).toEqual([5, 9])
  expect(lonsFor('aws/eu-south-1', 'aws/us-east-1')).toEqual([5, 9, -77])
})

test('without a stack, or with one that is everywhere, it shows the world', () => {
  const world = [5, 9, -77, 151, 28]
  expect(lonsFor()).toEqual(world)
  expect(lonsFor('nobody/knows')).toEqual(world)
  expect(lonsFor('azure/westeurope', 'aws/us-east-1', 'aws/ap-southeast-2', 'azure/southafricanorth')).toEqual(world)
})

test('an upright screen shows a continent as a map, and the world as a globe', () => {
  const upright = { width: 1080, height: 1800 }
  expect(showsMap(mapBounds(regions, new Set(['azure/westeurope'])), upright)).toBe(true)
  expect(showsMap(mapBounds(regions, new Set()), upright)).toBe(false)
  expect(showsMap(mapBounds(regions, new Set()), { width: 1920, height: 900 })).toBe(true)
  expect(showsMap([], upright)).toBe(false)
})
