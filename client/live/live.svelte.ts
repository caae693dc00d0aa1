import {
  byCollection,
  type CollectionName,
  mapCollections,
  type PerCollection,
  type Records,
} from '../../shared/domain/collections.ts'
import { addLongTexts } from '../../shared/domain/compact-snapshot.ts'
import type { Event, EventId } from '../../shared/domain/events.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import { defaultSettings, type OfficeSettings } from '../../shared/domain/notice.ts'
import type { Instant, RecordId } from '../../shared/domain/primitives.ts'
import { copyView, type Snapshot, viewOf } from '../../shared/domain/snapshot.ts'
import type { Pulse } from '../../shared/domain/socket-protocol.ts'
import {
  applyEvent,
  type CollectionMaps,
  changedParts,
  emptyView,
  type ViewPart,
  viewLimits,
  viewParts,
} from '../../shared/domain/view.ts'
import type { Ask } from './answer-to.ts'
import { type Catalogue, emptyCatalogue, withWatched } from './catalogue.ts'
import { type ConnectionDeps, openConnection, type Phase } from './connection.ts'
import { type ConnectionState, isSkewSure, skewOf, withReading } from './freshness.ts'
import type { LastKnown } from './last-known.ts'
import { listedParts } from './listed-parts.svelte.ts'
import type { Memory } from './memory.ts'
import { fetchWithToken } from './snapshot-request.ts'

export type LiveState = ReturnType<typeof liveState>

type IncidentMap = ReadonlyMap<RecordId, Incident>

export type LiveListener = {
  /** A batch of events, after it is applied. */
  events(events: readonly Event[]): void
  /** Everything was replaced by a snapshot that holds all up to this event. */
  snapshot(head: EventId): void
  /** Live incidents changed, through events or a new snapshot. */
  incidents(before: IncidentMap, after: IncidentMap): void
}

/**
 * All data of the page, kept current. One view is changed in place; after each batch only the collections that changed
 * become new maps, so that only their parts of the page are redrawn. Until the first snapshot it is what the memory
 * holds, which counts as stale.
 */
