import { z } from 'zod'
import { parseChannel } from '../../shared/domain/channels.ts'
import { concerns } from '../../shared/domain/concerns.ts'
import { UNWATCHED_MS } from '../../shared/domain/history.ts'
import { type Incident, isActive, isFaded } from '../../shared/domain/incident.ts'
import { didYouMean } from '../../shared/domain/nearest.ts'
import { partName, partStrength } from '../../shared/domain/part-names.ts'
import { sourceOf } from '../../shared/domain/primitives.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import { Service } from '../../shared/domain/service.ts'
import { Snapshot, viewOf } from '../../shared/domain/snapshot.ts'
import { watchedProviders } from '../../shared/domain/source.ts'
import { formatUse, parseUse, type Stack, type Use, usesOf } from '../../shared/domain/stack.ts'
import { asItIsNow, stackStatus } from '../../shared/domain/stack-status.ts'
import { Component, type Status } from '../../shared/domain/status.ts'
import { VendorList } from '../../shared/domain/vendor.ts'
import { factsOfList } from '../../shared/vendors/vendor-facts.ts'
import { Refusal, type Server } from './server.ts'

/** All that a status is made of, as the server has it now. */
export type World = {
  snapshot: Snapshot
  regions: ReadonlyMap<string, Snapshot['regions'][number]>
  services: ReadonlyMap<string, Service>
  vendors: ReadonlyMap<string, string>
  facts: StackFacts
}

/** What changes with a release only. */
export type Names = { services: Service[]; vendorList: VendorList }

export const loadNames = async (server: Server): Promise<Names> => {
  const [{ services }, vendorList] = await Promise.all([
    server.get('api/services', {}, z.object({ services: z.array(Service) })),
    server.get('api/vendors', {}, VendorList),
  ])
  return { services, vendorList }
}

/** What a status depends on: everything but the news. */
export const STATUS_CHANNELS = ['status', 'sources']

export async function loadWorld(server: Server, { services, vendorList }: Names): Promise<World> {
  const snapshot = await server.get('api/snapshot', { channels: STATUS_CHANNELS.join(',') }, Snapshot)
  const serviceMap = new Map(services.map(one => [one.id, one]))
  return {
    snapshot,
    regions: new Map(snapshot.regions.map(one => [one.id, one])),
    services: serviceMap,
    vendors: namesOfVendors(snapshot, vendorList),
    facts: {
      stacks: new Map(snapshot.stacks.map(one => [one.id, one])),
      services: serviceMap,
      ...factsOfList(vendorList),
    },
  }
}

/** The list's, then whoever else is watched by the name of its source, then the clouds. */
const namesOfVendors = ({ sources, providers }: Snapshot, { vendors }: VendorList): Map<string, string> =>
  new Map(
    [
      ...vendors,
      ...sources.map(({ provider, name }) => ({ id: provider, name })),
      ...vendors, // a vendor's own name counts more than that of a source of it
      ...providers,
    ].map(({ id, name }) => [id, name]),
  )

/**
 * What was written → a use: `aws/lambda@eu-west-1`, `aws`, `stripe`, `github[Actions]`, `stack/shop`, or a channel that
 * means one. @throws {Refusal} with the nearest name, where there is none of this
 */
