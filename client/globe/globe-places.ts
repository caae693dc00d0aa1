import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { type Catalogue, providerName, regionName } from '../live/catalogue.ts'
import { faceOf, lastKnownText, type Staleness } from '../regions/region-words.ts'
import { sinceText, type When } from '../ui/time.ts'
import type { Arc, GlobeWords, Place, Pulse } from './place.ts'

type Statuses = ReadonlyMap<RegionId, RegionStatus>

/** All regions as the globe takes them. `stale`: the page as a whole has fallen behind. */
export const globePlaces = (
  catalogue: Catalogue,
  statuses: Statuses,
  mine: ReadonlySet<RegionId>,
  stale: boolean,
): Place[] =>
  [...catalogue.regions.values()].map(region => {
    const face = faceOf(region, statuses.get(region.id), stale)
    return {
      id: region.id,
      name: regionName(region),
      provider: providerName(catalogue, region.provider),
      lat: region.lat,
      lon: region.lon,
      status: face.status === 'announced' ? 'unknown' : face.status,
      fresh: !face.stale,
      announced: face.status === 'announced',
      mine: mine.has(region.id),
    }
  })

/** `before` where `after` says the same of the same places, so that nothing is drawn anew for it. */
export const sameOr = (before: Place[], after: Place[]): Place[] =>
  before.length === after.length && after.every((place, index) => samePlace(place, before[index])) ? before : after

const samePlace = (a: Place, b: Place | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.name === b.name &&
  a.provider === b.provider &&
  a.lat === b.lat &&
  a.lon === b.lon &&
  a.status === b.status &&
  a.fresh === b.fresh &&
  a.announced === b.announced &&
  a.mine === b.mine

const NO_ARCS: Arc[] = []

/** The way from a region to its pair; none where it has none. */
export function pairArcs(catalogue: Catalogue, selected: RegionId | null): Arc[] {
  const from = selected === null ? undefined : catalogue.regions.get(selected)
  const to = from?.pair ? catalogue.regions.get(from.pair) : undefined
  return from && to ? [{ from, to }] : NO_ARCS
}

/** What changed between two pictures of the same places, as of `at` (ms). */
export function pulsesBetween(before: readonly Place[], after: readonly Place[], at: number): Pulse[] {
  const known = new Map(before.map(place => [place.id, place.status]))
  return after.flatMap(({ id, status }) => {
    const was = known.get(id)
    return was === undefined || was === status ? [] : [{ placeId: id, status, at }]
  })
}

/** What the globe says of places, as of now. */
export const globeWords = (statuses: Statuses, stale: Staleness, when: When): GlobeWords => ({
  ...when.words.globe,
  status: when.words.states.label,
  sinceOf: id => {
    const status = statuses.get(id)
    if (stale.picture || status?.status === 'unknown') return lastKnownText(status, stale.since, when)
    return status?.since ? sinceText(status.since, when) : null
  },
})
