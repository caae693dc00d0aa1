import { nearest } from '../../shared/domain/nearest.ts'
import { ascending, firstOf } from '../../shared/domain/order.ts'
import { providerOf } from '../../shared/domain/primitives.ts'
import { foldName, withoutBrand } from '../../shared/services/service-names.ts'
import { type Candidate, mostUsedFirst } from './candidates.ts'
import { airportsOfCities, wordsOfServices } from './everyday-words.ts'

/** Candidates with the words that find them, made once. */
export type PickerIndex = readonly Entry[]

/** `names` are its own, folded; `around` also has its cloud, place and category. */
type Entry = { candidate: Candidate; names: readonly string[]; around: readonly string[] }

/** `meant`: nothing is called as the text, and this is what was searched in its place. */
export type PickerResult = { found: Candidate[]; meant: string | null }

/** @param naming the names of clouds and countries in the reader's language */
export function pickerIndex(
  candidates: readonly Candidate[],
  naming: { provider: (id: string) => string; country: (code: string) => string },
): PickerIndex {
  return candidates.map(candidate => {
    const names = [...new Set(namesOf(candidate).map(foldName))].filter(name => name !== '')
    const more = moreOf(candidate, naming).flatMap(text => foldName(text).split(' '))
    return { candidate, names, around: [...names.flatMap(name => name.split(' ')), ...more] }
  })
}

const MAX_QUERY_CHARACTERS = 80

/**
 * What a text may mean. A whole name comes first, which may be an abbreviation, an airport or an everyday word, then
 * the beginning of a name, then words of it, then words of its cloud and place; of equal ones the most used. 'lambda
 * frankfurt' is a service in a region. Pure.
 */
export function searchPicker(index: PickerIndex, text: string, most: number): PickerResult {
  const wanted = foldName(text.slice(0, MAX_QUERY_CHARACTERS))
  if (wanted === '') return { found: [], meant: null }
  const found = searchAll(index, wanted)
  if (found.length > 0) return { found: found.slice(0, most), meant: null }
  const meant = nearest(
    wanted,
    index.flatMap(({ names }) => names),
  )
  return { found: meant === null ? [] : searchAll(index, meant).slice(0, most), meant }
}

function searchAll(index: PickerIndex, wanted: string): Candidate[] {
  const words = wanted.split(' ')
  const ranked = index
    .map(entry => ({ candidate: entry.candidate, rank: rankOf(entry, wanted, words) }))
    .filter(one => one.rank < Rank.none)
    .sort(firstOf(ascending('rank'), (a, b) => mostUsedFirst(a.candidate, b.candidate)))
  const isNamed = ranked.some(one => one.rank < Rank.around)
  const placed = isNamed ? [] : placedServices(index, words)
  const rest = ranked.map(one => one.candidate).filter(one => !placed.some(({ key }) => key === one.key))
  return [...placed, ...rest]
}

const Rank = { whole: 0, beginning: 1, words: 2, around: 3, none: 4 } as const

function rankOf({ names, around }: Entry, wanted: string, words: readonly string[]): number {
  if (names.includes(wanted)) return Rank.whole
  if (names.some(name => name.startsWith(wanted))) return Rank.beginning
  if (names.some(name => beginsWords(name.split(' '), words))) return Rank.words
  return beginsWords(around, words) ? Rank.around : Rank.none
}

const beginsWords = (all: readonly string[], words: readonly string[]): boolean =>
  words.every(word => all.some(one => one.startsWith(word)))

/** 'lambda frankfurt', 'frankfurt lambda' → services, each with the regions of its cloud that are named beside it. */
function placedServices(index: PickerIndex, words: readonly string[]): Candidate[] {
  for (let cut = words.length - 1; cut > 0; cut--) {
    const [first, second] = [words.slice(0, cut), words.slice(cut)]
    for (const [service, place] of [
      [first, second],
      [second, first],
    ] as const) {
      const regions = named(index, place).flatMap(one => (one.kind === 'region' ? one : []))
      if (regions.length === 0) continue
      const placed = named(index, service).flatMap(one => {
        if (one.kind !== 'service' || one.service.scope === 'global') return []
        const places = regions.filter(({ region }) => region.provider === providerOf(one.key)).map(({ key }) => key)
        return places.length === 0 ? [] : [{ ...one, places }]
      })
      if (placed.length > 0) return placed
    }
  }
  return []
}

/** Those that are called exactly so; where none is, those whose name begins so. */
function named(index: PickerIndex, words: readonly string[]): Candidate[] {
  const wanted = words.join(' ')
  const ofRank = (rank: number) => index.filter(entry => rankOf(entry, wanted, words) === rank)
  const found = ofRank(Rank.whole)
  return (found.length > 0 ? found : ofRank(Rank.beginning)).map(({ candidate }) => candidate)
}

function namesOf(candidate: Candidate): string[] {
  switch (candidate.kind) {
    case 'region': {
      const { code, name, city, aliases } = candidate.region
      return [code, name, city, ...aliases, ...(airportsOfCities.get(city) ?? [])]
    }
    case 'service': {
      const { id, name, aliases } = candidate.service
      const provider = providerOf(id)
      const said = [name, ...aliases, id.slice(provider.length + 1)]
      return [
        ...said,
        ...said.flatMap(one => withoutBrand(provider, foldName(one))),
        ...(wordsOfServices.get(id) ?? []),
      ]
    }
    case 'own':
      return [candidate.name, candidate.key.slice(candidate.key.indexOf('/') + 1)]
    case 'vendor': {
      const { id, name, aliases, domains } = candidate.vendor
      return [id, name, ...aliases, ...domains]
    }
  }
}

function moreOf(candidate: Candidate, naming: Parameters<typeof pickerIndex>[1]): string[] {
  switch (candidate.kind) {
    case 'region': {
      const { provider, country, continent } = candidate.region
      return [provider, naming.provider(provider), naming.country(country), country, continent]
    }
    case 'service': {
      const provider = providerOf(candidate.key)
      return [provider, naming.provider(provider), candidate.service.category]
    }
    case 'own':
      return [candidate.use.kind]
    case 'vendor':
      return [candidate.vendor.category]
  }
}
