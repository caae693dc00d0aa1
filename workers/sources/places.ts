import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { type Phrase, phrasesOf } from './place-phrases.ts'
import { addPhrase, emptyTrie, fold, longestAt, type Token, tokensOf, type WordTrie } from './word-trie.ts'

/** What a text says about places. `global` is said in so many words; no regions and not global is 'unspecified'. */
export type Places = { regions: RegionId[]; global: boolean }

/** Finds the regions that a text names, among those of one provider. Built once from the catalogue. */
export type PlaceMatcher = (provider: string, text: string) => Places

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
  return (provider, text) => findPlaces(tries.get(provider) ?? globalOnly, fold(text.slice(0, MAX_CHARS)))
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

function findPlaces(trie: WordTrie<Phrase>, text: string): Places {
  const tokens = tokensOf(text)
  const found: Places[] = []
  for (let i = 0; i < tokens.length; ) {
    const match = longestAt(trie, tokens, i)
    if (match !== null && counts(match.value, neighboursOf(tokens, i, match.to))) {
      const { kind, region } = match.value
      found.push({ regions: region === null ? [] : [region], global: kind === 'global' || kind === 'global-word' })
    }
    i = match?.to ?? i + 1
  }
  return mergePlaces(found)
}

/** The token before a phrase, its own last one, three after it. */
type Neighbours = { before: Token | undefined; last: Token | undefined; after: Token[] }

const neighboursOf = (tokens: Token[], from: number, to: number): Neighbours => ({
  before: tokens[from - 1],
  last: tokens[to - 1],
  after: tokens.slice(to, to + 3),
})

function counts(phrase: Phrase, around: Neighbours): boolean {
  switch (phrase.kind) {
    case 'code':
      return !leadsOn(around) || isZone(phrase.zone, around)
    case 'name':
      return !leadsOn(around) && !/^(?:\d|euap)$/.test(around.after[0]?.text ?? '')
    case 'place':
      return !leadsOn(around) && isLabel(around)
    case 'global':
      return true
    case 'global-word':
      return !productWords.has(around.after[0]?.text ?? '')
  }
}

/** Whether a hyphen ties the phrase to a next word: 'us-east-1-bos', 'London-based'. */
const leadsOn = ({ last, after: [hyphen, word] }: Neighbours): boolean =>
  hyphen?.text === '-' && word !== undefined && hyphen.start === last?.end && word.start === hyphen.end

/** The letter of 'europe-west1-b', the figure of 'us-south-1', with nothing tied on after it. */
const isZone = (pattern: RegExp | null, { after: [, zone, next] }: Neighbours): boolean =>
  zone !== undefined && pattern?.test(zone.text) === true && (next?.text !== '-' || next.start !== zone.end)

/** A label stands between signs ('Ohio', '(Ohio)', 'Latency - Ohio') or before a word that makes it one ('Ohio region'). */
function isLabel({ before, after }: Neighbours): boolean {
  const left = before?.text ?? ''
  const right = after[0]?.text ?? ''
  if (/^(?:regions?|datacent(?:er|re)s?|zones?)$/.test(right)) return true
  if (/^(?:data|availability)$/.test(right) && /^(?:cent(?:er|re)s?|zones?)$/.test(after[1]?.text ?? '')) return true
  return /^[-([|:/]?$/.test(left) && /^[-)\](,|:/]?$/.test(right)
}

/** What makes 'Global …' a product or a property instead of a place. */
const productWords = new Set(
  'accelerator load secondary table tables network networking reach vnet infrastructure database endpoint endpoints distribution cache'.split(
    ' ',
  ),
)
