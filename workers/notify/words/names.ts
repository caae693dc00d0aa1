import { type Incident, isPublic } from '../../../shared/domain/incident.ts'
import { providerOf, type RegionId } from '../../../shared/domain/primitives.ts'
import type { Reason } from '../../../shared/domain/reason.ts'
import { type Provider, type Region, spokenName } from '../../../shared/domain/region.ts'
import type { Service, ServiceId } from '../../../shared/domain/service.ts'
import { isStatusSource, type Source } from '../../../shared/domain/source.ts'
import type { SimpleUse, Stack } from '../../../shared/domain/stack.ts'
import type { Rule } from '../../config/notify-config.ts'

/** How things are called. */
export type Names = {
  providers: ReadonlyMap<string, Pick<Provider, 'name'>>
  regions: ReadonlyMap<RegionId, Pick<Region, 'code' | 'name'>>
  services: ReadonlyMap<ServiceId, Pick<Service, 'id' | 'name' | 'aliases'>>
  vendors: ReadonlyMap<string, { name: string }>
  stacks: ReadonlyMap<string, Stack>
  sources: ReadonlyMap<string, Source>
}

/** A provider as the catalogue calls it, else as the list of vendors does, else as its source. */
export function providerName(id: string, { providers, vendors, sources }: Names): string {
  const known = providers.get(id) ?? vendors.get(id)
  if (known !== undefined) return known.name
  for (const source of sources.values()) if (source.provider === id && isStatusSource(source)) return source.name
  return id
}

/** 'us-east-1'; 'West Europe', where a name only makes the code readable. */
function regionName(id: RegionId, { regions }: Names): string {
  const region = regions.get(id)
  return region === undefined ? id.slice(id.indexOf('/') + 1) : spokenName(region)
}

/** The name that people say, which the id is made of: 'EC2' for Amazon Elastic Compute Cloud; else the full one. */
function serviceName(id: ServiceId, { services }: Names): string {
  const service = services.get(id)
  const code = id.slice(id.indexOf('/') + 1)
  if (service === undefined) return code
  const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return [service.name, ...service.aliases].find(one => lettersOf(one) === lettersOf(code)) ?? service.name
}

/** 'AWS' and 'Lambda' → 'AWS Lambda'; what both say is said once: 'Azure Front Door'. */
const owned = (owner: string, name: string): string => (name.startsWith(owner) ? name : `${owner} ${name}`)

const MAX_PLACES = 3

/** 'AWS us-east-1', 'AWS us-east-1, us-west-2 and 4 more', 'Stripe'; 'AWS us-east-1 (your account)' of a private word. */
export function placeOf(incident: Pick<Incident, 'provider' | 'regions' | 'isPrivate'>, names: Names): string {
  const { provider, regions } = incident
  const places = regions.filter(region => providerOf(region) === provider).map(region => regionName(region, names))
  const owner = providerName(provider, names)
  const place = places.length === 0 ? owner : `${owner} ${listed(places, MAX_PLACES)}`
  return isPublic(incident) ? place : `${place} (your account)`
}

/** 'a', 'a and b', 'a, b and 3 more' */
function listed(words: readonly string[], max: number): string {
  const shown = words.length > max ? [...words.slice(0, max - 1), `${words.length - max + 1} more`] : words
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

/** Why something concerns whom a rule is about: 'Shop uses AWS Lambda in us-east-1.' @param reasons the strongest first */
export function whyOf({ stack, channels, id }: Rule, reasons: readonly Reason[], names: Names): string | null {
  if (stack === null) return `The rule ${id} follows ${listed(channels, MAX_PLACES)}.`
  const [first] = reasons
  if (first === undefined) return null
  const verb = first.strength === 'possible' ? 'may be concerned, as it uses' : 'uses'
  return `${names.stacks.get(stack)?.name ?? stack} ${verb} ${groundOf(first, names)}.`
}

function groundOf(reason: Reason, names: Names): string {
  const via = reason.via === null ? '' : ` (through ${names.stacks.get(reason.via)?.name ?? reason.via})`
  return `${useName(reason.use, names)}${via}${relationOf(reason, names)}`
}

function relationOf({ kind, service, region, zones }: Reason, names: Names): string {
  const named = service === null ? '' : serviceName(service, names)
  const elsewhere = zones.length === 0 ? '' : `; the provider names ${listed(zones, MAX_PLACES)}`
  switch (kind) {
    case 'wider':
      return `, which stands on ${named}${elsewhere}`
    case 'narrower':
      return `, which ${named} is a part of${elsewhere}`
    case 'dependency':
      return `, which runs in ${region === null ? 'that cloud' : `${providerName(providerOf(region), names)} ${regionName(region, names)}`}`
    case 'provider':
      return ', and this is worldwide'
    case 'unplaced':
      return '; no place is named'
    default:
      return elsewhere
  }
}

/** 'AWS us-east-1', 'AWS Lambda in us-east-1', 'GitHub Actions', 'Datadog us1' */
function useName(use: SimpleUse, names: Names): string {
  switch (use.kind) {
    case 'region':
      return `${providerName(providerOf(use.region), names)} ${regionName(use.region, names)}`
    case 'service': {
      const service = owned(providerName(providerOf(use.service), names), serviceName(use.service, names))
      const places = use.zones.length > 0 ? use.zones : use.regions.map(region => regionName(region, names))
      return places.length === 0 ? service : `${service} in ${listed(places, MAX_PLACES)}`
    }
    case 'vendor':
      return [providerName(use.vendor, names), ...use.sites, listed(use.parts, MAX_PLACES)].join(' ').trim()
    case 'source':
    case 'probe':
      return names.sources.get(use.source)?.name ?? use.source
  }
}
