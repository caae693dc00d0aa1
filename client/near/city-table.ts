import { foldAccents } from '../../shared/domain/text.ts'

/** `state` is a code of the United States, else empty. `population` is in thousands, 0 where it is not known. */
export type City = { name: string; country: string; state: string; lat: number; lon: number; population: number }

/** A table of cities whose names are folded once, for the search. */
export type CityIndex = {
  /** One line a city. */
  facts: readonly string[]
  /** One line a city: its name, then its other names, between tabs. */
  names: readonly string[]
  /** The same lines folded, in one text that is faster to search than a list. A line break stands before each. */
  folded: string
}

/** Cities, the largest first, as the text that `cityIndex` reads: their facts, an empty line, their names. */
export function cityTable(cities: readonly (City & { otherNames: readonly string[] })[]): string {
  const facts = cities.map(({ country, state, lat, lon, population }) =>
    [country, state, lat.toFixed(2), lon.toFixed(2), population].join('\t'),
  )
  const names = cities.map(({ name, otherNames }) => [name, ...otherNames].join('\t'))
  return `${facts.join('\n')}\n\n${names.join('\n')}`
}

export function cityIndex(table: string): CityIndex {
  const [facts = '', names = ''] = table.split('\n\n')
  return { facts: facts.split('\n'), names: names.split('\n'), folded: `\n${foldNames(names)}\n` }
}

export function cityAt({ facts, names }: CityIndex, line: number): City {
  const [country = '', state = '', lat, lon, population] = (facts[line] ?? '').split('\t')
  const [name = ''] = (names[line] ?? '').split('\t', 1)
  return { name, country, state, lat: Number(lat), lon: Number(lon), population: Number(population) }
}

/** Names of states by their codes. Other countries' parts have codes that nobody writes. */
const states = new Map(
  `AK Alaska,AL Alabama,AR Arkansas,AZ Arizona,CA California,CO Colorado,CT Connecticut,DC District of Columbia,
  DE Delaware,FL Florida,GA Georgia,HI Hawaii,IA Iowa,ID Idaho,IL Illinois,IN Indiana,KS Kansas,KY Kentucky,LA Louisiana,
  MA Massachusetts,MD Maryland,ME Maine,MI Michigan,MN Minnesota,MO Missouri,MS Mississippi,MT Montana,
  NC North Carolina,ND North Dakota,NE Nebraska,NH New Hampshire,NJ New Jersey,NM New Mexico,NV Nevada,NY New York,
  OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,
  UT Utah,VA Virginia,VT Vermont,WA Washington,WI Wisconsin,WV West Virginia,WY Wyoming`
    .split(/,\s*/)
    .map(state => [state.slice(0, 2), state.slice(3)]),
)

/** A code of the United States → the state's name; empty where there is none. */
export const stateName = (code: string): string => states.get(code) ?? ''

/** Letters that Unicode does not take apart, and letters of two alphabets that readers take for one. */
const lettersAlike: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ə: 'e', ς: 'σ' },
  ...{ ی: 'ي', ى: 'ي', ک: 'ك' },
}
const HIRAGANA_TO_KATAKANA = 0x60

/**
 * Names as the search compares them: small letters without accents, hyphens or apostrophes. The tabs and line breaks of
 * a table stay.
 */
export const foldNames = (text: string): string =>
  foldAccents(text)
    .replace(/['’‘`´ʹʻʼʽʾʿ]/g, '')
    .replace(/[łøßæœđðþıəςیىک]/g, letter => lettersAlike[letter] ?? letter)
    .replace(/[ぁ-ゖ]/g, letter => String.fromCharCode(letter.charCodeAt(0) + HIRAGANA_TO_KATAKANA))
    .replace(/[^\p{L}\p{N}\t\n]+/gu, ' ')
    .replace(/ ([\t\n])/g, '$1')
