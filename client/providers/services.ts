import type { Incident } from '../../shared/domain/incident.ts'
import { isSilent, isStatusSource, type Source } from '../../shared/domain/source.ts'
import { type Component, type Status, severity } from '../../shared/domain/status.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { providerStatus } from '../regions/provider-status.ts'

export type Service = { id: string; name: string; statusPage: string; status: Status }

export type ServiceInput = {
  catalogue: Catalogue
  incidents: Iterable<Incident>
  components: Iterable<Component>
  sources: Iterable<Source>
}

/**
 * Providers without regions, such as GitHub, each with its state: the worst first, then by name. A provider without a
 * status source is left out.
 */
export function services(input: ServiceInput, now: number, isStale: boolean): Service[] {
  const placed = new Set([...input.catalogue.regions.values()].map(region => region.provider))
  const incidents = [...input.incidents]
  const components = [...input.components]
  const sources = [...input.sources].filter(isStatusSource)
  return [...input.catalogue.providers.values()]
    .filter(provider => !placed.has(provider.id))
    .flatMap(provider => {
      const cover = sources.filter(source => source.provider === provider.id)
      if (cover.length === 0) return []
      const isFresh = !isStale && !cover.some(source => isSilent(source, now))
      const status = isFresh ? providerStatus(provider.id, incidents, components) : 'unknown'
      return [{ id: provider.id, name: provider.name, statusPage: provider.statusPage, status }]
    })
    .sort((a, b) => Math.abs(severity[b.status]) - Math.abs(severity[a.status]) || a.name.localeCompare(b.name))
}
