import type { Article } from '../../shared/domain/article.ts'
import type { ServiceId } from '../../shared/domain/service.ts'
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
  articles: reading.articles.map(article => ({ ...article, ...idsOf(servicesOf(article, match), MAX_OF_ARTICLE) })),
})

function resolveIncident(
  { serviceKeys, serviceIds = [], ...incident }: ReadIncident,
  match: ServiceMatcher,
): ReadIncident {
  const named = match.all(incident.provider, { names: incident.services, keys: serviceKeys })
  return { ...incident, ...idsOf([...named, ...serviceIds], MAX_OF_INCIDENT) }
}

/** A name in an article is of the provider that the words were found for: 'API Gateway' is none of Google's. */
const servicesOf = ({ providers, services = [] }: Article, match: ServiceMatcher): ServiceId[] =>
  providers.flatMap(provider => match.all(provider, { names: services.filter(name => isServiceOf(provider, name)) }))

const idsOf = (ids: readonly ServiceId[], max: number): { serviceIds?: ServiceId[] } =>
  ids.length === 0 ? {} : { serviceIds: [...new Set(ids)].slice(0, max) }
