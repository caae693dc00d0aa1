import { type City, cityTable, foldNames } from './city-table.ts'

/** Smaller places are kept only where they are the seat of a country or of one of its parts. */
const MIN_POPULATION = 15_000
/** From this size on, a city is known around the world, by names in other scripts than its own. */
const WORLD_CITY_POPULATION = 200_000
const MAX_NAME_LENGTH = 40

/** Settlements; not sections of a city, nor what is abandoned, destroyed or of the past. */
const settlement = /^(?:PPL(?:[ACFGLS]|A[2-5])?|STLMT)$/
const seat = /^PPL[AC]$/

/** Scripts in which names are kept, and the countries where each is at home. Latin letters are kept everywhere. */
const scripts: readonly { letter: RegExp; countries: string; isForWorldCities?: true }[] = [
  { letter: /\p{sc=Cyrl}/u, countries: 'BA BG BY KG KZ MD ME MK MN RS RU TJ UA UZ XK', isForWorldCities: true },
  { letter: /\p{sc=Grek}/u, countries: 'CY GR', isForWorldCities: true },
  { letter: /\p{sc=Han}/u, countries: 'CN HK JP MO MY SG TW', isForWorldCities: true },
  { letter: /\p{sc=Hira}|\p{sc=Kana}/u, countries: 'JP', isForWorldCities: true },
  { letter: /\p{sc=Hang}/u, countries: 'KP KR', isForWorldCities: true },
  {
    letter: /\p{sc=Arab}/u,
    countries: 'AE AF BH DJ DZ EG EH IL IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE',
    isForWorldCities: true,
  },
  { letter: /\p{sc=Hebr}/u, countries: 'IL PS', isForWorldCities: true },
  { letter: /\p{sc=Thai}/u, countries: 'TH', isForWorldCities: true },
  { letter: /\p{sc=Deva}/u, countries: 'IN NP', isForWorldCities: true },
  { letter: /\p{sc=Beng}/u, countries: 'BD IN' },
  { letter: /\p{sc=Gujr}|\p{sc=Guru}|\p{sc=Knda}|\p{sc=Mlym}|\p{sc=Orya}|\p{sc=Telu}/u, countries: 'IN' },
  { letter: /\p{sc=Taml}/u, countries: 'IN LK MY SG' },
  { letter: /\p{sc=Sinh}/u, countries: 'LK' },
  { letter: /\p{sc=Geor}/u, countries: 'GE' },
  { letter: /\p{sc=Armn}/u, countries: 'AM' },
  { letter: /\p{sc=Ethi}/u, countries: 'ER ET' },
  { letter: /\p{sc=Khmr}/u, countries: 'KH' },
  { letter: /\p{sc=Laoo}/u, countries: 'LA' },
  { letter: /\p{sc=Mymr}/u, countries: 'MM' },
  { letter: /\p{sc=Tibt}/u, countries: 'BT CN' },
  { letter: /\p{sc=Thaa}/u, countries: 'MV' },
]

/**
 * A dump of GeoNames → the table of cities that the page searches, the largest first.
 * @see https://download.geonames.org/export/dump/readme.txt
 */
export const slimCities = (dump: string): string =>
  cityTable(
    dump
      .split('\n')
      .flatMap(toCity)
      .sort((a, b) => b.people - a.people),
  )

function toCity(line: string): (City & { otherNames: string[]; people: number })[] {
  const columns = line.split('\t')
  const [, name = '', , alternateNames = '', lat, lon, , kind = '', country = '', , division = ''] = columns
  const people = Number(columns[14])
  if (!settlement.test(kind) || (people < MIN_POPULATION && !seat.test(kind))) return []
  return [
    {
      name,
      country,
      state: country === 'US' ? division : '',
      lat: Number(lat),
      lon: Number(lon),
      population: Math.round(people / 1000),
      otherNames: otherNamesOf(name, alternateNames.split(','), country, people),
      people,
    },
  ]
}

/** Other names that differ when folded: native spellings, exonyms and codes of airports. Longer forms are left out. */
function otherNamesOf(name: string, names: readonly string[], country: string, people: number): string[] {
  const own = foldNames(name)
  const spellings = new Map<string, string[]>()
  for (const other of names) {
    if (other.length > MAX_NAME_LENGTH || !isKept(other, country, people)) continue
    const folded = foldNames(other)
    if (folded === '' || ` ${folded} `.includes(` ${own} `)) continue
    spellings.set(folded, [...(spellings.get(folded) ?? []), other])
  }
  return [...spellings.values()].map(nativeOf)
}

/** GeoNames lists 'München' without its accents too. Where several languages have accents of their own, none has them. */
function nativeOf(spellings: readonly string[]): string {
  const plain = spellings.find(spelling => /^[\x20-\x7e]+$/.test(spelling))
  const accented = spellings.filter(spelling => spelling !== plain)
  return (accented.length === 1 ? accented[0] : plain) ?? spellings[0] ?? ''
}

function isKept(name: string, country: string, people: number): boolean {
  if (name.includes('(')) return false
  // names without capitals are transliterations that a program made: 'mywnkh'
  if (/\p{sc=Latn}/u.test(name)) return /\p{Lu}/u.test(name)
  const script = scripts.find(({ letter }) => letter.test(name))
  if (script === undefined) return false
  return script.countries.includes(country) || (script.isForWorldCities === true && people >= WORLD_CITY_POPULATION)
}
