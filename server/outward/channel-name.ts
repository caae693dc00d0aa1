import type { ChannelParts } from '../../shared/domain/channels.ts'
import { nameOfProvider } from './status-summary.ts'
import { regionName, type SubjectFacts, serviceName, vendorName } from './subject.ts'

/** What a channel is called where people choose among many, such as in a feed reader or a calendar. Pure. */
export function channelName(parts: ChannelParts, facts: SubjectFacts): string {
  switch (parts.kind) {
    case 'all':
      return 'everything'
    case 'status':
      return 'incidents and maintenance'
    case 'news':
    case 'notices':
    case 'sources':
    case 'audit':
      return parts.kind
    case 'provider':
      return nameOfProvider(parts.provider, facts)
    case 'vendor':
      return vendorName(parts.vendor, facts)
    case 'stack':
      return `stack ${facts.stackFacts.stacks.get(parts.stack)?.name ?? parts.stack}`
    case 'region': {
      const name = regionName(parts.region, facts)
      const code = parts.region.slice(parts.region.indexOf('/') + 1)
      return name.endsWith(code) ? name : `${name} (${code})`
    }
    case 'service':
      return serviceName(parts.service, [], facts)
    case 'regionService':
      return serviceName(parts.service, [parts.region], facts)
    case 'country':
      return countryNames.of(parts.country) ?? parts.country
    case 'topic':
      return `news on ${parts.topic.replaceAll('-', ' ')}`
    case 'incident': {
      const incident = facts.view.incidents.get(parts.incident)
      return incident ? `${nameOfProvider(incident.provider, facts)}: ${incident.title}` : parts.incident
    }
  }
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' })

/** The page that shows what a channel tells, with its query. */
export function channelPage(parts: ChannelParts): `/${string}` {
  switch (parts.kind) {
    case 'region':
      return `/region/${parts.region}`
    case 'regionService':
      return `/region/${parts.region}`
    case 'provider':
      return `/provider/${parts.provider}`
    case 'vendor':
      return `/provider/${parts.vendor}`
    case 'incident':
      return `/incident/${parts.incident}`
    case 'stack':
      return `/?stack=${parts.stack}`
    case 'service': {
      const [provider = '', service = ''] = parts.service.split('/')
      return `/provider/${provider}?service=${service}`
    }
    case 'news':
      return '/news'
    default:
      return '/'
  }
}
