import { Instant, type RegionId } from '../../shared/domain/primitives.ts'
import { isTimeZone } from '../../shared/domain/time-zone.ts'
import type { MyRegions } from './my-regions.svelte.ts'
import { type ListView, views } from './region-list.ts'

export const themes = ['auto', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
/** `local`, `utc`, or the IANA name of another place's zone. */
export type ZoneChoice = string

export type Choices = ReturnType<typeof choicesState>

/** What this reader chose on this device: theme, zone, their own regions, and up to when they know the news. `storage` may be forbidden: null. */
export function choicesState(storage: Storage | null, localZone: string, own: MyRegions) {
  let theme = $state<Theme>(oneOf(themes, storage?.getItem('nephoscope.theme')))
  let zone = $state<ZoneChoice>(readZone(storage?.getItem('nephoscope.zone')))
  let keys = $state(storage?.getItem('nephoscope.keys') !== 'off')
  let regionsView = $state<ListView | null>(views.find(view => view === storage?.getItem('nephoscope.view')) ?? null)
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
      return zone === 'local' ? localZone : zone === 'utc' ? 'UTC' : zone
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
    /** How the reader likes regions listed; null until they choose. */
    get regionsView() {
      return regionsView
    },
    set regionsView(next) {
      regionsView = next
      if (next !== null) storage?.setItem('nephoscope.view', next)
    },
    own,
    /** The reader's own regions, or for now those of a link. */
    get mine() {
      return own.all
    },
    togglePin: (region: RegionId) => own.toggle(region),
  }
}

function oneOf<T extends string>(values: readonly [T, ...T[]], stored: string | null | undefined): T {
  return values.find(value => value === stored) ?? values[0]
}

const readZone = (stored: string | null | undefined): ZoneChoice =>
  typeof stored === 'string' && (stored === 'utc' || isTimeZone(stored)) ? stored : 'local'
