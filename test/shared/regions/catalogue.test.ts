import { describe, expect, it } from 'vitest'
import { Provider, Region } from '../../../shared/domain/region.ts'
import { countryOf, loadCatalogue, parseCatalogue } from '../../../shared/regions/catalogue.ts'

const provider = (id: string) => `provider:
  id: ${id}
  name: A cloud
  home: https://cloud.example.com
  statusPage: https://status.example.com
  figures: []
regions:
`
const row = {
  code: 'west-1',
  name: 'West One',
  city: 'Amsterdam',
  country: 'NL',
  continent: 'Europe',
  at: '[52.37, 4.9]',
  state: 'open',
  timezone: 'Europe/Amsterdam',
}
/** A region's line; what is undefined is left out. */
const line = (fields: Partial<Record<keyof Region | 'at', string | undefined>> = {}) => {
  const columns = Object.entries({ ...row, ...fields }).filter(([, value]) => value !== undefined)
  return `  - { ${columns.map(([key, value]) => `${key}: ${value}`).join(', ')} }\n`
}
const east = { code: 'east-1', name: 'East One' }

function problems(...texts: string[]): string[] {
  const result = parseCatalogue(texts.map((text, at) => ({ name: `file${at + 1}.yaml`, text })))
  return result.ok ? [] : result.error.split('\n')
}

describe('a catalogue', () => {
  it('fills in what a line leaves out, and makes ids of codes', () => {
    const text = provider('a') + line({ pair: 'east-1' }) + line(east)
    const result = parseCatalogue([{ name: 'a.yaml', text }])
    if (!result.ok) throw new Error(result.error)
    expect([...result.value.regions.keys()]).toEqual(['a/west-1', 'a/east-1'])
    expect(result.value.regions.get('a/west-1')).toEqual({
      id: 'a/west-1',
      provider: 'a',
      code: 'west-1',
      name: 'West One',
      aliases: [],
      city: 'Amsterdam',
      country: 'NL',
      continent: 'Europe',
      lat: 52.37,
      lon: 4.9,
      zones: null,
      opened: null,
      state: 'open',
      pair: 'a/east-1',
      residency: null,
      restricted: false,
      timezone: 'Europe/Amsterdam',
      carbonFree: null,
    })
  })

  it('knows the country of a region, and of no other', () => {
    const result = parseCatalogue([{ name: 'a.yaml', text: provider('a') + line() }])
    if (!result.ok) throw new Error(result.error)
    expect(countryOf(result.value)('a/west-1')).toBe('NL')
    expect(countryOf(result.value)('a/east-9')).toBeUndefined()
  })

  it('lets two providers use the same words', () => {
    expect(problems(provider('a') + line(), provider('b') + line())).toEqual([])
  })

  it('says where the files are to be when a directory has none', async () => {
    await expect(loadCatalogue(new URL('.', import.meta.url))).rejects.toThrow('add one named <provider>.yaml')
  })

  it('of this project makes whole records', async () => {
    const { providers, regions } = await loadCatalogue(new URL('../../../shared/regions', import.meta.url))
    expect([...providers.values()].map(each => Provider.parse(each))).toHaveLength(12)
    for (const region of regions.values()) expect(Region.parse(region)).toEqual(region)
  })
})

describe('a malformed file', () => {
  it.each([
    [{ zones: 'three' }, "'zones: three' is not a number: write it in digits"],
    [{ zones: '0' }, "'zones: 0' is too small or too short: at least 1 is allowed"],
    [{ opened: '1999' }, "'opened: 1999' is too small or too short: at least 2004 is allowed"],
    [{ code: 'West_1' }, "'code: West_1' is not a region code: use a-z, 0-9 and -"],
    [{ country: 'nl' }, "'country: nl' is not a country: use its two capital letters in ISO 3166-1, such as NL"],
    [{ country: undefined }, "'country' is missing: use its two capital letters in ISO 3166-1, such as NL"],
    [{ name: undefined }, "'name' is missing: write it in words"],
    [{ at: '[4.9]' }, "'at' is not a place: write [latitude, longitude] in degrees"],
    [{ at: '[91, 4.9]' }, "'at' is not a place: write [latitude, longitude] in degrees"],
    [{ state: 'opened' }, "'state: opened' is not among what is allowed: use open, announced, closing"],
    [{ continent: 'europe' }, "'continent: europe' is not among what is allowed: use Africa, Asia, Europe,"],
    [{ timezone: 'Europe/Amsterdm' }, "'timezone: Europe/Amsterdm' is not a time zone: use an IANA name"],
    [{ timezone: '+01:00' }, "'timezone: +01:00' is not a time zone: use an IANA name"],
    [{ aliases: "['']" }, "'aliases: ' is too small or too short: at least 1 is allowed"],
    [{ aliases: 'Holland' }, "'aliases: Holland' is not a list: put it in square brackets"],
    [{ pair: 'east-9' }, "'pair: east-9' is no other region of this provider: use the code of another line"],
    [{ pair: 'west-1' }, "'pair: west-1' is no other region of this provider: use the code of another line"],
  ])('is told with its line and the mend: %j', (fields, problem) => {
    expect(problems(provider('a') + line(east) + line(fields))).toEqual([
      expect.stringContaining(`file1.yaml line 9: ${problem}`),
    ])
  })

  it('that has a key of its own is told which was probably meant', () => {
    const text = (provider('a') + line()).replace('timezone:', 'timezon: x, timezone:')
    expect(problems(text)).toEqual(["file1.yaml line 8: 'timezon: x' is not a key here: did you mean 'timezone'?"])
  })

  it.each([
    [{ code: 'west-1' }, "'code: west-1'"],
    [{ name: 'WEST ONE' }, "'name: WEST ONE'"],
    [{ aliases: '[Orient, West One]' }, "'aliases: West One'"],
    [{ aliases: '[WEST-1]' }, "'aliases: WEST-1'"],
    [{ aliases: '[holland]' }, "'aliases: holland'"],
  ])('that lets two regions share a word is told the word: %j', (fields, word) => {
    expect(problems(provider('a') + line({ aliases: '[Holland]' }) + line({ ...east, ...fields }))).toEqual([
      `file1.yaml line 9: ${word} also means west-1: leave out a word that two regions share`,
    ])
  })

  it('is told beside those of other files, and so is a provider with two files', () => {
    expect(problems(provider('a') + line({ zones: 'many' }), provider('b') + line(), provider('b') + line())).toEqual([
      "file1.yaml line 8: 'zones: many' is not a number: write it in digits",
      "file3.yaml line 2: 'id: b' has a file already: keep one file a provider",
    ])
  })

  it.each(['', '- a', 'provider: {', 'regions: *nothing', '\u0000'])('never throws: %j', text => {
    expect(problems(text)).not.toEqual([])
  })
})
