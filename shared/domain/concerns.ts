import type { Article } from './article.ts'
import { type Incident, regionsEverIn, servicesEverIn } from './incident.ts'
import { ascending, firstOf } from './order.ts'
import { providerOf, type RecordId, type RegionId, sourceOf } from './primitives.ts'
import { isEverything } from './region-report.ts'
import type { Service, ServiceId } from './service.ts'
import { type SimpleUse, type Stack, type Use, usesOf } from './stack.ts'

export const strengths = ['certain', 'likely', 'possible'] as const
export type Strength = (typeof strengths)[number]

export const reasonKinds = [
  'service',
  'wider',
  'narrower',
  'region',
  'provider',
  'vendor',
  'part',
  'dependency',
  'unplaced',
  'source',
] as const
export type ReasonKind = (typeof reasonKinds)[number]

/** Why an incident or an article concerns a stack. */
export type Reason = {
  kind: ReasonKind
  strength: Strength
  use: SimpleUse
  /** The stack that brings the use, where it is not the one that was asked about. */
  via: string | null
  provider: string
  /** The service that is in trouble; null where none is named. */
  service: ServiceId | null
  /** Where it meets the use; null where no place is named. */
  region: RegionId | null
  /** The vendor's part, as the incident names it. */
  part: string | null
  /** Zones that the incident names, where the use has others. */
  zones: readonly string[]
}

/** What is known of the world beside the stack itself. */
export type StackFacts = {
  stacks: ReadonlyMap<string, Stack>
  services: ReadonlyMap<ServiceId, Pick<Service, 'id' | 'scope' | 'under' | 'isBroad'>>
  /** The cloud regions that a vendor's site runs in; `isCertain` where the vendor says that it runs nowhere else. */
  dependencies(vendor: string, site: string): readonly { region: RegionId; isCertain: boolean }[]
  /** The site of its vendor that a source reports on; null where it reports on all of it, or nobody knows. */
  siteOf(source: string): string | null
}

/** What an incident or an article is about. */
export type Matter = {
  source: string
  provider: string
  scope: Incident['scope']
  regions: readonly RegionId[]
  services: readonly string[]
  serviceIds: readonly ServiceId[]
  zones: readonly string[]
}

/**
 * Why an incident concerns a stack, the strongest reason first; empty where it does not. Pure. It goes by every region
 * and service that the incident ever named: whoever it concerned hears how it ends. docs/stacks.md has the rules.
 */
export function concerns(stack: Stack, incident: Incident, facts: StackFacts): Reason[] {
  return reasonsFor(stack, matterOfIncident(incident), facts)
}

/** The same for an article: one matter for each of its providers. What is only written is never certain. */
export function concernsArticle(stack: Stack, article: Article, facts: StackFacts): Reason[] {
  return mattersOfArticle(article)
    .flatMap(matter => reasonsFor(stack, matter, facts))
    .map(reason => (reason.strength === 'certain' ? { ...reason, strength: 'likely' as const } : reason))
    .sort(strongestFirst)
}

export function reasonsFor(stack: Stack, matter: Matter, facts: StackFacts): Reason[] {
  const reasons = new Map<string, Reason>()
  for (const { use, via } of usesOf(stack, facts.stacks))
    for (const found of reasonsOfUse(use, matter, facts)) {
      const reason = { ...plain, ...found, use, via, provider: matter.provider }
      const key = `${reason.kind} ${reason.service} ${reason.region} ${reason.part}`
      const known = reasons.get(key)
      if (known === undefined || strongestFirst(reason, known) < 0) reasons.set(key, reason)
    }
  return [...reasons.values()].sort(strongestFirst)
}

const plain = { service: null, region: null, part: null, zones: [] }

type Found = Pick<Reason, 'kind' | 'strength'> & Partial<Pick<Reason, 'service' | 'region' | 'part' | 'zones'>>

/** Orders reasons: by strength, then by how exact they are. */
export const strongestFirst = firstOf<Reason>(
  ascending(({ strength }) => strengths.indexOf(strength)),
  ascending(({ kind }) => reasonKinds.indexOf(kind)),
  ascending(({ service }) => service ?? ''),
  ascending(({ region }) => region ?? ''),
  ascending(({ part }) => part ?? ''),
  ascending(({ via }) => via ?? ''),
)

