import { onMount, untrack } from 'svelte'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import type { Catalogue } from '../live/catalogue.ts'
import { askForPops, type PopPlace } from '../regions/pops.ts'
import { globePlaces, pulsesBetween, sameOr } from './globe-places.ts'
import type { Place, Pulse } from './place.ts'

export type EarthInput = {
  catalogue: Catalogue
  statuses: ReadonlyMap<RegionId, RegionStatus>
  mine: ReadonlySet<RegionId>
  /** The page as a whole has fallen behind. */
  stale: boolean
}

/** Longer than a ring lasts, ms. */
const KEEP_PULSES = 2000

/** What a globe or a map shows: places, edge locations, and what has just changed. To be made while a component begins. */
export function earthState(input: () => EarthInput, ask: (address: string) => Promise<Response>) {
  let known: Place[] = []
  const places = $derived.by(() => {
    const { catalogue, statuses, mine, stale } = input()
    known = sameOr(known, globePlaces(catalogue, statuses, mine, stale))
    return known
  })
  let pops = $state.raw<PopPlace[]>([])
  let pulses = $state.raw<Pulse[]>([])

  let drawn = untrack(() => places)
  $effect(() => {
    const now = Date.now()
    const fresh = pulsesBetween(drawn, places, now)
    drawn = places
    if (fresh.length > 0) pulses = [...untrack(() => pulses).filter(({ at }) => now - at < KEEP_PULSES), ...fresh]
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
