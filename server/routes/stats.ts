import { isActive } from '../../shared/domain/incident.ts'
import { severity } from '../../shared/domain/status.ts'
import type { View } from '../../shared/domain/view.ts'
import type { Catalogue } from '../../shared/regions/catalogue.ts'

/** The headline figures, counted from the catalogue and the state. */
export function stats(catalogue: Catalogue, view: View) {
  const regions = [...catalogue.regions.values()]
  const open = regions.filter(region => region.state !== 'announced')
  const statuses = open.flatMap(region => view.statuses.get(region.id) ?? [])
  const sources = [...view.sources.values()]
  return {
    regionsOpen: open.length,
    regionsAnnounced: regions.length - open.length,
    zones: open.reduce((sum, region) => sum + (region.zones ?? 0), 0),
    countries: new Set(open.map(region => region.country)).size,
    providers: catalogue.providers.size,
    incidentsNow: [...view.incidents.values()].filter(isActive).length,
    regionsAffected: statuses.filter(status => severity[status.status] > 0).length,
    regionsLive: statuses.filter(status => status.freshness === 'live').length,
    articles: view.articles.size,
    sources: sources.length,
    sourcesFailing: sources.filter(source => source.failures > 0).length,
  }
}