export function readUse(written: string, world: World): Use {
  // names are in lower case; those of a page's parts are as the page writes them
  const lower = written.trim().replace(/^[^[]*/, name => name.toLowerCase())
  const parsed = parseUse(useOfChannel(lower), world.regions)
  if (!parsed.ok) throw new Refusal(`'${written.slice(0, 100)}' ${parsed.error}`)
  const use = parsed.value
  const { facts, services, regions, vendors, snapshot } = world
  const refuse = (what: string, candidates: Iterable<string>, mend: string) => {
    const id = formatUse(use)
    throw new Refusal(`there is no ${what} '${id.slice(0, 100)}'${didYouMean(id, candidates) || `: ${mend}`}`)
  }
  if (use.kind === 'service' && !services.has(use.service)) {
    const [provider = '', name = ''] = use.service.split('/')
    const near = didYouMean(use.service, [...services.keys(), ...regions.keys()])
    const mend = vendors.has(provider)
      ? `'nephoscope regions --provider ${provider}' lists its regions`
      : 'see GET /api/services'
    throw new Refusal(`there is no region or service '${provider}/${name}'${near || `: ${mend}`}`)
  }
  if (use.kind === 'vendor' && !vendors.has(use.vendor))
    refuse('vendor', vendors.keys(), "'npm run vendors -- find' lists them")
  if (use.kind === 'stack' && !facts.stacks.has(use.stack))
    refuse(
      'stack',
      [...facts.stacks.keys()].map(id => `stack/${id}`),
      "'nephoscope stack' lists them",
    )
  if ((use.kind === 'source' || use.kind === 'probe') && !snapshot.sources.some(({ id }) => id === use.source))
    refuse(
      use.kind,
      snapshot.sources.map(({ id }) => `${use.kind}/${id}`),
      'see GET /api/sources',
    )
  return use
}

function useOfChannel(written: string): string {
  const parsed = parseChannel(written)
  if (!parsed.ok) return written
  switch (parsed.value.kind) {
    case 'region':
      return parsed.value.region
    case 'service':
      return parsed.value.service
    case 'regionService':
      return `${parsed.value.service}@${parsed.value.region.split('/')[1]}`
    case 'provider':
      return parsed.value.provider
    case 'vendor':
      return parsed.value.vendor
    case 'country':
      throw new Refusal(
        `'${written}' has many regions: 'nephoscope regions --country ${parsed.value.country}' lists them`,
      )
    case 'stack':
      return written
    default:
      throw new Refusal(`'${written}' has no status: name a region, a service, a vendor or a stack`)
  }
}

/** How something does: a record for programs, and what a person is shown. */
export type Standing = {
  what: string
  name: string
  status: Status
  /** Since when a region is so; null where nobody says. */
  since: string | null
  /** What it was when it was last known; null while it is known. */
  lastKnown: { status: Status; at: string } | null
  /** What is wrong with it now, worst first. */
  incidents: Pick<Incident, 'id' | 'title' | 'status' | 'impact' | 'startedAt' | 'url'>[]
  /** Sources of it without news. */
  silent: string[]
  /** Uses that no source reports on. */
  unwatched: string[]
}

/** How a use does now. @param parts of its vendor, well or not; needed where the use names some */
export function standingOf(use: Use, world: World, parts: readonly Component[] = []): Standing {
  const { snapshot, facts } = world
  const now = Date.parse(snapshot.at)
  const view = {
    ...viewOf(snapshot),
    partsOf: ({ id }: { id: string }) => parts.filter(part => sourceOf(part.id) === id).map(partName),
  }
  const stack = stackOf(use, world)
  if (isCloud(use, world)) for (const [id, one] of view.incidents) if (isOfRegions(one)) view.incidents.delete(id)
  const { status, silent, unwatched } = stackStatus(stack, view, facts, now)
  const isWatched = snapshot.workersAt !== null && now - Date.parse(snapshot.workersAt) <= UNWATCHED_MS
  const region = use.kind === 'region' ? view.statuses.get(use.region) : undefined
  const lastKnown =
    region?.lastKnown ??
    (!isWatched && region && snapshot.workersAt ? { status: region.status, at: snapshot.workersAt } : null)
  return {
    what: formatUse(use),
    name: nameOf(use, world),
    status: isWatched ? status : 'unknown',
    since: isWatched && status !== 'unknown' ? (region?.since ?? null) : null,
    lastKnown: lastKnown && { status: lastKnown.status, at: lastKnown.at },
    incidents: snapshot.incidents
      .filter(one => isActive(one) && !isFaded(one, now))
      .filter(one => concerns(stack, asItIsNow(one), facts).some(({ strength }) => strength !== 'possible'))
      .sort(worstFirst)
      .map(({ id, title, status, impact, startedAt, url }) => ({ id, title, status, impact, startedAt, url })),
    silent: silent.map(({ id }) => id),
    unwatched: unwatched.map(formatUse),
  }
}

/** A cloud is its regions, by the breadth of what is wrong there, and what is in no region. */
function stackOf(use: Use, world: World): Stack {
  if (use.kind === 'stack') return world.facts.stacks.get(use.stack) ?? { id: 'none', name: '', uses: [] }
  const uses: Use[] = [use]
  if (isCloud(use, world))
    for (const { id, provider, state } of world.regions.values())
      if (provider === use.vendor && state !== 'announced') uses.push({ kind: 'region', region: id })
  return { id: 'asked', name: '', uses }
}

const isCloud = (use: Use, { snapshot }: World): use is Extract<Use, { kind: 'vendor' }> =>
  use.kind === 'vendor' && use.parts.length === 0 && snapshot.providers.some(({ id }) => id === use.vendor)

const isOfRegions = ({ scope, regions }: Incident): boolean => scope === 'regional' && regions.length > 0

function nameOf(use: Use, { snapshot, regions, services, vendors, facts }: World): string {
  switch (use.kind) {
    case 'region':
      return regions.get(use.region)?.name ?? use.region
    case 'service':
      return services.get(use.service)?.name ?? use.service
    case 'vendor':
      return vendors.get(use.vendor) ?? use.vendor
    case 'stack':
      return facts.stacks.get(use.stack)?.name ?? use.stack
    default:
      return snapshot.sources.find(({ id }) => id === use.source)?.name ?? use.source
  }
}

/** How each of these does; without any, each stack and whatever is watched. */
export async function readStandings(server: Server, written: readonly string[], names?: Names): Promise<Standing[]> {
  const world = await loadWorld(server, names ?? (await loadNames(server)))
  const uses = written.length > 0 ? written.map(one => readUse(one, world)) : everything(world)
  return Promise.all(
    uses.map(async use => {
      const parts = await partsOf(use, world, server)
      refuseUnknownPart(use, parts, world)
      return standingOf(use, world, parts)
    }),
  )
}

/** A page that was not read yet has no parts, and says nothing of the names. @throws {Refusal} */
function refuseUnknownPart(use: Use, parts: readonly Component[], { vendors }: World): void {
  if (use.kind !== 'vendor' || parts.length === 0) return
  const names = parts.map(partName)
  const unknown = use.parts.find(part => names.every(name => partStrength(part, name) === null))
  if (unknown === undefined) return
  const owner = vendors.get(use.vendor) ?? use.vendor
  const near = didYouMean(unknown, new Set(parts.map(({ name }) => name)))
  throw new Refusal(`there is no part '${unknown}' of ${owner}${near || ': its page lists them'}`)
}

const everything = ({ snapshot }: World): Use[] => [
  ...snapshot.stacks.map(({ id }): Use => ({ kind: 'stack', stack: id })),
  ...[...watchedProviders(snapshot.sources)]
    .sort()
    .map((vendor): Use => ({ kind: 'vendor', vendor, sites: [], parts: [] })),
]

/** The parts that the pages of named vendors list: a snapshot has only those in trouble. */
async function partsOf(use: Use, world: World, server: Server): Promise<Component[]> {
  const uses = usesOf(stackOf(use, world), world.facts.stacks).map(one => one.use)
  const vendors = new Set(uses.flatMap(one => (one.kind === 'vendor' && one.parts.length > 0 ? [one.vendor] : [])))
  const lists = await Promise.all(
    [...vendors].map(provider =>
      server.get('api/components', { provider }, z.object({ components: z.array(Component) })),
    ),
  )
  return lists.flatMap(({ components }) => components)
}
