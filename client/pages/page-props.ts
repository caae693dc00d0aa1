import type { Staleness } from '../live/freshness.ts'
import type { LiveState } from '../live/live.svelte.ts'
import type { ProbeRow } from '../regions/probes.ts'
import type { SourceController } from '../sources/source-controller.svelte.ts'
import type { SourceHealth } from '../sources/source-health.ts'
import type { OwnStacks } from '../stacks/own-stacks.svelte.ts'
import type { Navigation } from '../ui/navigation.svelte.ts'
import type { Preferences } from '../ui/preferences.svelte.ts'
import type { FirstWhen, When } from '../ui/time.ts'

/** The props of every page but the dashboard. `when` moves on every ten seconds. */
export type PageProps = {
  live: LiveState
  own: OwnStacks
  preferences: Preferences
  navigation: Navigation
  sourceController: SourceController
  staleness: Staleness
  when: When
  health: SourceHealth
  probes: readonly ProbeRow[]
}

/** The dashboard is there before all words are. */
export type DashboardProps = Omit<PageProps, 'when'> & {
  when: FirstWhen
  /** Null until all words are loaded. */
  whole: When | null
  loadWords: () => Promise<void>
}
