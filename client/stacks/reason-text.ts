import { groupBy } from '../../shared/domain/order.ts'
import { providerOf, type RegionId } from '../../shared/domain/primitives.ts'
import type { Reason } from '../../shared/domain/reason.ts'
import type { Service, ServiceId } from '../../shared/domain/service.ts'
import type { SimpleUse } from '../../shared/domain/stack.ts'
import { type Catalogue, placeName, regionName } from '../live/catalogue.ts'
import type { FirstWords } from '../words/en/first.ts'
import { type Standpoint, strongReasons } from './standpoint.ts'

/** How things are called. */
export type Naming = {
  catalogue: Catalogue
  services: ReadonlyMap<ServiceId, Pick<Service, 'name'>>
  vendors: ReadonlyMap<string, { name: string }>
  stacks: ReadonlyMap<string, { name: string }>
}

export const namingOf = (catalogue: Catalogue, { facts }: Pick<Standpoint, 'facts'>): Naming => ({
  catalogue,
  services: facts.services,
  vendors: facts.vendors,
  stacks: facts.stacks,
})

/** Why something concerns a stack: 'concerns you: Lambda in us-east-1'; null where nothing is said for it. */
export function reasonsText(reasons: readonly Reason[], naming: Naming, words: FirstWords): string | null {
  if (reasons.length === 0) return null
  const strong = strongReasons(reasons)
  const say = strong.length > 0 ? words.reasons.concerns : words.reasons.may
  const alike = groupBy(strong.length > 0 ? strong : reasons, reason => withoutPlace(reason, naming, words))
  return say(words.lists.sentence([...alike.values()].map(group => ground(group, naming, words))))
}

/** One reason: 'concerns you: Lambda in us-east-1'. */
export const reasonText = (reason: Reason, naming: Naming, words: FirstWords): string =>
  reasonsText([reason], naming, words) ?? ''

/** What a reason says beside its place: reasons that say the same are one, of several places. */
const withoutPlace = (reason: Reason, naming: Naming, words: FirstWords): string =>
  reason.kind === 'dependency'
    ? ground([reason], naming, words)
    : [reason.kind, ground([{ ...reason, region: null }], naming, words)].join(' ')

/** Reasons that differ in their places alone, as one. */
function ground(alike: readonly Reason[], naming: Naming, words: FirstWords): string {
  const [reason] = alike
  if (reason === undefined) return ''
  const { zones, via, use } = reason
  const say = words.reasons
  const places = [...new Set(alike.flatMap(({ region }) => region ?? []))]
  const what = whatOf(reason, places, naming, words)
  const ownZones = use.kind === 'service' ? use.zones : []
  const placed = zones.length === 0 ? what : say.noted(what, say.zones(zones, ownZones))
  return via === null ? placed : say.via(placed, naming.stacks.get(via)?.name ?? via)
}

function whatOf(reason: Reason, places: readonly RegionId[], naming: Naming, words: FirstWords): string {
  const { catalogue } = naming
  const say = words.reasons
  const provider = ownerName(reason.provider, naming)
  const place = places.length === 0 ? null : words.lists.sentence(places.map(id => regionText(id, catalogue)))
  const service = reason.service === null ? null : serviceName(reason.service, naming)
  const placed = service === null || place === null ? (service ?? place ?? provider) : say.inPlace(service, place)
  const used = reason.use.kind === 'service' ? serviceName(reason.use.service, naming) : provider
  switch (reason.kind) {
    case 'service':
      return placed
    case 'wider':
      return say.wider(placed, used)
    case 'narrower':
      return say.narrower(placed, used)
    case 'region':
      return service === null && reason.use.kind === 'service' ? say.whole(placed) : placed
    case 'provider':
      return words.incidents.worldwide(service ?? provider)
    case 'vendor':
      return provider
    case 'part':
      return `${provider} ${reason.part ?? ''}`.trim()
    case 'dependency':
      return say.dependency(useName(reason.use, naming, words), placeName(catalogue, reason.region ?? reason.provider))
    case 'unplaced':
      return say.unplaced(service ?? provider)
    case 'source':
      return say.source(useName(reason.use, naming, words))
  }
}

/** What a team uses, as a sentence or a tile names it: 'AWS Lambda in us-east-1', 'GitHub Actions'. */
export function useName(use: SimpleUse, naming: Naming, words: FirstWords): string {
  const { catalogue } = naming
  switch (use.kind) {
    case 'region':
      return placeName(catalogue, use.region)
    case 'service': {
      const [owner, name] = [ownerName(providerOf(use.service), naming), serviceName(use.service, naming)]
      const service = ownedName(owner, name)
      const places = use.zones.length > 0 ? use.zones : use.regions.map(id => regionText(id, catalogue))
      return places.length === 0 ? service : words.reasons.inPlace(service, words.lists.sentence(places))
    }
    case 'vendor':
      return [ownerName(use.vendor, naming), ...use.sites, words.lists.sentence(use.parts)].join(' ').trim()
    case 'source':
    case 'probe':
      return use.source
  }
}

/** 'AWS' and 'EKS' → 'AWS EKS'; what both say is said once: 'Azure Front Door', 'Google Cloud SQL'. */
export function ownedName(owner: string, name: string): string {
  const last = owner.slice(owner.lastIndexOf(' ') + 1)
  const isSaid = name.startsWith(owner)
  return isSaid ? name : owner + (name.startsWith(`${last} `) ? name.slice(last.length) : ` ${name}`)
}

const regionText = (id: string, catalogue: Catalogue): string => {
  const region = catalogue.regions.get(id)
  return region === undefined ? id.slice(id.indexOf('/') + 1) : regionName(region)
}

/** A provider as the page calls it, else as the list of vendors does. */
const ownerName = (id: string, { catalogue, vendors }: Naming): string =>
  catalogue.providers.get(id)?.name ?? vendors.get(id)?.name ?? id

/** The catalogue's name, else the part of the id that says the service. */
const serviceName = (id: ServiceId, { services }: Naming): string =>
  services.get(id)?.name ?? id.slice(id.indexOf('/') + 1)
