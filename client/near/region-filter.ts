import type { RegionId } from '../../shared/domain/primitives.ts'
import type { Region, RegionStatus } from '../../shared/domain/region.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { pageFacts } from '../regions/region-facts.ts'
import type { When } from '../ui/time.ts'

/** One fact of several regions, in their order; null where the catalogue does not say. */
export type ComparedFact = { label: string; values: (string | null)[] }

/** Facts side by side, in the order in which a region's page has them; what none of them has is left out. */
export function compareFacts(regions: readonly Region[], catalogue: Catalogue, when: When): ComparedFact[] {
  const { facts } = when.words.regions
  const order = [...Object.values(facts), when.words.places.coordinates]
  const known = regions.map(
    region => new Map(pageFacts(region, catalogue, when).map(({ label, value }) => [label, value])),
  )
  return order
    .map(label => ({ label, values: known.map(its => its.get(label) ?? null) }))
    .filter(({ values }) => values.some(value => value !== null))
}

/** What a region must have; an empty text, 0 or false asks for nothing. */
export type RegionFilter = {
  provider: string
  continent: string
  country: string
  residency: string
  /** At least so many availability zones. */
  zones: number
  /** At least so many hundredths of carbon-free energy. */
  carbonFree: number
  /** Operational now, by a fresh source. */
  operational: boolean
}

type Query = Pick<URLSearchParams, 'get'>

/** The filter that an address asks for; what it says wrongly asks for nothing. */
export const filterOf = (query: Query): RegionFilter => ({
  provider: query.get('provider') ?? '',
  continent: query.get('continent') ?? '',
  country: query.get('country') ?? '',
  residency: query.get('residency') ?? '',
  zones: numberIn(query.get('zones'), 12),
  carbonFree: numberIn(query.get('carbon'), 100),
  operational: query.get('operational') === '1',
})

/** Whether it has all that is asked for; what the catalogue does not know of it, it does not have. */
export function passes(region: Region, status: RegionStatus | undefined, filter: RegionFilter): boolean {
  return (
    region.state !== 'announced' &&
    (filter.provider === '' || region.provider === filter.provider) &&
    (filter.continent === '' || region.continent === filter.continent) &&
    (filter.country === '' || region.country === filter.country) &&
    (filter.residency === '' || region.residency === filter.residency) &&
    (region.zones ?? 0) >= filter.zones &&
    (region.carbonFree ?? 0) * 100 >= filter.carbonFree &&
    (!filter.operational || (status?.status === 'operational' && status.freshness === 'live'))
  )
}

/** Regions that stand side by side, at most. */
export const MOST_COMPARED = 4

/** The regions that an address compares: those that are known, each once. */
export const comparedIn = (query: Query, known: ReadonlyMap<RegionId, Region>): Region[] =>
  [...new Set((query.get('compare') ?? '').split(','))].flatMap(id => known.get(id) ?? []).slice(0, MOST_COMPARED)

function numberIn(text: string | null, most: number): number {
  const number = /^\d{1,3}$/.test(text ?? '') ? Number(text) : 0
  return number <= most ? number : 0
}
