import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { fold } from './word-trie.ts'

/**
 * A phrase that may name a region, and how far it can be trusted:
 * - `code` and `name` are the provider's own and count wherever they stand;
 * - `place` is a city or country that people mention for other reasons: it counts only where it is used as a label;
 * - `global` says that all regions are meant; `global-word` may also be part of a product's name.
 * Without a region, several share the phrase: it then names none, nor do the shorter phrases in it.
 */
export type Phrase = {
  kind: 'code' | 'name' | 'place' | 'global' | 'global-word'
  region: RegionId | null
  /** What may follow a code after a hyphen, so that the whole names a zone of the region. */
  zone: RegExp | null
}

/** All phrases of one provider's regions. */
export function phrasesOf(regions: readonly Region[]): Map<string, Phrase> {
  const phrases = new Map<string, Phrase>(globalPhrases)
  const zone = zonesOf(regions)
  const add = (text: string, kind: 'code' | 'name' | 'place', { id, code }: Region): void => {
    const key = fold(text).trim()
    const known = phrases.get(key)
    if (key === '' || (known !== undefined && trust[known.kind] > trust[kind])) return
    const shared = known !== undefined && trust[known.kind] === trust[kind] && known.region !== id
    phrases.set(key, { kind, region: shared ? null : id, zone: kind === 'code' ? zone(code) : null })
  }
  for (const region of regions) {
    add(region.code, isWordLike(region.code) ? 'place' : 'code', region)
    for (const gluedZone of gluedZones(region.code)) add(gluedZone, 'code', region)
    for (const name of [region.name, ...region.aliases, region.city]) {
      if (isDistinct(name, region.code)) add(name, 'name', region)
      else if (!isDirection(name)) add(name, 'place', region)
    }
  }
  return phrases
}

const trust: Readonly<Record<Phrase['kind'], number>> = { place: 0, name: 1, code: 2, 'global-word': 3, global: 3 }

const globalPhrases: [string, Phrase][] = [
  ...['public non-regional', 'non-regional', 'all regions', 'globally', 'worldwide'].map((text): [string, Phrase] => [
    text,
    { kind: 'global', region: null, zone: null },
  ]),
  ['global', { kind: 'global-word', region: null, zone: null }],
]

/** Codes that end in a digit have zones in letters (europe-west1-b); a provider of which no code does numbers them (us-south-1). */
function zonesOf(regions: readonly Region[]): (code: string) => RegExp | null {
  const numbered = regions.some(region => /\d$/.test(region.code)) ? null : /^[1-9]$/
  return code => (/\d$/.test(code) ? /^[a-h]$/ : numbered)
}

/** 'us-east-1a' names a zone of `us-east-1`. */
const gluedZones = (code: string): string[] => (/-\d$/.test(code) ? [...'abcdefgh'].map(zone => code + zone) : [])

/** Short codes of letters alone, such as `sea`, `man` and `del`, are words or airports as well. */
const isWordLike = (code: string): boolean => /^[a-z]{1,4}$/.test(code)

/** 'West Europe' (`westeurope`), 'US East (Ohio)' and 'New York 3' mean a region; 'Oregon' is also a state. */
const isDistinct = (name: string, code: string): boolean =>
  /[\d(,]/.test(name) || (!isWordLike(code) && fold(name).replace(/[^a-z\d]/g, '') === code.replaceAll('-', ''))

/** 'Central' and 'US-East' are parts of several names. */
const isDirection = (place: string): boolean =>
  fold(place)
    .split(/[\s-]+/)
    .every(word => directions.has(word))

const directions = new Set(
  'us eu uk asia europe america north south east west central northeast northwest southeast southwest'.split(' '),
)
