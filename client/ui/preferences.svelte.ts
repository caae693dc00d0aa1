import { Instant } from '../../shared/domain/primitives.ts'
import { isTimeZone } from '../../shared/domain/time-zone.ts'

export const themes = ['auto', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

/** How a list of regions is shown. */
export const listViews = ['table', 'cards', 'matrix'] as const
export type ListView = (typeof listViews)[number]

export function setTheme(root: HTMLElement, theme: Theme): void {
  if (theme === 'auto') delete root.dataset.theme
  else root.dataset.theme = theme
}

export type Preferences = ReturnType<typeof preferencesState>

/**
 * The reader's settings on this device.
 * @param storage null where it is forbidden
 * @param localZone the browser's zone, an IANA name
 */
export function preferencesState(storage: Storage | null, localZone: string) {
  let theme = $state<Theme>(themes.find(value => value === storage?.getItem('nephoscope.theme')) ?? 'auto')
  /** `local`, `utc`, or an IANA name. */
  let zone = $state(readZone(storage?.getItem('nephoscope.zone')))
  let listView = $state<ListView | null>(listViews.find(view => view === storage?.getItem('nephoscope.view')) ?? null)
  let hasShortcuts = $state(storage?.getItem('nephoscope.keys') !== 'off')
  let isWelcomed = $state(storage?.getItem('nephoscope.welcome') === 'closed')
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
    get zoneName() {
      return zone === 'local' ? localZone : zone === 'utc' ? 'UTC' : zone
    },
    localZone,
    /** Null before the reader chooses one. */
    get listView() {
      return listView
    },
    set listView(next) {
      listView = next
      if (next !== null) storage?.setItem('nephoscope.view', next)
    },
    get hasShortcuts() {
      return hasShortcuts
    },
    set hasShortcuts(next) {
      hasShortcuts = next
      storage?.setItem('nephoscope.keys', next ? 'on' : 'off')
    },
    /** Whether the reader has closed what the first minute says. */
    get isWelcomed() {
      return isWelcomed
    },
    set isWelcomed(next) {
      isWelcomed = next
      if (next) storage?.setItem('nephoscope.welcome', 'closed')
    },
    /** The end of the reader's last visit to the news; null before the first. */
    get newsLeftAt() {
      return newsLeftAt
    },
    set newsLeftAt(instant) {
      newsLeftAt = instant
      if (instant !== null) storage?.setItem('nephoscope.news', instant)
    },
  }
}

const readZone = (stored = 'local' as string | null): string =>
  stored !== null && (stored === 'utc' || isTimeZone(stored)) ? stored : 'local'
