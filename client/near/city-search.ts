import { distanceKm } from '../../shared/domain/nearest-regions.ts'
import type { Region } from '../../shared/domain/region.ts'
import { foldAccents, withoutAccents } from '../../shared/domain/text.ts'
import type { PopPlace } from '../regions/pops.ts'
import { type City, type CityIndex, cityAt, foldNames, stateName } from './city-table.ts'

/** A city, and the name of it that the reader's text matched: `München` for Munich. */
export type FoundCity = { city: City; spelling: string }

/** Where a text stands in a line of an index. `field` 0 is the city's name, later ones are its other names. */
type Match = { index: CityIndex; line: number; field: number; isWhole: boolean; isAirport: boolean }

/** Two entries of one country so near to each other are one city. */
const SAME_CITY_KM = 40
/** 'United Arab Emirates' has three. */
const MAX_COUNTRY_WORDS = 3

/**
 * Cities by any of their names. Accents, capitals and punctuation do not count. A country, or a state of the United
 * States, may follow the name. An exact name comes first, then one that begins with the text, then one with a word that
 * does; between these, population decides.
 * @param indexes the largest city of each first; the first index wins where another has the same city
 * @param countryName in the reader's language
 * @param most length of the result
 */
export function searchCities(
  indexes: readonly CityIndex[],
  text: string,
  countryName: (code: string) => string,
  most: number,
): FoundCity[] {
  for (const [name, place] of readings(text)) {
    const isThere = ({ country, state }: City) =>
      place === '' ||
      [country, state].some(code => code !== '' && code.toLowerCase() === place.replaceAll(' ', '')) ||
      [countryName(country), stateName(state), ...otherNamesOf(country)].some(name => foldNames(name).startsWith(place))
    const found = new Map<string, FoundCity>()
    for (const match of matchesOf(indexes, name, text.trim())) {
      const city = cityAt(match.index, match.line)
      const key = `${indexes.indexOf(match.index)} ${match.line}`
      const isKnown = (one: FoundCity) => one.city.country === city.country && distanceKm(one.city, city) < SAME_CITY_KM
      if (found.has(key) || !isThere(city)) continue
      if (match.index !== indexes[0] && [...found.values()].some(isKnown)) continue
      found.set(key, { city, spelling: spellingOf(match, text) })
      if (found.size === most) break
    }
    if (found.size > 0) return [...found.values()]
  }
  return []
}

/** A country in English and in the language that most people speak there, and what it is called for short. */
function otherNamesOf(country: string): string[] {
  const known = otherNames.get(country)
  if (known !== undefined) return known
  const own = new Intl.Locale(`und-${country}`).maximize().language
  const names = ['en', own].map(language => new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? '')
  const all = [...names, ...(shortNames[country] ?? [])]
  otherNames.set(country, all)
  return all
}

const otherNames = new Map<string, string[]>()
const shortNames: Readonly<Record<string, readonly string[]>> = {
  GB: ['UK', 'Great Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland'],
  US: ['USA', 'America'],
  AE: ['UAE', 'Emirates'],
  NL: ['Holland'],
  KR: ['Korea'],
}

/** How a text may be meant, as a folded name and a folded place: 'Paris, TX' → paris, tx. */
function readings(text: string): [name: string, place: string][] {
  const [name = '', ...places] = text
    .split(/[,，、]/)
    .map(part => foldNames(part.replace(/\s+/g, ' ')).trim())
    .filter((part, n) => n === 0 || part !== '')
  if (name === '') return []
  const place = places.at(-1)
  if (place !== undefined) return [[name, place]]
  const words = name.split(' ')
  const counts = [0, 1, 2, 3].filter(n => n < words.length && n <= MAX_COUNTRY_WORDS)
  return counts.map(n => [words.slice(0, words.length - n).join(' '), words.slice(words.length - n).join(' ')])
}

/**
 * Matches by rank, then by weight. A city may be among them several times. An airport's code counts as a name only where
 * it is written in capitals: 'mun' is the beginning of Munich, 'MUN' is in Maturín.
 */
