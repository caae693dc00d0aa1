import type { Article } from './article.ts'
import type { Incident } from './incident.ts'
import { type Matter, matterOfIncident, mattersOfArticle } from './matter.ts'
import { partStrength } from './part-names.ts'
import { providerOf, type RegionId } from './primitives.ts'
import { keyOf, type Reason, type StackFacts, type Strength, strengths, strongestFirst } from './reason.ts'
import type { ServiceId } from './service.ts'
import { isZoneOf, type SimpleUse, type Stack, type Use, usesOf } from './stack.ts'

/**
 * Why an incident concerns a stack, the strongest reason first; empty where it does not. Pure. It goes by every region
 * and service that the incident ever named: whoever it concerned hears how it ends. docs/stacks.md has the rules.
 */
export function concerns(stack: Stack, incident: Incident, facts: StackFacts): Reason[] {
  return reasonsFor(stack, matterOfIncident(incident), facts)
}

/** The same for an article, of all of its providers. What is only written is never certain. */
export const concernsArticle = (stack: Stack, article: Article, facts: StackFacts): Reason[] =>
  mattersOfArticle(article)
    .flatMap(matter => reasonsFor(stack, matter, facts))
    .sort(strongestFirst)

export function reasonsFor(stack: Stack, matter: Matter, facts: StackFacts): Reason[] {
  const reasons = new Map<string, Reason>()
  for (const { use, via } of usesOf(stack, facts.stacks))
    for (const found of reasonsOfUse(use, matter, facts)) {
      const reason = { ...plain, ...found, use, via, provider: matter.provider }
      const key = keyOf(reason)
      const known = reasons.get(key)
      if (known === undefined || strongestFirst(reason, known) < 0) reasons.set(key, reason)
    }
  return [...reasons.values()].sort(strongestFirst)
}

const plain = { service: null, region: null, part: null, zones: [] }

type Found = Pick<Reason, 'kind' | 'strength'> & Partial<Pick<Reason, 'service' | 'region' | 'part' | 'zones'>>

/** Why a matter concerns a use; empty where it does not. */
export function reasonsOfUse(use: SimpleUse, matter: Matter, facts: StackFacts): Found[] {
  const found = reasonsByKind(use, matter, facts)
  if (!matter.isArticle) return found
  return found
    .filter(
      ({ kind }) => kind !== 'dependency' && kind !== 'provider' && (kind !== 'unplaced' || use.kind === 'vendor'),
    )
    .map(reason => (reason.strength === 'certain' ? { ...reason, strength: 'likely' } : reason))
}

function reasonsByKind(use: SimpleUse, matter: Matter, facts: StackFacts): Found[] {
  switch (use.kind) {
    case 'region':
      return matter.provider === providerOf(use.region) ? ofRegion(use.region, matter, facts) : []
    case 'service':
      return matter.provider === providerOf(use.service) ? ofService(use, matter, facts) : []
    case 'vendor':
      return use.vendor === matter.provider ? ofOwnVendor(use, matter, facts) : ofDependencies(use, matter, facts)
    case 'source':
      return use.source === matter.source ? [{ kind: 'source', strength: 'certain' }] : []
    case 'probe':
      return [] // it measures, and tells no incidents
  }
}

const weaken = (strength: Strength, steps: number): Strength =>
  strengths[strengths.indexOf(strength) + steps] ?? 'possible'

const broadIn = ({ serviceIds }: Matter, { services }: StackFacts): ServiceId | null =>
  serviceIds.find(id => services.get(id)?.isBroad) ?? null
const isGlobal = (service: ServiceId, { services }: StackFacts): boolean => services.get(service)?.scope === 'global'

/** By its source's word, or because what everything stands on has no place. */
const isEverywhere = ({ scope, regions }: Matter, broad: ServiceId | null, facts: StackFacts): boolean =>
  scope === 'global' || (regions.length === 0 && broad !== null && isGlobal(broad, facts))

