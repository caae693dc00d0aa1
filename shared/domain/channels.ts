import { z } from 'zod'
import type { Article } from './article.ts'
import { type Incident, regionsEverIn, servicesEverIn } from './incident.ts'
import { Country, fail, ok, providerOf, type RecordId, type RegionId, type Result } from './primitives.ts'
import type { Probe } from './probe.ts'
import type { ServiceId } from './service.ts'

/** A parsed channel. Its text is lower case; `channelPattern` is the grammar. */
export type ChannelParts =
  | { kind: 'all' | 'status' | 'news' | 'notices' | 'sources' | 'audit' }
  | { kind: 'provider'; provider: string }
  | { kind: 'vendor'; vendor: string }
  | { kind: 'stack'; stack: string }
  | { kind: 'region'; region: RegionId }
  | { kind: 'service'; service: ServiceId }
  | { kind: 'regionService'; region: RegionId; service: ServiceId }
  | { kind: 'country'; country: string }
  | { kind: 'topic'; topic: string }
  | { kind: 'incident'; incident: RecordId }

const channelPattern =
  /^(?:(all|status|news|notices|sources|audit)|(provider|vendor|stack|topic)\/([a-z0-9-]{1,64})|region\/(([a-z0-9-]{1,64})\/[a-z0-9-]{1,64})(?:\/([a-z0-9-]{1,64}))?|service\/([a-z0-9-]{1,64}\/[a-z0-9-]{1,64})|country\/([a-z]{2})|incident\/([a-z0-9-]{1,64}\/[a-z0-9][a-z0-9._-]{0,119}))$/

export const Channel = z.string().max(210).regex(channelPattern)
export type Channel = z.infer<typeof Channel>

/** Text → parts, or one line with the channels that exist. */
export function parseChannel(channel: string): Result<ChannelParts> {
  const match = channelPattern.exec(channel)
  if (!match) {
    const shown = channel.slice(0, 80)
    return fail(`'${shown}' is not a channel: use ${grammar}`)
  }
  const [, plain, named, name = '', region, owner, inRegion, service, country, incident] = match
  if (plain) return ok({ kind: plain as 'all' | 'status' | 'news' | 'notices' | 'sources' | 'audit' }) // exactly the pattern's first group
  switch (named) {
    case 'provider':
      return ok({ kind: 'provider', provider: name })
    case 'vendor':
      return ok({ kind: 'vendor', vendor: name })
    case 'stack':
      return ok({ kind: 'stack', stack: name })
    case 'topic':
      return ok({ kind: 'topic', topic: name })
  }
  if (region && inRegion) return ok({ kind: 'regionService', region, service: `${owner}/${inRegion}` })
  if (region) return ok({ kind: 'region', region })
  if (service) return ok({ kind: 'service', service })
  if (country) return ok({ kind: 'country', country: country.toUpperCase() })
  return ok({ kind: 'incident', incident: incident ?? '' })
}

const grammar = [
  'all, status, news, notices, sources, audit, provider/<id>, vendor/<id>, stack/<id>, region/<provider>/<code>,',
  'region/<provider>/<code>/<service>, service/<provider>/<service>, country/<cc>, topic/<name> or incident/<id>',
].join(' ')

/** Parts → text; the inverse of `parseChannel`. */
export function formatChannel(parts: ChannelParts): Channel {
  switch (parts.kind) {
    case 'provider':
      return `provider/${parts.provider}`
    case 'vendor':
      return `vendor/${parts.vendor}`
    case 'stack':
      return `stack/${parts.stack}`
    case 'region':
      return `region/${parts.region}`
    case 'service':
      return `service/${parts.service}`
    case 'regionService':
      return `region/${parts.region}/${slugOf(parts.service)}`
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

const slugOf = (service: ServiceId): string => service.slice(service.indexOf('/') + 1)

/**
 * The channels of an event, then `region/<provider>/<code>/<service>` of each of its services in each of its regions.
 * Events do not spell these out: fifty services in forty regions would be two thousand. Whoever asks whether an event
 * is for somebody asks here.
 */
export function* reachOf(channels: readonly Channel[]): Generator<Channel> {
  yield* channels
  const services = channels.flatMap(channel => (channel.startsWith('service/') ? channel.slice(8).split('/') : []))
  if (services.length === 0) return
  for (const channel of channels) {
    const [, provider] = /^region\/([^/]+)\//.exec(channel) ?? []
    for (let n = 0; n < services.length; n += 2) if (services[n] === provider) yield `${channel}/${services[n + 1]}`
  }
}

/** Whether an event of these channels is for somebody who is in the wanted ones. */
export function reaches(channels: readonly Channel[], wanted: ReadonlySet<Channel>): boolean {
  for (const channel of reachOf(channels)) if (wanted.has(channel)) return true
  return false
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

const ownerChannels = (provider: string): Channel[] => [`provider/${provider}`, `vendor/${provider}`]

/** More services than any incident named so far: an event stays small. */
const MAX_SERVICE_CHANNELS = 200

const serviceChannels = (services: readonly ServiceId[]): Channel[] =>
  services.slice(0, MAX_SERVICE_CHANNELS).map(service => `service/${service}`)

/** The channels of an incident, those of regions and services that have left it among them. */
export const channelsOfIncident = (incident: Incident, countryOf: CountryOf): Channel[] => [
  'all',
  'status',
  ...ownerChannels(incident.provider),
  ...placeChannels(regionsEverIn(incident), countryOf),
  ...serviceChannels(servicesEverIn(incident)),
  `incident/${incident.id}`,
]

/** @param services of the catalogue that are, or were, in trouble there */
export const channelsOfRegion = (
  region: RegionId,
  countryOf: CountryOf,
  services: readonly ServiceId[] = [],
): Channel[] => [
  'all',
  'status',
  ...ownerChannels(providerOf(region)),
  ...placeChannels([region], countryOf),
  ...serviceChannels(services),
]

export const channelsOfArticle = (article: Article, countryOf: CountryOf): Channel[] => [
  'all',
  'news',
  ...article.providers.flatMap(ownerChannels),
  ...article.topics.map(topic => `topic/${topic}`),
  ...placeChannels(article.regions, countryOf, article.countries),
  ...serviceChannels(article.serviceIds ?? []),
]

export const channelsOfComponents = (provider: string): Channel[] => ['all', 'status', ...ownerChannels(provider)]
export const channelsOfSource = (provider: string): Channel[] => ['all', 'sources', ...ownerChannels(provider)]

/** The channels of a measurement. Not `status`, which carries what providers report themselves. */
export const channelsOfProbe = ({ provider, region }: Pick<Probe, 'provider' | 'region'>, countryOf: CountryOf) => [
  ...channelsOfSource(provider),
  ...placeChannels([region], countryOf),
]

export const channelsOfNotice: readonly Channel[] = ['all', 'notices']

/** Who did what. Not in `all`: only admins follow it. */
export const AUDIT: Channel = 'audit'
