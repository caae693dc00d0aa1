import type { Channel } from './channels.ts'
import type { CollectionName, Records } from './collections.ts'
import type { Event } from './events.ts'
import type { Incident } from './incident.ts'
import { providerOf, type RecordId, type RegionId, sourceOf } from './primitives.ts'
import type { StackFacts } from './reason.ts'
import { type SimpleUse, type Stack, usesOf } from './stack.ts'
import { indexStacks } from './stack-index.ts'
import { providerOfUse } from './stack-status.ts'

/** The ids of the stacks that a record concerns, with any strength. */
export type StacksOf = { [Name in CollectionName]: (record: Records[Name]) => readonly string[] }

/** Which stacks hear of what. Made anew when the stacks change. */
export type StackChannels = {
  ids: readonly string[]
  of: StacksOf
  /** The event with `stack/<id>` of each stack that hears of it. */
  address(event: Event): Event
}

/**
 * What a stack hears: incidents and articles that concern it; the status of the regions that it names, or that its
 * vendors' sites run in, and of all regions of a cloud that it uses as a whole; parts and health of all sources of its
 * providers; its own sources and probes; what the office does about its incidents. Not the settings, which name all
 * stacks: whoever follows one starts anew when they change. Pure, as far as `incidentOf` is.
 * @param incidentOf an incident that is known now
 */
export function stackChannels(
  stacks: readonly Stack[],
  facts: StackFacts,
  incidentOf: (id: RecordId) => Incident | undefined = () => undefined,
): StackChannels {
  const ids = stacks.map(({ id }) => id)
  const heard = { regions: lookup(), wholes: lookup(), providers: lookup(), sources: lookup() }
  for (const stack of stacks)
    for (const { use } of usesOf(stack, facts.stacks)) {
      const provider = providerOfUse(use)
      if (provider !== null) heard.providers.add(provider, stack.id)
      if (use.kind === 'vendor' && use.parts.length === 0) heard.wholes.add(use.vendor, stack.id)
      if (use.kind === 'source' || use.kind === 'probe') heard.sources.add(use.source, stack.id)
      for (const region of regionsOf(use, facts)) heard.regions.add(region, stack.id)
    }
  const ofRegion = (region: RegionId) => union(heard.regions.of(region), heard.wholes.of(providerOf(region)))
  const ofSource = (id: string, provider: string) => union(heard.sources.of(id), heard.providers.of(provider))
  const concerned = remembered(indexStacks(stacks, facts))
  const of: StacksOf = {
    statuses: ({ region }) => ofRegion(region),
    incidents: concerned,
    components: ({ id, provider }) => ofSource(sourceOf(id), provider),
    articles: concerned,
    sources: ({ id, provider }) => ofSource(id, provider),
    probes: ({ id, region }) => union(heard.sources.of(id), ofRegion(region)),
    notices: () => [],
    // the notes of one team are not for those who may read of another alone
    handlings({ id }) {
      const incident = incidentOf(id)
      return incident === undefined ? [] : concerned(incident)
    },
  }
  const ofEvent = (event: Event): readonly string[] => {
    switch (event.type) {
      case 'incident.opened':
      case 'incident.updated':
      case 'incident.resolved':
        return of.incidents(event.data)
      case 'article.published':
      case 'article.updated':
        return of.articles(event.data)
      case 'region.status':
        return of.statuses(event.data)
      case 'source.health':
        return of.sources(event.data)
      case 'probe.changed':
        return of.probes(event.data)
      case 'components.updated': {
        const { upserted, removed } = event.data
        const sources = new Set([...upserted.map(({ id }) => id), ...removed].map(sourceOf))
        const providers = event.channels.flatMap(channel => /^provider\/(.+)$/.exec(channel)?.[1] ?? [])
        return union(...[...sources].map(heard.sources.of), ...providers.map(heard.providers.of))
      }
      // a stack may have been told of a record that its source owned
      case 'source.removed':
        return ids
      case 'handling.changed':
        return of.handlings(event.data)
      case 'office.changed':
      case 'notice.posted':
      case 'notice.withdrawn':
      case 'audit.noted':
        return []
    }
  }
  return {
    ids,
    of,
    address(event) {
      const its = ofEvent(event)
      return its.length === 0 ? event : { ...event, channels: [...event.channels, ...its.map(channelOfStack)] }
    },
  }
}

export const channelOfStack = (id: string): string => `stack/${id}`

export function isInStack(channels: Iterable<Channel>): boolean {
  for (const channel of channels) if (channel.startsWith('stack/')) return true
  return false
}

/** The regions that a use names, and those that a vendor's chosen sites run in. */
function regionsOf(use: SimpleUse, { dependencies }: StackFacts): RegionId[] {
  if (use.kind === 'region') return [use.region]
  if (use.kind === 'service') return use.regions
  if (use.kind === 'vendor')
    return use.sites.flatMap(site => dependencies(use.vendor, site).map(({ region }) => region))
  return []
}

/** Records are never changed in place, and thousands of clients may be reset together. */
function remembered<R extends object>(find: (record: R) => readonly string[]): (record: R) => readonly string[] {
  const known = new WeakMap<R, readonly string[]>()
  return record => {
    const found = known.get(record) ?? find(record)
    known.set(record, found)
    return found
  }
}

/** The ids of stacks by what they hear of. */
function lookup() {
  const found = new Map<string, Set<string>>()
  return {
    add(key: string, id: string): void {
      found.set(key, (found.get(key) ?? new Set()).add(id))
    },
    of: (key: string): string[] => [...(found.get(key) ?? [])],
  }
}

const union = (...lists: readonly string[][]): string[] => [...new Set(lists.flat())]
