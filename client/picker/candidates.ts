import { ascending, firstOf, groupBy } from '../../shared/domain/order.ts'
import { providerOf, type RegionId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import type { Service, ServiceId } from '../../shared/domain/service.ts'
import { isStatusSource, type Source } from '../../shared/domain/source.ts'
import { formatUse, type Stack, type Use } from '../../shared/domain/stack.ts'
import { type Vendor, vendorCategories } from '../../shared/domain/vendor.ts'

/** Something that a reader can tick. `key` is the text of its use, without where and which parts. */
export type Candidate =
  | { kind: 'region'; key: RegionId; region: Region; weight: number }
  /** `places`: regions that were asked for together with it: 'lambda frankfurt'. */
  | { kind: 'service'; key: ServiceId; service: Service; weight: number; places: readonly RegionId[] }
  | { kind: 'vendor'; key: string; vendor: Vendor; weight: number }
  | {
      kind: 'own'
      key: string
      use: Extract<Use, { kind: 'source' | 'probe' | 'stack' }>
      name: string
      weight: number
    }

/** What there is to tick. */
export type World = {
  regions: ReadonlyMap<RegionId, Region>
  services: ReadonlyMap<ServiceId, Service>
  vendors: readonly Vendor[]
}

/** The clouds that most teams use. They come first, and each has a place of its own in the picker. */
export const bigClouds = ['aws', 'azure', 'google'] as const

/** Everything that can be ticked, most used first: by the rank of a service in its cloud, and the size of the cloud. */
export function candidatesOf({ regions, services, vendors }: World): Candidate[] {
  const all: Candidate[] = []
  for (const region of regions.values()) {
    all.push({ kind: 'region', key: region.id, region, weight: cloudWeight(region.provider) + regionWeight(region) })
  }
  for (const service of services.values())
    all.push({
      kind: 'service',
      key: service.id,
      service,
      weight: service.rank + cloudWeight(providerOf(service.id)),
      places: [],
    })
  for (const ofOne of groupBy(vendors, ({ category }) => category).values())
    for (const [at, vendor] of ofOne.entries())
      all.push({ kind: 'vendor', key: vendor.id, vendor, weight: at + (vendor.category === 'cloud' ? 0 : 5) })
  return all.sort(mostUsedFirst)
}

/** What is of this Nephoscope alone: the settings' stacks, sources that are no cloud's and no vendor's, and probes. */
export function ownCandidates(
  { regions, vendors }: Pick<World, 'regions' | 'vendors'>,
  here: { sources: Iterable<Source>; stacks: readonly Pick<Stack, 'id' | 'name'>[] },
): Candidate[] {
  const known = new Set([...vendors.map(({ id }) => id), ...[...regions.values()].map(({ provider }) => provider)])
  const sources = [...here.sources].sort((a, b) => a.name.localeCompare(b.name))
  const named: { use: Extract<Candidate, { kind: 'own' }>['use']; name: string }[] = [
    ...here.stacks.map(({ id, name }) => ({ use: { kind: 'stack', stack: id } as const, name: name || id })),
    ...sources
      .filter(source => isStatusSource(source) && !known.has(source.provider))
      .map(({ id, name }) => ({ use: { kind: 'source', source: id } as const, name })),
    ...sources
      .filter(({ kind }) => kind === 'probe')
      .map(({ id, name }) => ({ use: { kind: 'probe', source: id } as const, name })),
  ]
  return named.map(({ use, name }, weight) => ({ kind: 'own', key: formatUse(use), use, name, weight }))
}

export const mostUsedFirst = firstOf<Candidate>(ascending('weight'), ascending('key'))

/** A big cloud's services stand ten ranks apart from the next one's; those of all others come after theirs. */
function cloudWeight(provider: string): number {
  const at = (bigClouds as readonly string[]).indexOf(provider)
  return at < 0 ? 100 : at * 10
}

/** Of the regions of a cloud the oldest have the most users; those of governments and of China have customers of their own. */
export const regionWeight = ({ code, opened, state, restricted }: Region): number =>
  ((opened ?? 2040) - 2000) / 10 + (state === 'announced' || restricted || apart.test(code) ? 80 : 0)

const apart = /gov|^cn-|^china|^usdod/

/** Candidates under one heading. `id`: 'regions', or a category of services or vendors. */
export type Shelf = { id: string; candidates: Candidate[] }

/** What a cloud has: its regions, then its services by category, the most used category first. */
export function shelvesOfCloud(all: readonly Candidate[], provider: string): Shelf[] {
  const own = all.filter(one => (one.kind === 'region' || one.kind === 'service') && providerOf(one.key) === provider)
  const regions = own.filter(one => one.kind === 'region')
  const byCategory = groupBy(own, one => (one.kind === 'service' ? one.service.category : []))
  return [{ id: 'regions', candidates: regions }, ...shelvesIn(byCategory)].filter(shelf => shelf.candidates.length > 0)
}

/** The vendors by category. */
export function shelvesOfVendors(all: readonly Candidate[]): Shelf[] {
  const shelves = shelvesIn(groupBy(all, one => (one.kind === 'vendor' ? one.vendor.category : [])))
  return shelves.sort(ascending(({ id }) => (vendorCategories as readonly string[]).indexOf(id)))
}

/** What is of this Nephoscope alone, by its kind. */
export const shelvesOfOwn = (all: readonly Candidate[]): Shelf[] =>
  shelvesIn(groupBy(all, one => (one.kind === 'own' ? one.use.kind : [])))

const shelvesIn = (groups: ReadonlyMap<string, Candidate[]>): Shelf[] =>
  [...groups].map(([id, candidates]) => ({ id, candidates }))
