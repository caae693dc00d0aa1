import { addPhrase, emptyTrie, isAdjacent, longestAt, type Token, tokensIn, type Words } from '../text/word-trie.ts'

/**
 * The countries that a text names in English, as ISO 3166-1 codes in alphabetical order. No country is better than a
 * wrong one: a name counts as it is written ('Turkey', not 'turkey'), the longest wins ('New Mexico' is none), and a
 * name that people, birds and towns share counts only as a place ('in Jordan') or beside another country. Reads the
 * first 5,000 characters of a text.
 */
export function countriesOf(words: Words): string[] {
  const tokens = tokensIn(words, MAX_CHARS)
  const found = matchesIn(tokens)
  const named = found.filter(
    (match, at) =>
      match.name.country !== '' &&
      (match.name.trust === 'sure' || isPlace(tokens, match) || isListed(tokens, found[at - 1], match, found[at + 1])),
  )
  return [...new Set(named.map(({ name }) => name.country))].sort()
}

const MAX_CHARS = 5_000

type Match = { name: CountryName; from: number; to: number }

function matchesIn(tokens: readonly Token[]): Match[] {
  const matches: Match[] = []
  for (let from = 0; from < tokens.length; ) {
    const longest = longestAt(trie, tokens, from)
    const match = longest && { name: longest.value, from, to: longest.to }
    if (match && isWritten(tokens, match) && !isPartOfAnother(tokens, match)) matches.push(match)
    from = longest?.to ?? from + 1
  }
  return matches
}

/** Whether a name has its capitals. 'US' and other short ones do not count in a line of capitals. */
function isWritten(tokens: readonly Token[], { from, to }: Match): boolean {
  const words = tokens.slice(from, to).filter(({ text }) => /\p{L}/u.test(text) && !small.has(text))
  if (!words.every(({ raw }) => /^\p{Lu}/u.test(raw))) return false
  if (words.some(({ raw }) => raw.length > 3 && raw !== raw.toUpperCase())) return true
  return !words.every(({ raw }) => raw.length < 3) || !isShouted(tokens, from, to)
}

const small = new Set(['and', 'of', 'the', 'country', 'nation', 'pig', 'pigs'])

/** 'CONTACT US NOW': the words around it are in capitals too, and at least one of them is no abbreviation. */
function isShouted(tokens: readonly Token[], from: number, to: number): boolean {
  const around = [tokens[from - 1], tokens[to]].filter(token => token !== undefined && /^\p{L}+$/u.test(token.raw))
  return around.length > 0 && around.every(token => token?.raw === token?.raw.toUpperCase()) && around.some(isLong)
}

const isLong = (token: Token | undefined): boolean => (token?.raw.length ?? 0) > 4

/** 'Lebanon, Ohio' is a town, 'us-east-1' a code, 'Germany-based' describes a company and 'Chad Smith' is a man. */
function isPartOfAnother(tokens: readonly Token[], { name, from, to }: Match): boolean {
  const next = tokens[to]
  const after = tokens[to + 1]
  if (next?.text === '-' && isAdjacent(tokens[to - 1], next) && isAdjacent(next, after)) return true
  if (
    tokens[from - 1]?.text === '-' &&
    isAdjacent(tokens[from - 1], tokens[from]) &&
    isAdjacent(tokens[from - 2], tokens[from - 1])
  )
    return true
  if (next?.text === ',' && name.country !== 'US' && isState(tokens, to + 1)) return true
  return name.trust === 'shared' && next !== undefined && !next.opensLine && /^\p{Lu}\p{Ll}/u.test(next.raw)
}

const isState = (tokens: readonly Token[], at: number): boolean =>
  states.has(tokens[at]?.text ?? '') && /^\p{Lu}/u.test(tokens[at]?.raw ?? '')

/** States whose name is one word and no country. */
const states = new Set(
  'alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming ny nj nc nh pa tx ga il mi oh'.split(
    ' ',
  ),
)

const isPlace = (tokens: readonly Token[], { from }: Match): boolean => placing.has(tokens[from - 1]?.text ?? '')
const placing = new Set(['in', 'across', 'within', 'throughout', 'inside'])

/** 'Egypt, Jordan and Lebanon': beside another country. */
const isListed = (
  tokens: readonly Token[],
  before: Match | undefined,
  match: Match,
  after: Match | undefined,
): boolean => isJoined(tokens, before, match) || isJoined(tokens, match, after)

function isJoined(tokens: readonly Token[], left: Match | undefined, right: Match | undefined): boolean {
  const [one, other] = [left?.name.country ?? '', right?.name.country ?? '']
  if (left === undefined || right === undefined || one === '' || other === '' || one === other) return false
  const between = tokens.slice(left.to, right.from)
  return between.length > 0 && between.length <= 2 && between.every(({ text }) => joiners.has(text))
}

const joiners = new Set([',', 'and', '&', '/', 'or'])

/**
 * How far a country's name can be trusted. `sure` names count wherever they have their capitals. `shared` ones are
 * people, birds or towns as well, and count only as a place.
 */
type CountryName = { country: string; trust: 'sure' | 'shared' }

/** The English names of the countries, and other words for them in the news. */
function countryNames(): Map<string, CountryName> {
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
 * ISO 3166-1, without places that have no news, and without names that mostly mean something else: Aruba (networks),
 * Georgia (a state; its own aliases are below), Réunion, Guernsey and Jersey.
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

/**
 * Longer names that contain a country's and mean none, and Georgia alone, which is far more often the state of the US.
 */
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

const trie = emptyTrie<CountryName>()
for (const [phrase, name] of countryNames()) addPhrase(trie, phrase, name)
