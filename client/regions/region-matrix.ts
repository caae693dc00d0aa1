import { groupBy } from '../../shared/domain/order.ts'
import { providerOf, type RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { type Catalogue, providerName } from '../live/catalogue.ts'

export type RegionMatrix = {
  /** `count`: open regions. */
  providers: { id: string; name: string; count: number }[]
  /** One list of regions a provider, in the order of `providers`. */
  rows: { geography: string; cells: Region[][] }[]
}

const geographies = ['Europe', 'North America', 'South America', 'Asia', 'Oceania', 'Africa']

/** So many regions fit on a desktop screen at once. */
const MAX_REGIONS_PER_PAGE = 165

/**
 * The providers of each page of the matrix: those of the reader's own regions first, then the largest. The result depends
 * on the catalogue and on that choice alone, so a region keeps its place whatever its state.
 */
export function matrixPages(catalogue: Catalogue, mine: Iterable<RegionId>): string[][] {
  const own = new Set([...mine].map(providerOf))
  const providers = [...groupBy(catalogue.regions.values(), region => region.provider)]
    .map(([id, regions]) => ({ id, count: regions.length, own: own.has(id) }))
    .sort((a, b) => Number(b.own) - Number(a.own) || b.count - a.count || a.id.localeCompare(b.id))
  const pages: string[][] = []
  let left = 0
  for (const { id, count } of providers) {
    const page = pages.at(-1)
    if (page && count <= left) {
      page.push(id)
      left -= count
    } else {
      pages.push([id])
      left = MAX_REGIONS_PER_PAGE - count
    }
  }
  return pages
}

/** The regions of these providers by geography, each list by code. */
export function regionMatrix(catalogue: Catalogue, ids: readonly string[]): RegionMatrix {
  const regions = [...catalogue.regions.values()]
    .filter(region => ids.includes(region.provider))
    .sort((a, b) => a.code.localeCompare(b.code))
  const providers = ids.map(id => ({
    id,
    name: providerName(catalogue, id),
    count: regions.filter(region => region.provider === id && region.state !== 'announced').length,
  }))
  const rows = [...groupBy(regions, region => region.continent)]
    .sort(([a], [b]) => geographyRank(a) - geographyRank(b) || a.localeCompare(b))
    .map(([geography, its]) => ({ geography, cells: ids.map(id => its.filter(region => region.provider === id)) }))
  return { providers, rows }
}

const geographyRank = (continent: string): number => {
  const index = geographies.indexOf(continent)
  return index < 0 ? geographies.length : index
}
