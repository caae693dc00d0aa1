import { describe, expect, test } from 'vitest'
import { citiesOf, searchCities } from '../../../client/near/city-search.ts'
import { type City, cityIndex, cityTable } from '../../../client/near/city-table.ts'
import { en } from '../../../client/words/en/page.ts'
import { region } from '../../support/builders.ts'

const indexOf = (...cities: [name: string, country: string, population: number, ...otherNames: string[]][]) =>
  cityIndex(
    cityTable(
      cities.map(([name, country, population, ...otherNames], n) => {
        const [code = '', state = ''] = country.split('-')
        return { name, country: code, state, lat: n, lon: n, population, otherNames }
      }),
    ),
  )
const search = (index: ReturnType<typeof cityIndex>, text: string, most = 5) =>
  searchCities([index], text, en.regions.country, most)

describe('cities of regions and edge locations', () => {
  const cities = citiesOf(
    [region('aws/a', { city: 'Québec City', country: 'CA' }), region('aws/b', { city: 'San Jose', country: 'US' })],
    [
      { city: 'San José', country: 'CR', lat: 9.9, lon: -84.1 },
      { city: 'Quebec City', country: 'CA', lat: 1, lon: 1 },
      { city: 'Kansas City', country: 'US', lat: 39.1, lon: -94.6 },
    ],
  )
  const index = cityIndex(cityTable(cities.map(city => ({ ...city, otherNames: [] }))))
  const like = (text: string, most = 5) =>
    search(index, text, most).map(({ city: { name, country } }) => `${name} ${country}`)

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

  test('a city that the world’s list has too is that of the list', () => {
    const world = cityIndex(
      cityTable([
        { ...cities[1], name: 'Québec', population: 532, otherNames: ['Quebec City'] } as City & {
          otherNames: string[]
        },
      ]),
    )
    const found = searchCities([world, index], 'quebec', en.regions.country, 5)
    expect(found.map(({ city }) => city.name)).toEqual(['Québec'])
    expect(searchCities([world, index], 'kansas', en.regions.country, 5)).toHaveLength(1)
  })
})

describe('the search', () => {
  const index = indexOf(
    ['Guangzhou', 'CN', 16_097, 'Canton', 'CAN', '廣州'],
    ['Rome', 'IT', 2_319, 'Roma', 'Róm', 'ROM'],
    ['Porto Alegre', 'BR', 1_488, 'POA'],
    ['Munich', 'DE', 1_260, 'München', 'Muenchen', 'MUC'],
    ['Austin', 'US-TX', 932, 'Waterloo'],
    ['Maturín', 'VE', 647, 'MUN'],
    ['Münster', 'DE', 270],
    ['Porto', 'PT', 250, 'Oporto'],
    ['Genève', 'CH', 184, 'Geneva', 'Genf'],
    ['Waterloo', 'CA', 105],
    ['Canton', 'US-OH', 72],
    ['Xi’an', 'CN', 60, '西安'],
    ['Łódź', 'PL', 50],
    ['Aix-en-Provence', 'FR', 30],
    ['Geneva', 'US-IL', 22],
    ['Sapporo', 'JP', 20, 'サッポロ'],
  )
  const first = (text: string) => search(index, text)[0]?.city.name
  const all = (text: string) => search(index, text).map(({ city }) => `${city.name} ${city.country}`)

  test('an exact name comes before one that only begins so, however large', () => {
    expect(all('porto')).toEqual(['Porto PT', 'Porto Alegre BR'])
    expect(all('port')).toEqual(['Porto Alegre BR', 'Porto PT'])
  })

  test('a city’s own name comes before another’s old name, but not before a far larger city or the same name', () => {
    expect(all('waterloo')).toEqual(['Waterloo CA', 'Austin US'])
    expect(all('canton')).toEqual(['Guangzhou CN', 'Canton US'])
    expect(all('geneva')).toEqual(['Genève CH', 'Geneva US'])
  })

  test.each([
    ['münchen', 'Munich'],
    ['MUNCHEN', 'Munich'],
    ['Muenchen', 'Munich'],
    ['廣州', 'Guangzhou'],
    ['lodz', 'Łódź'],
    ['Łód', 'Łódź'],
    ['xian', 'Xi’an'],
    ["xi'an", 'Xi’an'],
    ['aix en provence', 'Aix-en-Provence'],
    ['provence', 'Aix-en-Provence'],
    ['さっぽろ', 'Sapporo'],
  ])('%s is found', (text, name) => expect(first(text)).toBe(name))

  test('a city is called as the reader writes it', () => {
    const spelling = (text: string) => search(index, text)[0]?.spelling
    expect(spelling('mün')).toBe('München')
    expect(spelling('münchen')).toBe('München')
    expect(spelling('munich')).toBe('Munich')
    expect(spelling('genf')).toBe('Genf')
    expect(spelling('rom')).toBe('Rom')
    expect(spelling('lodz')).toBe('Łódź')
    expect(spelling('MUC')).toBe('Munich')
  })

  test('an airport’s code is found in capitals; else it comes last and hides no city', () => {
    expect(all('MUN')[0]).toBe('Maturín VE')
    expect(all('mun')).toEqual(['Munich DE', 'Münster DE', 'Maturín VE'])
    expect(all('muc')).toEqual(['Munich DE'])
  })

  test('a country may follow by its name there, in English, and for short', () => {
    const index = indexOf(
      ['London', 'GB', 9_000_000],
      ['London', 'CA', 400_000],
      ['Munich', 'DE', 1_500_000, 'München'],
      ['Tokyo', 'JP', 9_000_000, '東京'],
    )
    const countries = (text: string) => search(index, text).map(({ city }) => city.country)
    expect([countries('London, UK'), countries('London, England'), countries('London Canada')]).toEqual([
      ['GB'],
      ['GB'],
      ['CA'],
    ])
    expect([countries('München, Deutschland'), countries('東京, 日本'), countries('Munich, Germany')]).toEqual([
      ['DE'],
      ['JP'],
      ['DE'],
    ])
    expect(countries('London, Deutschland')).toEqual([])
  })

  test('a country or a state may follow, by name or code', () => {
    for (const text of ['Canton, Ohio', 'canton, oh', 'Canton OH', 'canton united states', 'Canton, USA, OH'])
      expect(all(text), text).toEqual(['Canton US'])
    expect(all('porto, portugal')).toEqual(['Porto PT'])
    expect(all('porto, br')).toEqual(['Porto Alegre BR'])
  })

  test.each(['', ' ', ',', ', France', 'Porto, Japan', 'Atlantis', '\t', '.*', '__proto__'])(
    'nothing is found for %j',
    text => expect(all(text)).toEqual([]),
  )
})
