import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import {
  addPhrase,
  emptyTrie,
  isAdjacent,
  longestAt,
  type Token,
  tokensIn,
  type Words,
  type WordTrie,
} from '../text/word-trie.ts'
import { withElided } from './place-ellipsis.ts'
import { isLabel, listsOf, type Match, properties, qualifiers, reach, sequels, troubles } from './place-list.ts'
import { unsparedLists } from './place-negation.ts'
import { type Phrase, phrasesOf, uniquePhrases } from './place-phrases.ts'

/** The places that a text names. `global` only where the text says so; neither regions nor global is 'unspecified'. */
export type Places = {
  regions: RegionId[]
  global: boolean
  /** Beside regions, all places are named too, and not only a reach such as 'globally': the regions do not narrow that. */
  everywhere?: boolean
  /** Zones of the regions, as the text names them. */
  zones?: string[]
}

/** Finds the regions of one provider that a text names. Built once from the catalogue. */
export type PlaceMatcher = {
  (provider: string, words: Words): Places
  /** The same, with where each region is named. */
  spans(provider: string, tokens: readonly Token[]): PlaceSpan[]
  /** The regions whose code or full name belongs to one provider alone, as 'westeurope' and 'us-ashburn-1' do. */
  unique(tokens: readonly Token[]): PlaceSpan[]
}

/** The tokens from `from` to before `to` name the region; `isPlace`: by a city or a country. */
export type PlaceSpan = { region: RegionId; isPlace: boolean; from: number; to: number }

/**
 * Makes a matcher for these regions. No region is better than a wrong one: the longest phrase wins ('East US 2' is not
 * 'East US'), phrases end where words end, and what could mean another region or a mere place does not count. Runs in
 * linear time; reads the first 20,000 characters of a text.
 */
export function placeMatcher(regions: Iterable<Region>): PlaceMatcher {
  const byProvider = new Map<string, Region[]>()
  for (const region of regions) byProvider.set(region.provider, [...(byProvider.get(region.provider) ?? []), region])
  const tries = new Map<string, WordTrie<Phrase>>()
  for (const [provider, own] of byProvider) tries.set(provider, trieOf(own))
  const globalOnly = trieOf([])
  const unique = emptyTrie<Phrase>()
  for (const [text, phrase] of uniquePhrases([...byProvider.values()])) addPhrase(unique, text, phrase)
  const match = (provider: string, words: Words) =>
    findPlaces(tries.get(provider) ?? globalOnly, tokensIn(words, MAX_CHARS))
  return Object.assign(match, {
    spans(provider: string, tokens: readonly Token[]) {
      const trie = tries.get(provider)
      return trie === undefined ? [] : spansOf(namedIn(trie, tokens).map(({ match }) => match))
    },
    unique: (tokens: readonly Token[]) => spansOf(namedIn(unique, tokens).map(({ match }) => match)),
  })
}

const spansOf = (matches: readonly Match[]): PlaceSpan[] =>
  matches.flatMap(({ phrase: { kind, region }, from, to }) =>
    region === null ? [] : [{ region, isPlace: kind === 'place' || kind === 'airport', from, to }],
  )

/** The places of several texts together. */
export function mergePlaces(places: readonly Places[]): Places {
  // 'Global' beside 'West US' in a list of services or categories is a member of it.
  const hasMember = places.some(({ regions, global }) => global && regions.length === 0)
  return union(places, hasMember || places.some(place => place.everywhere))
}

function union(places: readonly Places[], hasAll: boolean): Places {
  const zones = [...new Set(places.flatMap(place => place.zones ?? []))].sort()
  const regions = [...new Set(places.flatMap(place => place.regions))].sort()
  return {
    regions,
    global: places.some(place => place.global),
    ...(hasAll && regions.length > 0 && { everywhere: true }),
    ...(zones.length > 0 && { zones }),
  }
}

/** A named region is more precise than the word 'globally' beside it, but not than 'all regions' or a label 'Global'. */
export const scopeOf = ({ regions, global, everywhere }: Places): 'regional' | 'global' | 'unspecified' =>
  everywhere ? 'global' : regions.length > 0 ? 'regional' : global ? 'global' : 'unspecified'

