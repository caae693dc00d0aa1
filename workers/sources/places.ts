import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { counts } from './place-counts.ts'
import { isLabel, isSpared, listsOf, type Match } from './place-list.ts'
import { type Phrase, phrasesOf } from './place-phrases.ts'
import { addPhrase, emptyTrie, longestAt, type Token, tokensIn, type Words, type WordTrie } from './word-trie.ts'

/** What a text says about places. `global` is said in so many words; no regions and not global is 'unspecified'. */
export type Places = { regions: RegionId[]; global: boolean }

/** Finds the regions that a text names, among those of one provider. Built once from the catalogue. */
export type PlaceMatcher = (provider: string, words: Words) => Places

/**
 * A matcher for these regions. It prefers silence to a wrong region: the longest phrase wins ('East US 2' is not
 * 'East US'), phrases end where words end, and what could be another region or a mere place counts for nothing.
 * Time grows with the text's length alone; only its first 20,000 characters are read.
 */
export function placeMatcher(regions: Iterable<Region>): PlaceMatcher {
  const byProvider = new Map<string, Region[]>()
  for (const region of regions) byProvider.set(region.provider, [...(byProvider.get(region.provider) ?? []), region])
  const tries = new Map<string, WordTrie<Phrase>>()
  for (const [provider, own] of byProvider) tries.set(provider, trieOf(own))
  const globalOnly = trieOf([])
  return (provider, words) => findPlaces(tries.get(provider) ?? globalOnly, tokensIn(words, MAX_CHARS))
}

/** What several texts say together. */
export const mergePlaces = (places: readonly Places[]): Places => ({
  regions: [...new Set(places.flatMap(place => place.regions))].sort(),
  global: places.some(place => place.global),
})

/** A named region says more than the word global beside it. */
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