/** What a record is about: one matter, or of an article one for each of its providers. */
export const mattersOf = (record: Incident | Article): Matter[] =>
  'publishedAt' in record ? mattersOfArticle(record) : [matterOfIncident(record)]

function matterOfIncident(incident: Incident): Matter {
  const { id, provider, scope, services, zones = [] } = incident
  const [regions, serviceIds] = [regionsEverIn(incident), servicesEverIn(incident)]
  return { source: sourceOf(id), provider, scope, regions, services, serviceIds, zones }
}

function mattersOfArticle(article: Article): Matter[] {
  const of = (provider: string) => (id: RecordId) => id.startsWith(`${provider}/`)
  return article.providers.map(provider => {
    const regions = article.regions.filter(of(provider))
    return {
      source: sourceOf(article.id),
      provider,
      scope: regions.length > 0 ? 'regional' : 'unspecified',
      regions,
      services: article.services ?? [],
      serviceIds: (article.serviceIds ?? []).filter(of(provider)),
      zones: [],
    }
  })
}

/** Why a matter concerns a use; empty where it does not. */
export function reasonsOfUse(use: SimpleUse, matter: Matter, facts: StackFacts): Found[] {
  switch (use.kind) {
    case 'region':
      return ofRegion(use.region, matter, facts)
    case 'service':
      return ofService(use, matter, facts)
    case 'vendor':
      return ofVendor(use, matter, facts)
    case 'source':
    case 'probe':
      return use.source === matter.source ? [{ kind: 'source', strength: 'certain' }] : []
  }
}

const namesNothing = ({ services, serviceIds }: Matter): boolean => services.length + serviceIds.length === 0
const isAboutAll = (matter: Matter): boolean => namesNothing(matter) || matter.services.some(isEverything)
const broadIn = ({ serviceIds }: Matter, { services }: StackFacts): ServiceId | undefined =>
  serviceIds.find(id => services.get(id)?.isBroad)

/** A region that the team runs in, without saying with what. */
function ofRegion(region: RegionId, matter: Matter, facts: StackFacts): Found[] {
  if (matter.provider !== providerOf(region)) return []
  const broad = broadIn(matter, facts)
  if (matter.regions.includes(region)) {
    const isCertain = isAboutAll(matter) || broad !== undefined
    return [
      { kind: 'region', strength: isCertain ? 'certain' : 'likely', service: broad ?? onlyService(matter), region },
    ]
  }
  if (matter.regions.length > 0 && matter.scope !== 'global') return []
  if (matter.scope === 'global') {
    const isLikely = isAboutAll(matter) || broad !== undefined
    return [{ kind: 'provider', strength: isLikely ? 'likely' : 'possible', service: broad ?? onlyService(matter) }]
  }
  return [{ kind: 'unplaced', strength: 'possible', service: broad ?? onlyService(matter) }]
}

const onlyService = ({ serviceIds }: Matter): ServiceId | null =>
  serviceIds.length === 1 ? (serviceIds[0] ?? null) : null

function ofService(use: Extract<Use, { kind: 'service' }>, matter: Matter, facts: StackFacts): Found[] {
  if (matter.provider !== providerOf(use.service)) return []
  const place = placeOf(use, matter, facts)
  if (place === null) return []
  const { region, isSure } = place
  const found: Found[] = []
  for (const service of matter.serviceIds) {
    const relation = relationOf(use.service, service, facts)
    if (relation === null) continue
    const zones = otherZones(use, matter)
    const strength = !isSure ? 'possible' : weaken(strengthOf[relation], zones.length > 0)
    const isUnplaced = place.region === null && !isSure
    found.push({ kind: isUnplaced ? 'unplaced' : relation, strength, service, region, zones })
  }
  if (found.length > 0) return found
  const broad = broadIn(matter, facts)
  if (isAboutAll(matter) || broad !== undefined) {
    const kind = region === null ? 'provider' : 'region'
    return [{ kind, strength: isSure ? 'likely' : 'possible', service: broad ?? null, region }]
  }
  // names that the catalogue does not know may be of this service
  return matter.serviceIds.length === 0 && isSure && region !== null
    ? [{ kind: 'region', strength: 'possible', region }]
    : []
}

