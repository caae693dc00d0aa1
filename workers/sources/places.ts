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
  const regions = new Set<RegionId>()
  let global = false
  for (let i = 0; i < tokens.length; ) {
    const found = longestAt(trie, tokens, i)
    if (found === null) {
      i++
      continue
    }
    if (
      counts(found.value, {
        before: tokens.slice(Math.max(0, i - 2), i),
        last: tokens[found.to - 1],
        after: tokens.slice(found.to, found.to + 3),
      })
    ) {
      if (found.value.region === null) global ||= found.value.kind.startsWith('global')
      else regions.add(found.value.region)
    }
    i = found.to
  }
  return { regions: [...regions].sort(), global }
}

/** The neighbours of a phrase: two tokens before it, its own last one, three after it. */
type Surroundings = { before: Token[]; last: Token | undefined; after: Token[] }

function counts(phrase: Phrase, around: Surroundings): boolean {
  switch (phrase.kind) {
    case 'code':
      return !leadsOn(around) || isZone(phrase, around)
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
const leadsOn = ({ last, after: [hyphen, word] }: Surroundings): boolean =>
  hyphen?.text === '-' && word !== undefined && hyphen.start === last?.end && word.start === hyphen.end

/** The letter of 'europe-west1-b', the figure of 'us-south-1', and nothing tied on after it. */
const isZone = (phrase: Phrase, { last, after: [, zone, next] }: Surroundings): boolean =>
  (/\d$/.test(last?.text ?? '') ? /^[a-h]$/ : phrase.digitZones ? /^[1-9]$/ : /^$/).test(zone?.text ?? '') &&
  (next?.text !== '-' || next.start !== zone?.end)

/** A label stands between signs ('Ohio', '(Ohio)', 'Latency - Ohio') or before a word that makes it one ('Ohio region'). */
function isLabel({ before, after }: Surroundings): boolean {
  const left = before.at(-1)?.text ?? ''
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
