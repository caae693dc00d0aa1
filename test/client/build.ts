import type { Catalogue } from '../../client/state/catalogue.ts'
import type { When } from '../../client/state/time.ts'
import type { Article } from '../../shared/domain/article.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { Provider, Region, RegionStatus } from '../../shared/domain/region.ts'
import type { Snapshot } from '../../shared/domain/snapshot.ts'
import type { Source } from '../../shared/domain/source.ts'

/** 14:40 UTC on a Tuesday. */
export const NOW = Date.parse('2026-11-24T14:40:00.000Z')
export const when: When = { now: NOW, zone: 'UTC' }

/** The instant so many minutes before `NOW`; after it when negative. */
export const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()

export const provider = (id: string, name: string): Provider => ({
  id,
  name,
  home: `https://${id}.example`,
  statusPage: `https://status.${id}.example`,
  figures: [],
})

export function region(id: string, more: Partial<Region> = {}): Region {
  const [owner = '', code = ''] = id.split('/')
  return {
    id,
    provider: owner,
    code,
    name: code,
    aliases: [],
    city: 'Somewhere',
    country: 'DE',
    continent: 'Europe',
    lat: 50,
    lon: 8,
    zones: 3,
    opened: 2015,
    state: 'open',
    pair: null,
    residency: null,
    timezone: 'Europe/Berlin',
    carbonFree: null,
    ...more,
  }
}

export const catalogueOf = (providers: Provider[], regions: Region[]): Catalogue => ({
  providers: new Map(providers.map(one => [one.id, one])),
  regions: new Map(regions.map(one => [one.id, one])),
})

export const status = (id: string, more: Partial<RegionStatus> = {}): RegionStatus => ({
  region: id,
  status: 'operational',
  since: minutesAgo(600),
  incidents: [],
  services: [],
  freshness: 'live',
  lastKnown: null,
  ...more,
})

export const statusesOf = (...all: RegionStatus[]): Map<string, RegionStatus> =>
  new Map(all.map(one => [one.region, one]))

export const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  id,
  provider: id.slice(0, id.indexOf('-')),
  kind: 'incident',
  title: 'Errors when objects are read',
  status: 'investigating',
  rawStatus: null,
  impact: 'minor',
  scope: 'regional',
  regions: [],
  services: [],
  startedAt: minutesAgo(38),
  updatedAt: minutesAgo(5),
  resolvedAt: null,
  scheduledFor: null,
  scheduledUntil: null,
  url: null,
  updates: [],
  ...more,
})

export const source = (id: string, more: Partial<Source> = {}): Source => ({
  id,
  kind: 'statuspage',
  url: `https://www.${id}.example/api`,
  provider: id.slice(0, id.indexOf('-')),
  everyMs: 60_000,
  intervalMs: 60_000,
  lastPollAt: minutesAgo(1),
  lastOkAt: minutesAgo(1),
  lastChangeAt: minutesAgo(60),
  httpStatus: 200,
  error: null,
  failures: 0,
  nextPollAt: minutesAgo(-1),
  ...more,
})

export const article = (id: string, more: Partial<Article> = {}): Article => ({
  id,
  title: 'A region opens',
  url: 'https://blog.aws.example/a',
  summary: '',
  publishedAt: minutesAgo(12),
  updatedAt: null,
  author: null,
  image: null,
  topics: [],
  regions: [],
  providers: ['aws'],
  language: 'en',
  ...more,
})

export const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  build: 'build-1',
  head: '1000-0',
  at: new Date(NOW).toISOString(),
  simulated: false,
  workersAt: new Date(NOW).toISOString(),
  providers: [],
  regions: [],
  statuses: [],
  incidents: [],
  components: [],
  articles: [],
  sources: [],
  notices: [],
  ...more,
})

/** Azure and AWS with three regions, and GitHub with none. */
export const small = catalogueOf(
  [provider('azure', 'Azure'), provider('aws', 'AWS'), provider('github', 'GitHub')],
  [
    region('azure/westeurope', { name: 'West Europe', country: 'NL' }),
    region('aws/eu-west-1', { name: 'Ireland', country: 'IE' }),
    region('aws/us-east-1', { name: 'N. Virginia', country: 'US', continent: 'North America', zones: 6 }),
  ],
)