function* matchesOf(indexes: readonly CityIndex[], name: string, text: string): Generator<Match> {
  const all = (before: string) => indexes.map(index => occurrences(index, before, name))
  const whole = [...all('\n'), ...all('\t')].flatMap(matches => [...matches].filter(({ isWhole }) => isWhole))
  const isName = ({ isAirport }: Match) => !isAirport || text === text.toUpperCase()
  yield* whole.filter(isName).sort((a, b) => weightOf(b) - weightOf(a))
  for (const index of indexes)
    for (const match of merged(occurrences(index, '\n', name), occurrences(index, '\t', name)))
      if (!match.isAirport) yield match
  for (const matches of all(' ')) yield* matches
  yield* whole
}

/**
 * A city's first name counts more than its other names, which are also old ones and those of other languages: Waterloo
 * is not Austin, but Canton may well be Guangzhou. Those that begin alike are mostly the same name: Geneva is Genève.
 */
function weightOf({ index, line, field, isWhole }: Match): number {
  const { population } = cityAt(index, line)
  if (field === 0) return population * (isWhole ? 20 : 10)
  const [first = '', ...others] = (index.names[line] ?? '').split('\t')
  const beginning = foldNames(others[field - 1] ?? '').slice(0, 3)
  return isWhole && foldNames(first).startsWith(beginning) ? population * 5 : population
}

/** Two series of matches, each by falling weight, as one. */
function* merged(a: Generator<Match>, b: Generator<Match>): Generator<Match> {
  let [nextA, nextB] = [a.next(), b.next()]
  while (!nextA.done || !nextB.done) {
    const isA = !nextA.done && (nextB.done || weightOf(nextA.value) >= weightOf(nextB.value))
    if (isA) {
      if (!nextA.done) yield nextA.value
      nextA = a.next()
    } else {
      if (!nextB.done) yield nextB.value
      nextB = b.next()
    }
  }
}

/** Where a folded name stands after a line break, tab or space, in the order of the lines. */
function* occurrences(index: CityIndex, before: string, name: string): Generator<Match> {
  const { folded, names } = index
  let [line, start, end] = [0, 0, folded.indexOf('\n', 1)]
  for (let at = folded.indexOf(before + name); at !== -1; at = folded.indexOf(before + name, at + 1)) {
    while (at >= end) [line, start, end] = [line + 1, end, folded.indexOf('\n', end + 1)]
    const field = before === '\n' ? 0 : folded.slice(start, at + 1).split('\t').length - 1
    const after = folded[at + before.length + name.length]
    const isWhole = before !== ' ' && (after === '\n' || after === '\t')
    yield { index, line, field, isWhole, isAirport: field > 0 && airport.test(names[line]?.split('\t')[field] ?? '') }
  }
}

const airport = /^[A-Z]{3}$/

/** The name as the reader writes it, where the city has it so; else the matched one. */
function spellingOf({ index, line, field, isWhole, isAirport }: Match, text: string): string {
  const spellings = (index.names[line] ?? '').split('\t')
  const written = (text.split(',')[0] ?? '').trim().normalize().toLowerCase()
  const isWritten = (name: string) =>
    isWhole ? name.toLowerCase() === written : name.toLowerCase().startsWith(written)
  const [name = ''] = spellings
  const spelling = spellings.find(one => !airport.test(one) && isWritten(one)) ?? (isAirport ? name : spellings[field])
  if (spelling === undefined) return name
  const plain = withoutAccents(spelling)
  return spelling !== name && isWritten(plain) && !isWritten(spelling) ? plain : spelling
}

/** The cities of regions and edge locations by name, each once a country. */
export function citiesOf(regions: Iterable<Region>, pops: Iterable<PopPlace>): City[] {
  const cities = new Map<string, City>()
  for (const { city: name, country, lat, lon } of [...regions, ...pops]) {
    const key = `${foldAccents(name)} ${country}`
    if (!cities.has(key)) cities.set(key, { name, country, state: '', lat, lon, population: 0 })
  }
  return [...cities.values()].sort((a, b) => a.name.localeCompare(b.name) || a.country.localeCompare(b.country))
}
