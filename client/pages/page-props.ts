import type { Staleness } from '../live/freshness.ts'
import type { LiveState } from '../live/live.svelte.ts'
import type { ProbeRow } from '../regions/probes.ts'
import type { SourceController } from '../sources/source-controller.svelte.ts'
import type { SourceHealth } from '../sources/source-health.ts'
import type { OwnStacks } from '../stacks/own-stacks.svelte.ts'
import type { Navigation } from '../ui/navigation.svelte.ts'
import type { Preferences } from '../ui/preferences.svelte.ts'
import type { When } from '../ui/time.ts'

/** The props of every page. `when` moves on every ten seconds. */
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
