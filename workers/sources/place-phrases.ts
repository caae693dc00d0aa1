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
  digitZones: boolean
}

/** All phrases of one provider's regions. */
export function phrasesOf(regions: readonly Region[]): Map<string, Phrase> {
  const phrases = new Map<string, Phrase>(globalPhrases)
  // Codes that end in a digit have zones in letters; a provider of which no code does numbers its zones (us-south-1).
  const digitZones = !regions.some(region => /\d$/.test(region.code))
  const add = (text: string, kind: 'code' | 'name' | 'place', region: RegionId): void => {
    const key = fold(text).trim()
    const known = phrases.get(key)
    if (key === '' || (known !== undefined && trust[known.kind] > trust[kind])) return
    const shared = known !== undefined && trust[known.kind] === trust[kind] && known.region !== region
    phrases.set(key, { kind, region: shared ? null : region, digitZones })
  }
  for (const region of regions) {
    add(region.code, isWordLike(region.code) ? 'place' : 'code', region.id)
    for (const zone of gluedZones(region.code)) add(zone, 'code', region.id)
    add(region.name, isDistinctName(region) ? 'name' : 'place', region.id)
    for (const place of [...region.aliases, region.city]) {
      if (!isDirection(place)) add(place, fold(place) === fold(region.code) ? 'code' : 'place', region.id)
    }
  }
  return phrases
}

const trust: Readonly<Record<Phrase['kind'], number>> = { place: 0, name: 1, code: 2, 'global-word': 3, global: 3 }

const globalPhrases: [string, Phrase][] = [
  ...[
    'public non-regional',
    'non-regional',
    'all regions',
    'all azure regions',
    'all aws regions',
    'globally',
    'worldwide',
  ].map((text): [string, Phrase] => [text, { kind: 'global', region: null, digitZones: false }]),
  ['global', { kind: 'global-word', region: null, digitZones: false }],
]

/** Short codes of letters alone, such as `sea`, `man` and `del`, are words or airports as well. */
const isWordLike = (code: string): boolean => /^[a-z]{1,4}$/.test(code)

/** 'West Europe' (`westeurope`), 'US East (Ohio)' and 'New York 3' mean a region; 'Oregon' is also a state. */
const isDistinctName = ({ name, code }: Region): boolean =>
  /[\d(,]/.test(name) || fold(name).replace(/[^a-z\d]/g, '') === code.replaceAll('-', '')

/** 'us-east-1a' names a zone of `us-east-1`. */
const gluedZones = (code: string): string[] => (/-\d$/.test(code) ? [...'abcdefgh'].map(zone => code + zone) : [])

/** 'Central' and 'US-East' are parts of several names. */
const isDirection = (place: string): boolean =>
  /^(?:(?:us|eu|uk|asia|europe|america|north|south|east|west|central|northeast|northwest|southeast|southwest)[\s-]*)+$/.test(
    fold(place),
  )
