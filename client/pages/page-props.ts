import type { Choices } from '../state/choices.svelte.ts'
import type { LiveState } from '../state/live.svelte.ts'
import type { Navigation } from '../state/navigation.svelte.ts'
import type { ProbeRow } from '../state/probes.ts'
import type { Staleness } from '../state/region-words.ts'
import type { SourceDesk } from '../state/source-desk.svelte.ts'
import type { SourceHealth } from '../state/sources.ts'
import type { When } from '../state/time.ts'

/** What every page is given. `when` moves on every ten seconds. */
export type PageProps = {
  live: LiveState
  choices: Choices
  navigation: Navigation
  desk: SourceDesk
  stale: Staleness
  when: When
  health: SourceHealth
  probes: readonly ProbeRow[]
}
