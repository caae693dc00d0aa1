import type { Region } from '../../shared/domain/region.ts'
import { type Catalogue, providerName } from './catalogue.ts'
import { groupBy } from './group.ts'

/** The regions of a provider, by geography. */
export type ProviderBlock = { id: string; name: string; count: number; geographies: Geography[] }
export type Geography = { name: string; regions: Region[] }

const order = ['Europe', 'North America', 'South America', 'Asia', 'Oceania', 'Africa']

/**
 * The catalogue → one block a provider, the largest first, each by continent and then by code.
 * It depends on the catalogue alone, so that a region keeps its place whatever happens to it.
 */
export function matrix(catalogue: Catalogue): ProviderBlock[] {
  const byProvider = groupBy(catalogue.regions.values(), region => region.provider)
  return [...byProvider]
    .map(([id, regions]) => ({
      id,
      name: providerName(catalogue, id),
      count: regions.filter(region => region.state !== 'announced').length,
      geographies: geographies(regions),
    }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
}

function geographies(regions: Region[]): Geography[] {
  return [...groupBy(regions, region => region.continent)]
    .map(([name, members]) => ({ name, regions: members.sort((a, b) => a.code.localeCompare(b.code)) }))
    .sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name))
}

const rank = (continent: string): number => {
  const place = order.indexOf(continent)
  return place < 0 ? order.length : place
}
