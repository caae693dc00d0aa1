import type { LiveState } from '../live/live.svelte.ts'
import type { Choices } from '../regions/choices.svelte.ts'
import type { ProbeRow } from '../regions/probes.ts'
import type { Staleness } from '../regions/region-words.ts'
import type { SourceDesk } from '../sources/source-desk.svelte.ts'
import type { SourceHealth } from '../sources/sources.ts'
import type { Navigation } from '../ui/navigation.svelte.ts'
import type { When } from '../ui/time.ts'

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
