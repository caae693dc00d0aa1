/**
 * How much a country's name can be trusted: `sure` names count wherever they are written as names; `shared` ones are people,
 * birds or towns as well, and count only where they are used as a place.
 */
export type CountryName = { country: string; trust: 'sure' | 'shared' }

/** The English names of the countries, and the other words that stand for them in news. */
export function countryNames(): Map<string, CountryName> {
  const names = new Map<string, CountryName>()
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  for (const country of countries) {
    const name = english.of(country)
    const spellings =
      name === undefined ? [] : [name, name.replaceAll(' & ', ' and '), name.replaceAll('St. ', 'Saint ')]
    for (const spelling of [...spellings, ...(aliases[country] ?? [])]) {
      names.set(spelling, { country, trust: shared.has(spelling) ? 'shared' : 'sure' })
    }
  }
  for (const other of others) names.set(other, { country: '', trust: 'sure' })
  return names
}

/**
 * ISO 3166-1, without places that nobody's news is of, and those whose name is mostly another thing's: Aruba (networks),
 * Georgia (a state; its own aliases stand below), Réunion, Guernsey and Jersey.
 * @see https://www.iso.org/iso-3166-country-codes.html
 */
const countries =
  `AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR
  CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FO FR GA GB GD GE GH GI GL GM GN GQ GR GT GU GW GY HK HN HR HT HU
  ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML
  MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB SC SD
  SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS XK YE ZA
  ZM ZW`
    .trim()
    .split(/\s+/)

const aliases: Readonly<Partial<Record<string, readonly string[]>>> = {
  AE: ['UAE', 'U.A.E.'],
  BA: ['Bosnia'],
  CD: ['Democratic Republic of the Congo', 'DR Congo'],
  CG: ['Republic of the Congo'],
  CI: ['Ivory Coast'],
  CZ: ['Czech Republic'],
  GB: ['UK', 'U.K.', 'Great Britain', 'Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland'],
  GE: ['Republic of Georgia', 'country of Georgia', 'nation of Georgia'],
  HK: ['Hong Kong'],
  JO: ['Kingdom of Jordan'],
  KR: ['Korea', 'Republic of Korea'],
  MM: ['Myanmar', 'Burma'],
  MO: ['Macau', 'Macao'],
  PS: ['Palestine'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  TT: ['Trinidad'],
  US: ['US', 'U.S.', 'USA', 'U.S.A.', 'United States of America'],
  VN: ['Viet Nam'],
}

const shared = new Set([
  'Chad',
  'Cuba',
  'Dominica',
  'Guinea',
  'Israel',
  'Jordan',
  'Kenya',
  'Lebanon',
  'Monaco',
  'Turkey',
])

/** Longer names that hold a country's and mean none, and Georgia alone, which is a state of the US far more often. */
const others = [
  'Georgia',
  'Jersey',
  'New England',
  'New Jersey',
  'New Mexico',
  'New South Wales',
  'South China',
  'East China Sea',
  'Gulf of Mexico',
  'Mexico Beach',
  'Panama City Beach',
  'Bermuda Triangle',
  'Guinea pig',
  'Guinea pigs',
  'Prince of Wales',
  'Jimmy Wales',
  'Kathy Ireland',
  'Michael Jordan',
  'Air Jordan',
]