/** Regions of governments, and those in China, stand apart from the rest of their cloud. */
const isApart = (region: RegionId): boolean =>
  /^(?:aws\/(?:us-gov|cn)-|azure\/(?:usgov|china)|oracle\/us-gov-)/.test(region)

/** A region that the team runs in, without saying with what. */
function ofRegion(region: RegionId, matter: Matter, facts: StackFacts): Found[] {
  const { regions, serviceIds } = matter
  const broad = broadIn(matter, facts)
  const isWhole = matter.isAboutAll || broad !== null
  const service = broad ?? (serviceIds.length === 1 ? (serviceIds[0] ?? null) : null)
  if (regions.includes(region)) return [{ kind: 'region', strength: isWhole ? 'certain' : 'likely', service, region }]
  if (regions.length > 0 && matter.scope !== 'global') return []
  // of a global service only who lists it is a user
  const isSomewhere = serviceIds.some(id => !isGlobal(id, facts))
  if (!isWhole && serviceIds.length > 0 && !isSomewhere) return []
  if (!isEverywhere(matter, broad, facts)) return [{ kind: 'unplaced', strength: 'possible', service }]
  const isLikely = (isWhole || isSomewhere) && !isApart(region)
  return [{ kind: 'provider', strength: isLikely ? 'likely' : 'possible', service }]
}

type ServiceUse = Extract<Use, { kind: 'service' }>

function ofService(use: ServiceUse, matter: Matter, facts: StackFacts): Found[] {
  const place = placeOf(use, matter, facts)
  if (place === null) return []
  const { region, steps, isUnplaced } = place
  const zones = region === null ? [] : otherZones(use, matter, region)
  const named = matter.serviceIds.flatMap((service): Found[] => {
    const relation = relationOf(use.service, service, facts)
    if (relation === null) return []
    if (isUnplaced && !isGlobal(service, facts)) return [{ kind: 'unplaced', strength: 'possible', service }]
    const isOtherZone = relation === 'service' && zones.length > 0
    return [{ kind: relation, strength: weaken(strengthOf[relation], isOtherZone ? 1 : steps), service, region, zones }]
  })
  return named.some(({ strength }) => strength !== 'possible')
    ? named
    : [...named, ...ofWhole(use, matter, place, facts)]
}

/** What hits everything where a service is used, or a name that the catalogue does not know. */
function ofWhole(use: ServiceUse, matter: Matter, { region, steps }: Place, facts: StackFacts): Found[] {
  const service = broadIn(matter, facts)
  if (!matter.isAboutAll && service === null)
    return matter.serviceIds.length === 0 && region !== null && steps === 0
      ? [{ kind: 'region', strength: 'possible', region }]
      : []
  if (region !== null) return [{ kind: 'region', strength: weaken('likely', steps), service, region }]
  if (matter.scope !== 'global' && matter.regions.length > 0) return []
  if (!isEverywhere(matter, service, facts)) return [{ kind: 'unplaced', strength: 'possible', service }]
  return [{ kind: 'provider', strength: isUseApart(use) ? 'possible' : 'likely', service }]
}

const isUseApart = ({ regions }: ServiceUse): boolean => regions.length > 0 && regions.every(isApart)

const strengthOf = { service: 'certain', wider: 'likely', narrower: 'possible' } as const satisfies Record<
  string,
  Strength
>

/** Where a matter meets a use, by how many steps that weakens the reason, and whether a place is needed and missing. */
type Place = { region: RegionId | null; steps: 0 | 1; isUnplaced: boolean }

/** Null where it happens elsewhere. */
function placeOf(use: ServiceUse, matter: Matter, facts: StackFacts): Place | null {
  const shared = matter.regions.filter(region => use.regions.includes(region))
  const region = shared.find(one => otherZones(use, matter, one).length === 0) ?? shared[0]
  if (region !== undefined) return placed(region, 0)
  if (matter.scope === 'global') return { ...placed(null, 0), isUnplaced: isUseApart(use) }
  // one place of a service that is everywhere
  if (isGlobal(use.service, facts)) return placed(null, matter.regions.length > 0 ? 1 : 0)
  // a team that did not say where may be there
  if (use.regions.length === 0) return placed(matter.regions[0] ?? null, 1)
  return matter.regions.length === 0 ? { ...placed(null, 0), isUnplaced: true } : null
}