/** Where an incident is, as its record says it: the zones only where the text names some. */
export const placesOfIncident = (where: Places) => ({
  scope: scopeOf(where),
  regions: where.regions,
  ...(where.zones !== undefined && { zones: where.zones.slice(0, MAX_ZONES) }),
})

const MAX_ZONES = 60

/** Whether a sentence that names regions names all that an incident is in, so that it is not about a part of it. */
export const isOfAll = (regions: readonly string[], placesOf: (text: string) => Places) => (sentence: string) => {
  const named = placesOf(sentence).regions
  return named.length === 0 || regions.every(region => named.includes(region))
}

/**
 * The places, with the zones that these texts name in their regions. Only the words of an update name zones. A zone does
 * not narrow its region: a trouble may spread.
 */
export function withZones(where: Places, texts: readonly string[], placesOf: (text: string) => Places): Places {
  const named = texts.filter(text => zoneLike.test(text)).flatMap(text => placesOf(text).zones ?? [])
  const zones = [...new Set(named)].filter(zone => placesOf(zone).regions.some(id => where.regions.includes(id)))
  return zones.length === 0 ? where : { ...where, zones: [...new Set([...(where.zones ?? []), ...zones])].sort() }
}

/** A quick look: most texts name no zone, and the matcher reads every word. */
const zoneLike = /\d-?az\d|\d-?[a-h]\b|-\d\b|\ddc\d|-dc\d/i

const MAX_CHARS = 20_000

function trieOf(regions: readonly Region[]): WordTrie<Phrase> {
  const trie = emptyTrie<Phrase>()
  for (const [text, phrase] of phrasesOf(regions)) addPhrase(trie, text, phrase)
  return trie
}

function findPlaces(trie: WordTrie<Phrase>, tokens: readonly Token[]): Places {
  const named = namedIn(trie, tokens)
  if (named.length === 0) return { regions: [], global: false }
  // 'West Europe, Global', but not 'Global: West Europe'
  const hasAll = named.some(
    ({ match: { phrase }, isAlone }) => phrase.kind === 'everywhere' || (phrase.kind === 'global' && !isAlone),
  )
  return union(
    named.map(({ match }) => placeOf(tokens, match)),
    hasAll,
  )
}

/** The phrases that count where they stand; `isAlone`: in no list of several. */
function namedIn(trie: WordTrie<Phrase>, tokens: readonly Token[]): { match: Match; isAlone: boolean }[] {
  const full = matchesIn(trie, tokens)
  const named: { match: Match; isAlone: boolean }[] = []
  if (full.length === 0) return named
  for (const list of unsparedLists(tokens, listsOf(withElided(trie, tokens, full), tokens))) {
    const labelled = isLabel(tokens, list)
    const isAlone = list.matches.length === 1
    for (const match of list.matches) if (counts(tokens, match, labelled)) named.push({ match, isAlone })
  }
  return named
}

function matchesIn(trie: WordTrie<Phrase>, tokens: readonly Token[]): Match[] {
  const matches: Match[] = []
  for (let from = 0; from < tokens.length; ) {
    const longest = longestAt(trie, tokens, from)
    if (longest !== null) {
      matches.push({ phrase: longest.value, free: matches.at(-1)?.to ?? 0, from, to: longest.to })
    }
    from = longest?.to ?? from + 1
  }
  return matches
}

function placeOf(tokens: readonly Token[], match: Match): Places {
  const { kind, region } = match.phrase
  const zones = zonesOf(tokens, match)
  return {
    regions: region === null ? [] : [region],
    global: kind === 'everywhere' || kind === 'globally' || kind === 'global',
    ...(zones.length > 0 && { zones }),
  }
}

/** 'us-central1-a' and, after it, '-b and -c'; 'use1-az4'. */
function zonesOf(tokens: readonly Token[], { phrase, from, to }: Match): string[] {
  if (phrase.zoneName !== undefined) return [phrase.zoneName]
  if (!isZone(phrase.zone, tokens, to)) return []
  const code = tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join('')
  const zones: string[] = []
  for (let at = to; isZone(phrase.zone, tokens, at); ) {
    zones.push(`${code}-${tokens[at + 1]?.text}`)
    at += 2
    while (at < to + 40 && /^(?:,|and|or|&|\/)$/.test(tokens[at]?.text ?? '')) at++
    if (tokens[at]?.text !== '-') break
  }
  return zones
}

