import type { Article } from './article.ts'
import { type Incident, regionsEverIn, servicesEverIn } from './incident.ts'
import { type RecordId, type RegionId, sourceOf } from './primitives.ts'
import { isEverything } from './region-report.ts'
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
  /** It names no service, or says 'all' or 'multiple services'. */
  isAboutAll: boolean
  isArticle: boolean
}

/** What a record is about: one matter, or of an article one for each of its providers. */
export const mattersOf = (record: Incident | Article): Matter[] =>
  'publishedAt' in record ? mattersOfArticle(record) : [matterOfIncident(record)]

export function matterOfIncident(incident: Incident): Matter {
  const { id, provider, scope, services, zones = [] } = incident
  const [regions, serviceIds] = [regionsEverIn(incident), servicesEverIn(incident)]
  const isAboutAll = isOfAll(services, serviceIds)
  return { source: sourceOf(id), provider, scope, regions, services, serviceIds, zones, isAboutAll, isArticle: false }
}

export function mattersOfArticle(article: Article): Matter[] {
  const of = (provider: string) => (id: RecordId) => id.startsWith(`${provider}/`)
  const services = article.services ?? []
  return article.providers.map(provider => {
    const regions = article.regions.filter(of(provider))
    const serviceIds = (article.serviceIds ?? []).filter(of(provider))
    return {
      source: sourceOf(article.id),
      provider,
      // words on a service that name no place are about it everywhere
      scope: regions.length > 0 ? 'regional' : serviceIds.length > 0 ? 'global' : 'unspecified',
      regions,
      services,
      serviceIds,
      zones: [],
      isAboutAll: isOfAll(services, serviceIds),
      isArticle: true,
    }
  })
}

const isOfAll = (services: readonly string[], serviceIds: readonly ServiceId[]): boolean =>
  services.length + serviceIds.length === 0 || services.some(isEverything)