const strengthOf = { service: 'certain', wider: 'likely', narrower: 'possible' } as const satisfies Record<
  string,
  Strength
>
const weaken = (strength: Strength, isWeaker: boolean): Strength =>
  isWeaker && strength === 'certain' ? 'likely' : strength

/** Where the matter meets the use; null where it happens elsewhere. Not sure: one of them does not say where. */
function placeOf(
  use: Extract<Use, { kind: 'service' }>,
  matter: Matter,
  facts: StackFacts,
): { region: RegionId | null; isSure: boolean } | null {
  const shared = matter.regions.find(region => use.regions.includes(region))
  if (shared !== undefined) return { region: shared, isSure: true }
  const isGlobalService = facts.services.get(use.service)?.scope === 'global'
  if (matter.scope === 'global' || isGlobalService) return { region: null, isSure: true }
  if (matter.regions.length === 0) return { region: null, isSure: false }
  // a team that did not say where may be there
  return use.regions.length === 0 ? { region: matter.regions[0] ?? null, isSure: false } : null
}

/** How a service in trouble relates to the one in use; null where it does not. */
function relationOf(used: ServiceId, named: ServiceId, facts: StackFacts): 'service' | 'wider' | 'narrower' | null {
  if (used === named) return 'service'
  if (isUnder(used, named, facts)) return 'wider'
  return isUnder(named, used, facts) ? 'narrower' : null
}

/** The catalogue's own test keeps its chains short and without circles. */
function isUnder(service: ServiceId, wider: ServiceId, { services }: StackFacts): boolean {
  for (let id = services.get(service)?.under ?? null; id !== null; id = services.get(id)?.under ?? null)
    if (id === wider) return true
  return false
}

/** The matter's zones where none of them is the use's; empty where they agree, or one of them names none. */
const otherZones = ({ zones }: { zones: readonly string[] }, matter: Matter): readonly string[] =>
  zones.length === 0 || matter.zones.some(zone => zones.includes(zone)) ? [] : matter.zones

function ofVendor(use: Extract<Use, { kind: 'vendor' }>, matter: Matter, facts: StackFacts): Found[] {
  if (use.vendor === matter.provider) return isOfOtherSite(use, matter.source, facts) ? [] : ofOwnVendor(use, matter)
  const places = use.sites.flatMap(site => facts.dependencies(use.vendor, site))
  return places.flatMap(({ region, isCertain }): Found[] => {
    const [found] = ofRegion(region, matter, facts)
    if (found === undefined || found.kind !== 'region') return []
    const strength = isCertain && found.strength === 'certain' ? 'likely' : 'possible'
    return [{ ...found, kind: 'dependency', strength }]
  })
}

/** Whether a source reports on a site of the vendor that the team has not chosen. */
export function isOfOtherSite({ sites }: { sites: readonly string[] }, source: string, facts: StackFacts): boolean {
  const site = facts.siteOf(source)
  return sites.length > 0 && site !== null && !sites.includes(site)
}

function ofOwnVendor({ parts }: Extract<Use, { kind: 'vendor' }>, matter: Matter): Found[] {
  if (parts.length === 0) {
    // of a cloud, a team rarely uses every region
    const isOfCloud = matter.regions.length > 0 || matter.serviceIds.length > 0
    return [{ kind: 'vendor', strength: isOfCloud ? 'likely' : 'certain' }]
  }
  if (isAboutAll(matter)) return [{ kind: 'vendor', strength: 'likely' }]
  const named = matter.services.filter(name => parts.some(part => isPart(part, name)))
  return named.map(part => ({ kind: 'part', strength: 'certain', part }))
}

/** 'Actions' is the part 'Actions' of any group; 'Europe / API' only the one of its group. */
export function isPart(part: string, name: string): boolean {
  const [wanted, given] = [foldPart(part), foldPart(name)]
  return given === wanted || given.endsWith(` / ${wanted}`)
}

const foldPart = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\s*(?:\/|›|»|>| - | – )\s*/g, ' / ')
    .replace(/\s+/g, ' ')
    .trim()
