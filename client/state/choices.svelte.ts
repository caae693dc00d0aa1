import { Instant, RegionId } from '../../shared/domain/primitives.ts'

export const themes = ['auto', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
export type ZoneChoice = 'local' | 'utc'

export type Choices = ReturnType<typeof choicesState>

/** What this reader chose on this device: theme, zone, their own regions, and up to when they know the news. `storage` may be forbidden: null. */
export function choicesState(storage: Storage | null, localZone: string) {
  let theme = $state<Theme>(oneOf(themes, storage?.getItem('nephoscope.theme')))
  let zone = $state<ZoneChoice>(oneOf(['local', 'utc'], storage?.getItem('nephoscope.zone')))
  let keys = $state(storage?.getItem('nephoscope.keys') !== 'off')
  let chosen = $state.raw<ReadonlySet<RegionId> | null>(readMine(storage?.getItem('nephoscope.mine')))
  let office = $state.raw<ReadonlySet<RegionId>>(new Set())
  const mine = $derived(chosen ?? office)
  let newsLeftAt = $state<Instant | null>(Instant.safeParse(storage?.getItem('nephoscope.news')).data ?? null)

  return {
    get theme() {
      return theme
    },
    set theme(next) {
      theme = next
      storage?.setItem('nephoscope.theme', next)
    },
    get zone() {
      return zone
    },
    set zone(next) {
      zone = next
      storage?.setItem('nephoscope.zone', next)
    },
    /** The IANA name of the chosen zone. */
    get zoneName() {
      return zone === 'utc' ? 'UTC' : localZone
    },
    localZone,
    /** When the reader last left the news; null where they never did. */
    get newsLeftAt() {
      return newsLeftAt
    },
    set newsLeftAt(instant) {
      newsLeftAt = instant
      if (instant !== null) storage?.setItem('nephoscope.news', instant)
    },
    /** Whether single keys are shortcuts. */
    get keys() {
      return keys
    },
    set keys(next) {
      keys = next
      storage?.setItem('nephoscope.keys', next ? 'on' : 'off')
    },
    /** The reader's own regions, in the order in which they were pinned; until they choose, those of the office. */
    get mine() {
      return mine
    },
    /** Tells which regions the office named. */
    set office(regions: readonly RegionId[]) {
      office = new Set(regions)
    },
    togglePin(region: RegionId) {
      const next = new Set(mine)
      if (!next.delete(region)) next.add(region)
      chosen = next
      storage?.setItem('nephoscope.mine', [...next].join(' '))
    },
  }
}

function oneOf<T extends string>(values: readonly [T, ...T[]], stored: string | null | undefined): T {
  return values.find(value => value === stored) ?? values[0]
}

const readMine = (stored: string | null | undefined): Set<RegionId> | null =>
  typeof stored === 'string' ? new Set(stored.split(' ').filter(id => RegionId.safeParse(id).success)) : null
