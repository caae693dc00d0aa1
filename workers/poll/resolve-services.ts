import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../../shared/domain/article.ts'
import type { IncidentSummary } from '../../shared/domain/incident.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
import type { Naming } from '../../shared/redis/service-ids.ts'
import type { ServiceMatcher } from '../../shared/services/service-matcher.ts'
import type { ReadIncident, Reading } from '../formats/reader.ts'
import { isServiceOf } from '../places/vendors.ts'

/** More than any incident named so far; of more, the most used stay. */
const MAX_OF_INCIDENT = 200
const MAX_OF_ARTICLE = 60

/** A reading with the ids of the services that it names. The names stay; keys of feeds have done their work. Pure. */
export const resolveServices = (reading: Reading, match: ServiceMatcher): Reading => ({
  ...reading,
  incidents: reading.incidents.map(incident => resolveIncident(incident, match)),
  articles: reading.articles.map(article => resolveArticle(article, match)),
})

/** The same for what is stored, of which only names are left. What is known already stays. */
export const namingBy = (match: ServiceMatcher): Naming => ({
  incident: incident => withIds(incident, namedBy(incident, match), MAX_OF_INCIDENT),
  article: article => resolveArticle(article, match),
})

const resolveIncident = ({ serviceKeys, ...incident }: ReadIncident, match: ServiceMatcher): ReadIncident =>
  withIds(incident, namedBy(incident, match, serviceKeys), MAX_OF_INCIDENT)

const namedBy = (
  { provider, services, serviceIds = [] }: IncidentSummary,
  match: ServiceMatcher,
  keys?: readonly string[],
): ServiceId[] => [...match.all(provider, { names: services, keys }), ...serviceIds]

/** A name in an article is of the provider that the words were found for: 'API Gateway' is none of Google's. */
function resolveArticle(article: Article, match: ServiceMatcher): Article {
  const { providers, services = [], serviceIds = [] } = article
  const named = providers.flatMap(provider =>
    match.all(provider, { names: services.filter(name => isServiceOf(provider, name)) }),
  )
  return withIds(article, [...named, ...serviceIds], MAX_OF_ARTICLE)
}

/** The record with the first of these ids, each once; the same record where it has them. */
function withIds<T extends { serviceIds?: ServiceId[] | undefined }>(
  record: T,
  ids: readonly ServiceId[],
  max: number,
): T {
  const serviceIds = [...new Set(ids)].slice(0, max)
  return isDeepStrictEqual(serviceIds, record.serviceIds ?? []) ? record : { ...record, serviceIds }
}
