import { providerOf, type RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Vendor } from '../../shared/domain/vendor.ts'
import { type Catalogue, placeName, providerName, regionName } from '../live/catalogue.ts'
import { shortName } from '../live/stack-facts.ts'
import { ownedName } from '../stacks/reason-text.ts'
import type { Words } from '../words/en/page.ts'
import type { PickerWords } from '../words/picker-words.ts'
import type { Candidate } from './candidates.ts'

export type CandidateNaming = { catalogue: Catalogue; words: Words; picker: PickerWords }

/**
 * What stands beside a tick: a name, and what tells it from others.
 * @param isMixed whether things of several clouds and vendors stand beside it
 */
export function candidateText(
  candidate: Candidate,
  isMixed: boolean,
  { catalogue, words, picker }: CandidateNaming,
): { name: string; note: string } {
  switch (candidate.kind) {
    case 'region': {
      const { region } = candidate
      const name = isMixed ? placeName(catalogue, region.id) : regionName(region)
      return { name, note: words.lists.plain(placesOf(region, words)) }
    }
    case 'service': {
      const { service, places } = candidate
      const short = shortName(service)
      const name = isMixed ? ownedName(providerName(catalogue, providerOf(service.id)), short) : short
      const named = places.map(id => regionOrId(id, catalogue))
      const placed = places.length === 0 ? name : words.reasons.inPlace(name, words.lists.sentence(named))
      const notes = [
        ...(service.name.endsWith(short) ? [] : [service.name]),
        ...(service.scope === 'global' ? [picker.everywhere] : []),
      ]
      return { name: placed, note: words.lists.plain(notes) }
    }
    case 'own':
      return { name: candidate.name, note: isMixed ? picker.ownOf[candidate.use.kind] : '' }
    case 'vendor': {
      const { name, hasSource, category } = candidate.vendor
      const notes = [...(isMixed ? [picker.vendorsOf[category]] : []), ...(hasSource ? [] : [picker.noSource])]
      return { name, note: words.lists.plain(notes) }
    }
  }
}

const regionOrId = (id: RegionId, { regions }: Catalogue): string => {
  const region = regions.get(id)
  return region === undefined ? id : regionName(region)
}

const placesOf = ({ city, country, state }: Region, words: Words): string[] => [
  ...new Set([city, words.regions.country(country), ...(state === 'announced' ? [words.figures.announced] : [])]),
]

/** The names of all regions, of clouds and of vendors, watched here or not. A watched vendor is not named as its source. */
export function pickerCatalogue(
  { providers }: Pick<Catalogue, 'providers'>,
  regions: Catalogue['regions'],
  vendors: readonly Vendor[],
): Catalogue {
  const all = new Map(providers)
  const clouds = new Set([...regions.values()].map(({ provider }) => provider))
  for (const { id, name, home } of vendors)
    if (!clouds.has(id)) all.set(id, { id, name, home, statusPage: home, figures: [] })
  return { providers: all, regions }
}
