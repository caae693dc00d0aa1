import type { Article } from './article.ts'
import { type Incident, regionsEverIn, servicesEverIn } from './incident.ts'
import { type RecordId, type RegionId, sourceOf } from './primitives.ts'
import type { ServiceId } from './service.ts'

/** What an incident or an article is about. */
export type Matter = {
  source: string
  provider: string
  scope: Incident['scope']
  regions: readonly RegionId[]
  services: readonly string[]
  serviceIds: readonly ServiceId[]
  zones: readonly string[]
  isArticle: boolean
}

/** What a record is about: one matter, or of an article one for each of its providers. */
export const mattersOf = (record: Incident | Article): Matter[] =>
  'publishedAt' in record ? mattersOfArticle(record) : [matterOfIncident(record)]

export function matterOfIncident(incident: Incident): Matter {
  const { id, provider, scope, services, zones = [] } = incident
  const [regions, serviceIds] = [regionsEverIn(incident), servicesEverIn(incident)]
  return { source: sourceOf(id), provider, scope, regions, services, serviceIds, zones, isArticle: false }
}

export function mattersOfArticle(article: Article): Matter[] {
  const of = (provider: string) => (id: RecordId) => id.startsWith(`${provider}/`)
  return article.providers.map(provider => {
    const regions = article.regions.filter(of(provider))
    const serviceIds = (article.serviceIds ?? []).filter(of(provider))
    return {
      source: sourceOf(article.id),
      provider,
      // words on a service that name no place are about it everywhere
      scope: regions.length > 0 ? 'regional' : serviceIds.length > 0 ? 'global' : 'unspecified',
      regions,
      services: article.services ?? [],
      serviceIds,
      zones: [],
      isArticle: true,
    }
  })
}
