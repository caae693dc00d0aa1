import type { Region } from '../../shared/domain/region.ts'
import { type Catalogue, providerName } from './catalogue.ts'
import { groupBy } from './group.ts'

/** Geographies against providers: what stands side by side can be compared. */
export type Matrix = {
  /** The largest first; `count` is of the regions that are open. */
  providers: { id: string; name: string; count: number }[]
  /** One list of regions a provider, in the order of `providers`. */
  rows: { geography: string; cells: Region[][] }[]
}

const order = ['Europe', 'North America', 'South America', 'Asia', 'Oceania', 'Africa']

/** It depends on the catalogue alone, so that a region keeps its place whatever happens to it. */
export function matrix(catalogue: Catalogue): Matrix {
  const regions = [...catalogue.regions.values()].sort((a, b) => a.code.localeCompare(b.code))
  const providers = [...groupBy(regions, region => region.provider)]
    .map(([id, its]) => ({
      id,
      name: providerName(catalogue, id),
      count: its.filter(region => region.state !== 'announced').length,
    }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
  const rows = [...groupBy(regions, region => region.continent)]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([geography, its]) => ({
      geography,
      cells: providers.map(({ id }) => its.filter(region => region.provider === id)),
    }))
  return { providers, rows }
}

const rank = (continent: string): number => {
  const place = order.indexOf(continent)
  return place < 0 ? order.length : place
}
