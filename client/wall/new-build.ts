import { staggerOf } from './reload-stagger.ts'

/** A build that is served and that this page is not, and when this screen takes it, in ms of a clock that nobody sets. */
export type Awaited = { build: string; dueAt: number }

/** What is awaited after a look at what is served; `served` is null while the page is of the build that is served. */
export function awaitBuild(before: Awaited | null, served: string | null, screen: string, now: number): Awaited | null {
  if (served === null) return null
  return before?.build === served ? before : { build: served, dueAt: now + staggerOf(screen, served) }
}
