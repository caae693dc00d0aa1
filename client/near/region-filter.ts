import type { RegionId } from '../../shared/domain/primitives.ts'
import { type GridCarbon, type Region, type RegionStatus, wholePercent } from '../../shared/domain/region.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { pageFacts } from '../regions/region-facts.ts'
import { gridFacts, type SourcedFacts } from '../regions/sourced-facts.ts'
import type { When } from '../ui/time.ts'

/** One fact of several regions, in their order; null where the catalogue has none. */
export type ComparedFact = { label: string; values: (string | null)[] }

/** Facts side by side, in the order of a region's page. Facts that no region has are left out. */
export function compareFacts(
  regions: readonly Region[],
  catalogue: Catalogue,
  when: When,
  sourced: SourcedFacts = new Map(),
): ComparedFact[] {
  const { facts } = when.words.regions
  const order = [...Object.values(facts), when.words.places.coordinates]
  const known = regions.map(
    region =>
      new Map(
        [...pageFacts(region, catalogue, when), ...gridFacts(sourced.get(region.id), when.words)].map(fact => [
          fact.label,
          fact.value,
        ]),
      ),
  )
  return order
    .map(label => ({ label, values: known.map(its => its.get(label) ?? null) }))
    .filter(({ values }) => values.some(value => value !== null))
}

/** What a region must have; an empty text, 0 or false does not filter. */
export type RegionFilter = {
  provider: string
  continent: string
  country: string
  residency: string
  zones: number
  /** Least share of carbon-free energy as the provider publishes it, percent. */
  carbonFree: number
  /** Highest carbon intensity of the grid, gCO2e per kWh. */
  intensity: number
  /** Operational now, by a fresh source. */
  operational: boolean
}

type Query = Pick<URLSearchParams, 'get'>

/** The query of an address → a filter. Invalid values are ignored. */
export const parseFilter = (query: Query): RegionFilter => ({
  provider: query.get('provider') ?? '',
  continent: query.get('continent') ?? '',
  country: query.get('country') ?? '',
  residency: query.get('residency') ?? '',
  zones: parseNumber(query.get('zones'), 12),
  carbonFree: parseNumber(query.get('carbon'), 100),
  intensity: parseNumber(query.get('grid'), 999),
  operational: query.get('operational') === '1',
})

/** Whether a region passes the filter. Facts missing in the catalogue do not pass. */
export function passesFilter(
  region: Region,
  status: RegionStatus | undefined,
  filter: RegionFilter,
  grid: GridCarbon | null = null,
): boolean {
  return (
    region.state !== 'announced' &&
    (filter.provider === '' || region.provider === filter.provider) &&
    (filter.continent === '' || region.continent === filter.continent) &&
    (filter.country === '' || region.country === filter.country) &&
    (filter.residency === '' || region.residency === filter.residency) &&
    (region.zones ?? 0) >= filter.zones &&
    wholePercent(region.carbonFree ?? 0) >= filter.carbonFree &&
    (filter.intensity === 0 || (grid !== null && Math.round(grid.intensity) <= filter.intensity)) &&
    (!filter.operational || (status?.status === 'operational' && status.freshness === 'live'))
  )
}

export const MAX_COMPARED = 4

export const parseCompared = (query: Query, known: ReadonlyMap<RegionId, Region>): Region[] =>
  [...new Set((query.get('compare') ?? '').split(','))].flatMap(id => known.get(id) ?? []).slice(0, MAX_COMPARED)

function parseNumber(text: string | null, max: number): number {
  const number = /^\d{1,3}$/.test(text ?? '') ? Number(text) : 0
  return number <= max ? number : 0
}
