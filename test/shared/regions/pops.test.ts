import { describe, expect, it } from 'vitest'
import { Pop } from '../../../shared/domain/region.ts'
import { loadPops, parsePops } from '../../../shared/regions/pops.ts'
import { distanceToCountryKm } from './country-outlines.ts'

/** Outlines are coarse, and airports are built into the sea. */
const COAST_KM = 25

const heading = 'iata\tcity\tcountry\tlat\tlon\n'
const row = (fields: Partial<Record<'iata' | 'city' | 'country' | 'lat' | 'lon', string>> = {}) =>
  `${Object.values({ iata: 'AMS', city: 'Amsterdam', country: 'NL', lat: '52.31', lon: '4.76', ...fields }).join('\t')}\n`

function problems(text: string, name = 'pops/edge.tsv'): string[] {
  const result = parsePops([{ name, text }])
  return result.ok ? [] : result.error.split('\n')
}

describe('edge locations', () => {
  it('come from the lines of a file, under the name of its provider', () => {
    const text = `# a comment\n${heading}${row()}\n${row({ iata: 'SCL', city: 'Santiago', country: 'CL', lat: '-33', lon: '-70.79' })}`
    const result = parsePops([{ name: 'pops/edge.tsv', text }])
    if (!result.ok) throw new Error(result.error)
    expect([...result.value.keys()]).toEqual(['edge/AMS', 'edge/SCL'])
    expect(result.value.get('edge/AMS')).toEqual({
      id: 'edge/AMS',
      provider: 'edge',
      iata: 'AMS',
      city: 'Amsterdam',
      country: 'NL',
      lat: 52.31,
      lon: 4.76,
    })
  })

  it('of two providers may stand at one airport', () => {
    const files = ['a.tsv', 'b.tsv'].map(name => ({ name, text: heading + row() }))
    const result = parsePops(files)
    expect(result.ok && [...result.value.keys()]).toEqual(['a/AMS', 'b/AMS'])
  })

  it('may end their lines as Windows does', () => {
    expect(problems((heading + row()).replaceAll('\n', '\r\n'))).toEqual([])
  })

  it('are said where to be when a directory has none', async () => {
    await expect(loadPops(new URL('.', import.meta.url))).rejects.toThrow('add a file named <provider>.tsv')
  })
})

describe('a malformed line', () => {
  it.each([
    [{ iata: 'ams' }, "'iata: ams' is not an airport: use the three capital letters of its IATA code, such as AMS"],
    [{ city: '' }, "'city: ' is not the name of a city: write 1 to 80 characters"],
    [{ country: 'Netherlands' }, "'country: Netherlands' is not a country: use its two capital letters in ISO 3166-1"],
    [{ lat: '95' }, "'lat: 95' is not a latitude: write degrees from -90 to 90"],
    [{ lat: '' }, "'lat: ' is not a latitude: write degrees from -90 to 90"],
    [{ lon: '4,76' }, "'lon: 4,76' is not a longitude: write degrees from -180 to 180"],
    [{ lon: '0x4' }, "'lon: 0x4' is not a longitude: write degrees from -180 to 180"],
    [{ lon: '4.76\t0' }, 'has 6 columns: write iata, city, country, lat, lon between tabs'],
  ])('is told with its number and the mend: %j', (fields, problem) => {
    expect(problems(`# a comment\n${heading}${row(fields)}`)).toEqual([
      expect.stringContaining(`pops/edge.tsv line 3: ${problem}`),
    ])
  })

  it('that has several mistakes is told them all', () => {
    expect(problems(heading + row({ iata: 'A', lat: 'north' }))).toEqual([
      expect.stringContaining("line 2: 'iata: A'"),
      expect.stringContaining("line 2: 'lat: north'"),
    ])
  })

  it('that repeats a location is told', () => {
    expect(problems(heading + row() + row())).toEqual([
      "pops/edge.tsv line 3: 'iata: AMS' has a line already: keep one line a location",
    ])
  })

  it.each(['', '# only a comment', 'AMS\tAmsterdam\tNL\t52.31\t4.76', '\u0000'])('never throws: %j', text => {
    expect(problems(text)).toEqual([expect.stringContaining('the heading is missing: write iata, city, country')])
  })

  it('is none in a file without a provider or without an end', () => {
    expect(problems(heading, 'pops/Edge network.tsv')).toEqual([
      'pops/Edge network.tsv: is not named for a provider: use <provider>.tsv',
    ])
    expect(problems('#'.repeat(1_000_001))).toEqual(['pops/edge.tsv: longer than 1000000 characters: split it'])
  })
})

describe('the edge locations of this project', async () => {
  const pops = [...(await loadPops(new URL('../../../shared/regions/pops', import.meta.url))).values()]

  it('are more than 300, and whole records', () => {
    expect(pops.length).toBeGreaterThan(300)
    for (const pop of pops) expect(Pop.parse(pop)).toEqual(pop)
  })

  it.each(pops.map(pop => [pop.id, pop] as const))('stand in the country that they name: %s', (_, pop) => {
    expect(distanceToCountryKm([pop.lon, pop.lat], pop.country)).toBeLessThanOrEqual(COAST_KM)
  })
})
