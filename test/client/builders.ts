import type { Catalogue } from '../../client/live/catalogue.ts'
import { emptyStackCatalogue, type StackCatalogue } from '../../client/live/stack-facts.ts'
import { type Standpoint, standpointOf } from '../../client/stacks/standpoint.ts'
import type { When } from '../../client/ui/time.ts'
import { en as english } from '../../client/words/en/page.ts'
import type { Article } from '../../shared/domain/article.ts'
import { mapCollections } from '../../shared/domain/collections.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { LedgerEntry } from '../../shared/domain/ledger.ts'
import type { Provider, Region, RegionStatus } from '../../shared/domain/region.ts'
import type { Snapshot } from '../../shared/domain/snapshot.ts'
import type { Source } from '../../shared/domain/source.ts'
import { parseUse } from '../../shared/domain/stack.ts'
import * as record from '../support/builders.ts'

/** 14:40 UTC on a Tuesday: the page's present. */
export const NOW = Date.parse('2026-11-24T14:40:00.000Z')
export const when: When = { now: NOW, zone: 'UTC', words: english }

/** The instant so many minutes before `NOW`; after it when negative. */
export const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()

export const provider = (id: string, name: string): Provider => ({
  id,
  name,
  home: `https://${id}.example`,
  statusPage: `https://status.${id}.example`,
  figures: [],
})

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
  serviceCount: 0,
  whole: null,
  freshness: 'live',
  lastKnown: null,
  ...more,
})

export const statusesOf = (...all: RegionStatus[]): Map<string, RegionStatus> =>
  new Map(all.map(one => [one.region, one]))

const owner = (id: string): string => id.slice(0, id.indexOf('-'))

/** An incident of the provider that its id begins with, going on for 38 minutes, in no region. */
export const incident = (id: string, more: Partial<Incident> = {}): Incident =>
  record.incident(id, {
    provider: owner(id),
    title: 'Errors when objects are read',
    regions: [],
    startedAt: minutesAgo(38),
    updatedAt: minutesAgo(5),
    ...more,
  })

/** An entry of a ledger, said some minutes before `NOW` and seen a minute later. */
export const entry = (n: number, minutes: number, more: Partial<LedgerEntry> = {}): LedgerEntry =>
  record.entry(n, 0, { seenAt: minutesAgo(minutes - 1), saidAt: minutesAgo(minutes), ...more })

/** A source of the provider that its id begins with, read a minute ago. */
export const source = (id: string, more: Partial<Source> = {}): Source =>
  record.source(id, {
    provider: owner(id),
    lastPollAt: minutesAgo(1),
    lastOkAt: minutesAgo(1),
    nextPollAt: minutesAgo(-1),
    ...more,
  })

/** An article of the provider that its id begins with, published twelve minutes ago. */
export const article = (id: string, more: Partial<Article> = {}): Article =>
  record.article(id, { providers: [owner(id)], publishedAt: minutesAgo(12), ...more })

export const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  build: 'build-1',
  head: '1000-0',
  at: minutesAgo(0),
  simulated: false,
  workersAt: minutesAgo(0),
  stacks: [],
  roundTrips: false,
  walls: {},
  providers: [],
  regions: [],
  ...mapCollections<'list'>(() => []),
  ...more,
})

/** The standpoint of a reader whose stack has these uses, as a file writes them; of the stack `name` where it has one. */
export function standpointOn(
  uses: readonly string[],
  name: string | null = null,
  facts: Partial<StackCatalogue> = {},
): Standpoint {
  const parsed = uses.map(use => parseUse(use, small.regions))
  const stack = { id: 'mine', name: '', uses: parsed.flatMap(use => (use.ok ? [use.value] : [])) }
  return standpointOf(stack, { ...emptyStackCatalogue, ...facts, stacks: new Map() }, name)
}

/** Regional services of the catalogue by their ids. */
export const servicesOf = (...named: [id: string, name: string, under?: string][]): StackCatalogue['services'] =>
  new Map(
    named.map(([id, name, under = null]) => [id, { id, name, scope: 'regional' as const, under, isBroad: false }]),
  )

/** Azure and AWS with three regions, and GitHub with none. */
export const small = catalogueOf(
  [provider('azure', 'Azure'), provider('aws', 'AWS'), provider('github', 'GitHub')],
  [
    record.region('azure/westeurope', { name: 'West Europe', country: 'NL' }),
    record.region('aws/eu-west-1', { name: 'Ireland', country: 'IE' }),
    record.region('aws/us-east-1', { name: 'N. Virginia', country: 'US', continent: 'North America', zones: 6 }),
  ],
)
