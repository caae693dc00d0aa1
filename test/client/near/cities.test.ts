import { expect, test } from 'vitest'
import { citiesLike, citiesOf } from '../../../client/near/nearest.ts'
import { region } from '../../support/builders.ts'

const cities = citiesOf(
  [region('aws/a', { city: 'Québec City', country: 'CA' }), region('aws/b', { city: 'San Jose', country: 'US' })],
  [
    { city: 'San José', country: 'CR', lat: 9.9, lon: -84.1 },
    { city: 'Quebec City', country: 'CA', lat: 1, lon: 1 },
    { city: 'Kansas City', country: 'US', lat: 39.1, lon: -94.6 },
  ],
)
const like = (text: string, most = 5) => citiesLike(cities, text, most).map(({ name, country }) => `${name} ${country}`)

test('a city stands once a country, as the catalogue of regions has it', () => {
  expect(cities.map(({ name }) => name)).toEqual(['Kansas City', 'Québec City', 'San Jose', 'San José'])
})

test('a city is found by how it begins, without accents and capitals, then by a word of its name', () => {
  expect(like('quebec')).toEqual(['Québec City CA'])
  expect(like('SAN JOSÉ')).toEqual(['San Jose US', 'San José CR'])
  expect(like('city')).toEqual(['Kansas City US', 'Québec City CA'])
  expect(like('city', 1)).toHaveLength(1)
  expect([like('  '), like('sas'), like('.*')]).toEqual([[], [], []])
})