export function liveState(deps: ConnectionDeps, memory: Memory, on: LiveListener) {
  let view = emptyView()
  /** The records that came with all texts since the snapshot. */
  let completeIds = new Set<RecordId>()

  let phase = $state.raw<Phase>({ kind: 'connecting' })
  /** Of the snapshot; `catalogue` is its watched part. */
  let fullCatalogue = emptyCatalogue
  let catalogue = $state.raw<Catalogue>(emptyCatalogue)
  let allRegions = $state.raw(emptyCatalogue.regions)
  let isLoaded = $state(false)
  let settings = $state.raw<OfficeSettings>(defaultSettings)
  let build = $state<string | null>(null)
  let servedBuild = $state<string | null>(null)
  let dropped = $state(0)
  let skew = $state(0)
  let sureSkew = $state(0)
  let readings: readonly number[] = []
  let latency = 0
  let lastHeardAt = $state<number | null>(null)
  let pulse = $state.raw<Pick<Pulse, 'at' | 'workersAt'> | null>(null)
  /** Until when remembered data was current; null once data is live. */
  let rememberedAt = $state<Instant | null>(null)

  const ask: Ask = address => fetchWithToken(deps, address)
  const parts = listedParts(ask)

  /** One signal for each collection; the maps themselves are not reactive. */
  const shown = $state<CollectionMaps>(mapCollections<'map'>(() => new Map()))

  const show = (changed: Iterable<ViewPart>) => {
    for (const part of new Set(changed)) {
      if (part === 'settings') settings = view.settings
      else showCollection(shown, view, part)
      if (part === 'sources') catalogue = withWatched(fullCatalogue, view.sources.values())
    }
  }

  const setClock = (serverAt: string) => {
    readings = withReading(readings, Date.parse(serverAt), deps.now(), latency)
    skew = skewOf(readings, skew)
    if (isSkewSure(readings)) sureSkew = skew
  }

  const replaceAll = (snapshot: Snapshot) => {
    view = viewOf(snapshot)
    fullCatalogue = {
      providers: new Map(snapshot.providers.map(provider => [provider.id, provider])),
      regions: new Map(snapshot.regions.map(region => [region.id, region])),
    }
    allRegions = fullCatalogue.regions
    isLoaded = true
    show(viewParts)
  }

  /** The state to remember; null unless a worker was alive to vouch for it. */
  const lastKnown = (): LastKnown | null => {
    if (!pulse?.workersAt || build === null) return null
    const frame = {
      build,
      ...pulse,
      providers: [...fullCatalogue.providers.values()],
      regions: [...fullCatalogue.regions.values()],
    }
    return { snapshot: copyView(view, frame), asOf: pulse.workersAt }
  }

  const connection = openConnection(deps, {
    phase: next => {
      phase = next
      if (next.kind === 'locked') memory.forget()
    },
    snapshot: snapshot => {
      const before = isLoaded && rememberedAt === null ? shown.incidents : null
      build ??= snapshot.build
      pulse = { at: snapshot.at, workersAt: snapshot.workersAt }
      rememberedAt = null
      setClock(snapshot.at)
      completeIds = new Set()
      parts.forget()
      replaceAll(snapshot)
      memory.changed(lastKnown)
      on.snapshot(snapshot.head)
      if (before) on.incidents(before, shown.incidents)
    },
    texts: texts => {
      addLongTexts(view, texts, completeIds)
      show(['incidents', 'articles'])
      memory.changed(lastKnown)
    },
    events: events => {
      const changed: ViewPart[] = []
      const applied = events.filter(event => applyEvent(view, event, viewLimits))
      for (const event of applied) {
        changed.push(...changedParts(event.type))
        if ('id' in event.data) completeIds.add(event.data.id)
      }
      const before = shown.incidents
      show(changed)
      memory.changed(lastKnown)
      on.events(applied)
      if (before !== shown.incidents) on.incidents(before, shown.incidents)
    },
    pulse: next => {
      pulse = next
      setClock(next.at)
      if (next.workersAt !== null) memory.seen(next.workersAt)
    },
    heard: () => {
      lastHeardAt = deps.now()
    },
    version: next => {
      servedBuild = next
    },
    latency: ms => {
      latency = ms
    },
    dropped: count => {
      dropped = count
    },
  })

  void memory.recall().then(known => {
    if (known === null || isLoaded || phase.kind === 'locked') return
    rememberedAt = known.asOf
    replaceAll(known.snapshot)
  })

  const live = {
    get phase() {
      return phase
    },
    get isLoaded() {
      return isLoaded
    },
    get isSimulated() {
      return settings.simulated
    },
    /** What the teams of the office run on. */
    get stacks() {
      return settings.stacks
    },
    /** Whether this browser may measure round trips to the probes' endpoints; no document that takes no token says so. */
    get roundTrips() {
      return settings.roundTrips && deps.token() === null
    },
    get walls() {
      return settings.walls
    },
    /** Whether another build serves since this page was loaded. */
    get isOutdated() {
      return build !== null && servedBuild !== null && build !== servedBuild
    },
    /** The build that serves now; null before the server said it. */
    get servedBuild() {
      return servedBuild
    },
    /** The build that this page was loaded with; null before the first snapshot. */
    get build() {
      return build
    },
    /** Until when the data is known to be current; null without data. */
    get asOf() {
      return rememberedAt ?? (isLoaded ? (pulse?.workersAt ?? null) : null)
    },
    get dropped() {
      return dropped
    },
    /** When the last message came, in ms by our clock; null before the first. */
    get lastHeardAt() {
      return lastHeardAt
    },
    /** The server's clock minus ours, in ms; 0 while they agree. */
    get skew() {
      return skew
    },
    /** The same, once several readings agree: what may be said of this screen's clock. */
    get sureSkew() {
      return sureSkew
    },
    get connection(): ConnectionState {
      const phaseSince = rememberedAt === null ? null : Date.parse(rememberedAt)
      if (phaseSince !== null) return { phase: 'remembered', phaseSince, lastHeardAt, serverAt: null, workersAt: null }
      return {
        phase: phase.kind === 'live' || phase.kind === 'reconnecting' ? phase.kind : 'connecting',
        phaseSince: 'since' in phase ? phase.since + skew : 0,
        lastHeardAt: lastHeardAt === null ? null : lastHeardAt + skew,
        serverAt: pulse?.at ?? null,
        workersAt: pulse?.workersAt ?? null,
      }
    },
    get catalogue() {
      return catalogue
    },
    /** Every region, of providers that are not watched too; empty before the first snapshot. */
    get allRegions() {
      return allRegions
    },
    wake: connection.wake,
    extend: connection.extend,
    ask,
    /** The names of all parts that a source lists; null until they are known. */
    partsOf: parts.of,
  }
  const getters = byCollection(name => ({ enumerable: true, get: () => shown[name] }))
  // `defineProperties` does not type what it adds, such as `live.incidents`
  return Object.defineProperties(live, getters) as typeof live & Collections
}

type Collections = { readonly [Name in CollectionName]: ReadonlyMap<string, Records[Name]> }

function showCollection<Name extends CollectionName>(
  shown: PerCollection<'map', Name>,
  view: CollectionMaps,
  name: Name,
) {
  shown[name] = new Map(view[name])
}
