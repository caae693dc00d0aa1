import { onMount, untrack } from 'svelte'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { type Catalogue, providerName, regionName } from '../live/catalogue.ts'
import type { Staleness } from '../live/freshness.ts'
import { askForPops, type PopPlace } from '../regions/pops.ts'
import { lastKnownText, shownState, stateWord } from '../regions/region-words.ts'
import { type FirstWhen, sinceText } from '../ui/time.ts'
import type { Arc, GlobeWords, Place, Pulse } from './place.ts'

type Statuses = ReadonlyMap<RegionId, RegionStatus>

export type GlobePlacesInput = {
  catalogue: Catalogue
  statuses: Statuses
  mine: ReadonlySet<RegionId>
  isStale: boolean
  /** ms since the epoch, of which the statuses are; none: they are those of now. */
  at?: number | undefined
}

/** Longer than a ring lasts. */
const KEEP_PULSES_MS = 2000

/** What a globe or map shows: places, edge locations and pulses. Call it while a component initialises. */
export function globePlacesState(input: () => GlobePlacesInput, ask: (address: string) => Promise<Response>) {
  let known: Place[] = []
  const places = $derived.by(() => {
    const { catalogue, statuses, mine, isStale } = input()
    known = reuseEqual(known, globePlaces(catalogue, statuses, mine, isStale))
    return known
  })
  let pops = $state.raw<PopPlace[]>([])
  let pulses = $state.raw<Pulse[]>([])

  const changed = pulsesSince(untrack(() => places))
  $effect(() => {
    const now = Date.now()
    const added = changed(places, now, input().at)
    if (added.length > 0) pulses = [...untrack(() => pulses).filter(({ at }) => now - at < KEEP_PULSES_MS), ...added]
  })

  onMount(async () => {
    pops = await askForPops(ask)
  })

  return {
    get places() {
      return places
    },
    get pops() {
      return pops
    },
    get pulses() {
      return pulses
    },
  }
}

export const globePlaces = (
  catalogue: Catalogue,
  statuses: Statuses,
  mine: ReadonlySet<RegionId>,
  isStale: boolean,
): Place[] =>
  [...catalogue.regions.values()].map(region => {
    const shown = shownState(region, statuses.get(region.id), isStale)
    return {
      id: region.id,
      name: regionName(region),
      provider: providerName(catalogue, region.provider),
      lat: region.lat,
      lon: region.lon,
      status: shown.status === 'announced' ? 'unknown' : shown.status,
      fresh: !shown.stale,
      announced: shown.status === 'announced',
      mine: mine.has(region.id),
    }
  })

/** `before` if `after` has equal places, so that the globe is not drawn again. */
export const reuseEqual = (before: Place[], after: Place[]): Place[] =>
  before.length === after.length && after.every((place, index) => isSamePlace(place, before[index])) ? before : after

// Object.keys() returns string[]
const isSamePlace = (a: Place, b: Place | undefined): boolean =>
  b !== undefined && (Object.keys(a) as (keyof Place)[]).every(key => a[key] === b[key])

const NO_ARCS: Arc[] = []

export function pairArcs(catalogue: Catalogue, selected: RegionId | null): Arc[] {
  const from = selected === null ? undefined : catalogue.regions.get(selected)
  const to = from?.pair ? catalogue.regions.get(from.pair) : undefined
  return from && to ? [{ from, to }] : NO_ARCS
}

/**
 * Returns a function that tells what changed since it was called last. Places of another time than now, and those that
 * are back from it, tell of no event. Times in ms since the epoch.
 */
export function pulsesSince(first: readonly Place[]) {
  let before = { places: first, isLive: true }
  return (places: readonly Place[], now: number, at?: number): Pulse[] => {
    const isLive = at === undefined
    const pulses = isLive && before.isLive ? pulsesBetween(before.places, places, now) : []
    before = { places, isLive }
    return pulses
  }
}

/** A pulse for each place whose status changed. `at` in ms since the epoch. */
export function pulsesBetween(before: readonly Place[], after: readonly Place[], at: number): Pulse[] {
  const known = new Map(before.map(place => [place.id, place.status]))
  return after.flatMap(({ id, status }) => {
    const was = known.get(id)
    return was === undefined || was === status ? [] : [{ placeId: id, status, at }]
  })
}

export const globeWords = (statuses: Statuses, staleness: Staleness, when: FirstWhen): GlobeWords => ({
  ...when.words.globe,
  stateOf: ({ id, status, announced }) =>
    announced ? when.words.globe.announced : stateWord({ status, stale: false }, when.words, statuses.get(id)),
  sinceOf: id => {
    const status = statuses.get(id)
    if (staleness.isStale || status?.status === 'unknown') return lastKnownText(status, staleness.since, when)
    return status?.since ? sinceText(status.since, when) : null
  },
})