const placed = (region: RegionId | null, steps: 0 | 1): Place => ({ region, steps, isUnplaced: false })

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

/** The matter's zones in a region, where none of them is the use's; empty where they agree, or one of them names none. */
function otherZones(use: ServiceUse, matter: Matter, region: RegionId): string[] {
  if (use.zones.length === 0 || matter.zones.length === 0) return []
  const elsewhere = [...use.regions, ...matter.regions].filter(one => one !== region)
  const here = (zones: readonly string[]) =>
    zones.map(zone => zone.toLowerCase()).filter(zone => !elsewhere.some(one => isZoneOf(zone, one)))
  const [used, named] = [here(use.zones), here(matter.zones)]
  return used.length === 0 || named.some(zone => used.includes(zone)) ? [] : named
}

type VendorUse = Extract<Use, { kind: 'vendor' }>

/** A cloud that a vendor's site runs in. */
const ofDependencies = (use: VendorUse, matter: Matter, facts: StackFacts): Found[] =>
  use.sites
    .flatMap(site => facts.dependencies(use.vendor, site))
    .filter(({ region }) => providerOf(region) === matter.provider)
    .flatMap(({ region, isCertain }) =>
      ofRegion(region, matter, facts)
        .filter(({ kind }) => kind !== 'unplaced')
        .map(found => {
          const strength = isCertain && found.strength === 'certain' ? 'likely' : 'possible'
          return { ...found, kind: 'dependency', strength }
        }),
    )

/** Whether a source reports on a site of the vendor that the team has not chosen. */
export function isOfOtherSite({ sites }: { sites: readonly string[] }, source: string, facts: StackFacts): boolean {
  const site = facts.siteOf(source)
  return sites.length > 0 && site !== null && !sites.includes(site)
}

function ofOwnVendor(use: VendorUse, matter: Matter, facts: StackFacts): Found[] {
  if (isOfOtherSite(use, matter.source, facts)) return []
  const { vendor, parts } = use
  const isAll = matter.isAboutAll
  if (parts.length === 0) {
    // of a cloud, a team rarely uses every region
    const isSure = isCloud(vendor, matter, facts) ? isAll && matter.scope === 'global' : true
    return [{ kind: 'vendor', strength: isSure ? 'certain' : 'likely' }]
  }
  const named = matter.services.flatMap((part): Found[] => {
    const strength = strongest(parts.map(one => partStrength(one, part)))
    return strength === null ? [] : [{ kind: 'part', strength, part }]
  })
  if (named.length > 0 || !isAll) return named
  const isSaid = matter.scope === 'global' || matter.services.length > 0
  return [isSaid ? { kind: 'vendor', strength: 'likely' } : { kind: 'unplaced', strength: 'possible' }]
}

/** Whether the vendor has regions or services of a catalogue. */
const isCloud = (vendor: string, { regions, serviceIds }: Matter, { services }: StackFacts): boolean =>
  regions.length + serviceIds.length > 0 || cloudsOf(services).has(vendor)

/** The providers of a catalogue, which has hundreds of services and is asked for every incident of every vendor. */
function cloudsOf(services: StackFacts['services']): ReadonlySet<string> {
  const clouds = cloudsKnown.get(services) ?? new Set([...services.keys()].map(providerOf))
  cloudsKnown.set(services, clouds)
  return clouds
}
const cloudsKnown = new WeakMap<StackFacts['services'], ReadonlySet<string>>()

const strongest = (found: readonly (Strength | null)[]): Strength | null =>
  strengths.find(strength => found.includes(strength)) ?? null
