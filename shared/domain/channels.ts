import { z } from 'zod'
import type { Article } from './article.ts'
import { type Incident, regionsEverIn } from './incident.ts'
import { Country, fail, ok, type RecordId, type RegionId, type Result } from './primitives.ts'
import type { Probe } from './probe.ts'

/** A parsed channel. Its text is lower case; `channelPattern` is the grammar. */
export type ChannelParts =
  | { kind: 'all' | 'status' | 'news' | 'notices' | 'sources' }
  | { kind: 'provider'; provider: string }
  | { kind: 'region'; region: RegionId }
  | { kind: 'country'; country: string }
  | { kind: 'topic'; topic: string }
  | { kind: 'incident'; incident: RecordId }

const channelPattern =
  /^(?:(all|status|news|notices|sources)|(provider|topic)\/([a-z0-9-]{1,64})|region\/([a-z0-9-]{1,64}\/[a-z0-9-]{1,64})|country\/([a-z]{2})|incident\/([a-z0-9-]{1,64}\/[a-z0-9][a-z0-9._-]{0,119}))$/

export const Channel = z.string().max(200).regex(channelPattern)
export type Channel = z.infer<typeof Channel>

/** Text → parts, or one line with the channels that exist. */
export function parseChannel(channel: string): Result<ChannelParts> {
  const match = channelPattern.exec(channel)
  if (!match) {
    const shown = channel.slice(0, 80)
    return fail(
      `'${shown}' is not a channel: use all, status, news, notices, sources, provider/<id>, region/<provider>/<code>, country/<cc>, topic/<name> or incident/<id>`,
    )
  }
  const [, plain, named, name, region, country, incident] = match
  if (plain) return ok({ kind: plain as 'all' | 'status' | 'news' | 'notices' | 'sources' }) // exactly the pattern's first group
  if (named === 'provider' && name) return ok({ kind: 'provider', provider: name })
  if (named === 'topic' && name) return ok({ kind: 'topic', topic: name })
  if (region) return ok({ kind: 'region', region })
  if (country) return ok({ kind: 'country', country: country.toUpperCase() })
  return ok({ kind: 'incident', incident: incident ?? '' })
}

/** Parts → text; the inverse of `parseChannel`. */
export function formatChannel(parts: ChannelParts): Channel {
  switch (parts.kind) {
    case 'provider':
      return `provider/${parts.provider}`
    case 'region':
      return `region/${parts.region}`
    case 'country':
      return `country/${parts.country.toLowerCase()}`
    case 'topic':
      return `topic/${parts.topic}`
    case 'incident':
      return `incident/${parts.incident}`
    default:
      return parts.kind
  }
}

export type CountryOf = (region: RegionId) => string | undefined

const placeChannels = (
  regions: readonly RegionId[],
  countryOf: CountryOf,
  named: readonly string[] = [],
): Channel[] => {
  const countries = new Set(named.map(country => country.toLowerCase()))
  for (const region of regions) {
    const country = Country.safeParse(countryOf(region))
    if (country.success) countries.add(country.data.toLowerCase())
  }
  return [...regions.map(region => `region/${region}`), ...[...countries].map(country => `country/${country}`)]
}

/** The channels of an incident, those of regions that have left it among them. */
export const channelsOfIncident = (incident: Incident, countryOf: CountryOf): Channel[] => [
  'all',
  'status',
  `provider/${incident.provider}`,
  ...placeChannels(regionsEverIn(incident), countryOf),
  `incident/${incident.id}`,
]

export const channelsOfRegion = (region: RegionId, countryOf: CountryOf): Channel[] => [
  'all',
  'status',
  `provider/${region.slice(0, region.indexOf('/'))}`,
  ...placeChannels([region], countryOf),
]

export const channelsOfArticle = (article: Article, countryOf: CountryOf): Channel[] => [
  'all',
  'news',
  ...article.providers.map(provider => `provider/${provider}`),
  ...article.topics.map(topic => `topic/${topic}`),
  ...placeChannels(article.regions, countryOf, article.countries),
]

export const channelsOfComponents = (provider: string): Channel[] => ['all', 'status', `provider/${provider}`]
export const channelsOfSource = (provider: string): Channel[] => ['all', 'sources', `provider/${provider}`]

/** The channels of a measurement. Not `status`, which carries what providers report themselves. */
export const channelsOfProbe = ({ provider, region }: Pick<Probe, 'provider' | 'region'>, countryOf: CountryOf) => [
  ...channelsOfSource(provider),
  ...placeChannels([region], countryOf),
]

export const channelsOfNotice: readonly Channel[] = ['all', 'notices']
