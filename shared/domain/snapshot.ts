import { z } from 'zod'
import { type Channel, type CountryOf, reaches } from './channels.ts'
import {
  type CollectionName,
  collectionNames,
  collections,
  mapCollections,
  type PerCollection,
  type Records,
} from './collections.ts'
import { OfficeSettings } from './notice.ts'
import { Instant } from './primitives.ts'
import { Provider, Region } from './region.ts'
import { channelOfStack, isInStack, type StacksOf } from './stack-channels.ts'
import { type CollectionMaps, emptyView, type View } from './view.ts'

export type CollectionLists = PerCollection<'list'>

/** The whole state as one value. A client goes on with the events after `head`. */
export const Snapshot = z.object({
  build: z.string(),
  head: z.string(),
  at: Instant,
  ...OfficeSettings.shape,
  workersAt: Instant.nullable(),
  providers: z.array(Provider),
  regions: z.array(Region),
  ...mapCollections<'listSchema'>(name => z.array(collections[name].record)),
})
export type Snapshot = z.infer<typeof Snapshot>

export type SnapshotFrame = Pick<Snapshot, 'build' | 'at' | 'workersAt' | 'providers' | 'regions'>

/** What the server sends of a view: each collection in its order, without what no reader needs. */
export function takeSnapshot(view: View, { build, at, workersAt, providers, regions }: SnapshotFrame): Snapshot {
  return {
    build,
    head: view.head,
    at,
    ...view.settings,
    workersAt,
    providers,
    regions,
    ...mapCollections<'list'>(name => collections[name].inSnapshot(listOf(view, name))),
  }
}

/** A snapshot of everything in the view: `viewOf` makes an equal view of it. */
export const copyView = (view: View, frame: SnapshotFrame): Snapshot => ({
  ...frame,
  head: view.head,
  ...view.settings,
  ...mapCollections<'list'>(name => listOf(view, name)),
})

export function viewOf(snapshot: Snapshot): View {
  const { head, simulated, stacks, walls, roundTrips } = snapshot
  const view: View = { ...emptyView(), head, settings: { simulated, stacks, walls, roundTrips } }
  for (const name of collectionNames) fill(view, name, snapshot)
  return view
}

/** What the channels of a record depend on beside the record itself. */
export type ChannelFacts = { countryOf: CountryOf; stacksOf: StacksOf }

/** Whether the events of a record are told in one of these channels. */
export function isTold<Name extends CollectionName>(
  name: Name,
  record: Records[Name],
  wanted: ReadonlySet<Channel>,
  { countryOf, stacksOf }: ChannelFacts,
): boolean {
  if (reaches(collections[name].channels(record, countryOf), wanted)) return true
  return isInStack(wanted) && stacksOf[name](record).some(id => wanted.has(channelOfStack(id)))
}

/** The records whose events these channels carry. Providers and regions stay, as records refer to them. */
export function narrow(snapshot: Snapshot, channels: readonly Channel[], facts: ChannelFacts): Snapshot {
  const wanted = new Set(channels)
  if (wanted.has('all')) return snapshot
  const lists: CollectionLists = snapshot
  const isOfStacks = channels.length > 0 && channels.every(channel => channel.startsWith('stack/'))
  return {
    ...snapshot,
    // whoever follows stacks alone is told of no other
    ...(isOfStacks && { stacks: snapshot.stacks.filter(({ id }) => wanted.has(channelOfStack(id))), walls: {} }),
    ...mapCollections<'list'>(name => lists[name].filter(record => isTold(name, record, wanted, facts))),
  }
}

const listOf = <Name extends CollectionName>(maps: CollectionMaps, name: Name): Records[Name][] => [
  ...maps[name].values(),
]

function fill<Name extends CollectionName>(maps: CollectionMaps, name: Name, lists: CollectionLists): void {
  for (const record of lists[name]) maps[name].set(collections[name].id(record), record)
}
