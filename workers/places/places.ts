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
import {
  isLabel,
  isSpared,
  listsOf,
  type Match,
  properties,
  qualifiers,
  reach,
  sequels,
  troubles,
} from './place-list.ts'
import { type Phrase, phrasesOf } from './place-phrases.ts'

/** The places that a text names. `global` only where the text says so; neither regions nor global is 'unspecified'. */
export type Places = { regions: RegionId[]; global: boolean }

/** Finds the regions of one provider that a text names. Built once from the catalogue. */
export type PlaceMatcher = (provider: string, words: Words) => Places

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
  return (provider, words) => findPlaces(tries.get(provider) ?? globalOnly, tokensIn(words, MAX_CHARS))
}

/** The places of several texts together. */
export const mergePlaces = (places: readonly Places[]): Places => ({
  regions: [...new Set(places.flatMap(place => place.regions))].sort(),
  global: places.some(place => place.global),
})

/** A named region is more precise than the word 'global' beside it. */
export const scopeOf = ({ regions, global }: Places): 'regional' | 'global' | 'unspecified' =>
  regions.length > 0 ? 'regional' : global ? 'global' : 'unspecified'

const MAX_CHARS = 20_000

function trieOf(regions: readonly Region[]): WordTrie<Phrase> {
  const trie = emptyTrie<Phrase>()
  for (const [text, phrase] of phrasesOf(regions)) addPhrase(trie, text, phrase)
  return trie
}

function findPlaces(trie: WordTrie<Phrase>, tokens: readonly Token[]): Places {
  const found: Places[] = []
  const isFound = ({ phrase: { region } }: Match) =>
    region !== null && found.some(({ regions }) => regions[0] === region)
  for (const list of listsOf(matchesIn(trie, tokens), tokens)) {
    if (list.matches.every(isFound) || isSpared(tokens, list)) continue
    const labelled = isLabel(tokens, list)
    for (const match of list.matches) if (counts(tokens, match, labelled)) found.push(placeOf(match.phrase))
  }
  return mergePlaces(found)
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

const placeOf = ({ kind, region }: Phrase): Places => ({
  regions: region === null ? [] : [region],
  global: kind === 'everywhere' || kind === 'globally' || kind === 'global',
})

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