/** Whether a phrase counts in its context; `labelled` where its list is a label. `Phrase` explains the kinds. */
function counts(tokens: readonly Token[], match: Match, labelled: boolean): boolean {
  const { phrase, from, to } = match
  const words = tokens.slice(from, to)
  const next = tokens[to]
  switch (phrase.kind) {
    case 'code':
      return (
        isContiguous(words) && !hasSequel(tokens, to) && (!isHyphenated(tokens, to) || isZone(phrase.zone, tokens, to))
      )
    case 'name':
      return isWhole(tokens, match)
    case 'title':
      return isWhole(tokens, match) && (labelled || !words.some(isLowerCase) || words[1]?.text === '-')
    case 'place':
      return !isHyphenated(tokens, to) && (labelled || isBracketed(tokens, match))
    case 'airport':
      if (tokens.length === words.length) return true
      return words.every(isUpperCase) && !isHyphenated(tokens, to) && (labelled || isBracketed(tokens, match))
    case 'everywhere':
      return !/^(?:in|within|of|where|that|with)$/.test(next?.text ?? '')
    case 'globally':
      if (next === undefined || troubles.has(next.text)) return true
      return !properties.has(next.text) && !(words.some(isCapital) && isCapital(next))
    case 'global':
      return isGlobal(next) || (labelled && !isHyphenated(tokens, to))
  }
}

const isGlobal = (next: Token | undefined): boolean =>
  next !== undefined && (troubles.has(next.text) || reach.has(next.text))

const isWhole = (tokens: readonly Token[], match: Match): boolean =>
  !isHyphenated(tokens, match.to) && !hasSequel(tokens, match.to) && !hasQualifier(tokens, match)

/** Whether a hyphen joins the phrase to a next word: 'us-east-1-bos', 'London-based'. */
const isHyphenated = (tokens: readonly Token[], to: number): boolean =>
  tokens[to]?.text === '-' && isAdjacent(tokens[to - 1], tokens[to]) && isAdjacent(tokens[to], tokens[to + 1])

/** Whether the name is the first part of another: 'East US 9', 'Central US EUAP'. A time may follow: 'East US 9:30'. */
function hasSequel(tokens: readonly Token[], to: number): boolean {
  const next = tokens[to]?.text ?? ''
  if (sequels.has(next)) return true
  return /^\d$/.test(next) && /\p{L}$/u.test(tokens[to - 1]?.text ?? '') && tokens[to + 1]?.text !== ':'
}

/** Whether the name is the last part of another: 'North-East US'. */
function hasQualifier(tokens: readonly Token[], { free, from }: Match): boolean {
  const hyphened = tokens[from - 1]?.text === '-' && isAdjacent(tokens[from - 1], tokens[from])
  const before = hyphened ? from - 2 : from - 1
  return before >= free && qualifiers.has(tokens[before]?.text ?? '')
}

/** The letter of 'europe-west1-b', the digit of 'us-south-1', with nothing joined to it. */
const isZone = (pattern: RegExp | null, tokens: readonly Token[], to: number): boolean =>
  pattern?.test(tokens[to + 1]?.text ?? '') === true && !isHyphenated(tokens, to + 2)

/** 'us-east' is a code, 'us - east' is not. */
const isContiguous = (words: readonly Token[]): boolean =>
  words.every((word, at) => at === 0 || isAdjacent(words[at - 1], word))

const isBracketed = (tokens: readonly Token[], { from, to }: Match): boolean =>
  /^[([【「]$/.test(tokens[from - 1]?.text ?? '') && /^[)\]】」]$/.test(tokens[to]?.text ?? '')

const isCapital = (word: Token): boolean => /^\p{Lu}/u.test(word.raw)
const isLowerCase = (word: Token): boolean => /^\p{Ll}/u.test(word.raw)
const isUpperCase = (word: Token): boolean => word.raw === word.raw.toUpperCase()
