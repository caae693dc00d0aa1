import { z } from 'zod'
import { staggerOf } from './reload-stagger.ts'

/** A build that is served and that this page is not, and when this screen takes it, in ms of a clock that nobody sets. */
export type Awaited = { build: string; dueAt: number }

/** What is awaited after a look at what is served; `served` is null while the page is of the build that is served. */
export function awaitBuild(before: Awaited | null, served: string | null, screen: string, now: number): Awaited | null {
  if (served === null) return null
  return before?.build === served ? before : { build: served, dueAt: now + staggerOf(screen, served) }
}

const HOUR = 3_600_000

/** A page that reloads more often than this will not be mended by it. */
const MOST_AN_HOUR = 3
const MOST_A_DAY = 12

/** Reloads that still count, oldest first. A clock that was set back makes later ones count no more. */
export const recentReloads = (past: readonly number[], now: number): number[] =>
  past.filter(at => at <= now && now - at < 24 * HOUR).slice(-MOST_A_DAY)

/** Whether one more is within the limit. Instants in ms since the epoch. */
export function mayReload(past: readonly number[], now: number): boolean {
  const recent = recentReloads(past, now)
  return recent.length < MOST_A_DAY && recent.filter(at => now - at < HOUR).length < MOST_AN_HOUR
}

const KEY = 'nephoscope.wall.reloads'
const Reloads = z.array(z.number().int().nonnegative()).max(100)

/** The reloads that this tab remembers, in ms since the epoch. They outlive the reload, and end with the tab. */
export type ReloadMemory = { past(): number[]; add(at: number): void }

/** What does not pass (somebody else wrote it) counts as none. `storage` may be forbidden: then each page starts anew. */
export function reloadMemory(storage: Storage | null): ReloadMemory {
  const past = () => {
    try {
      return Reloads.parse(JSON.parse(storage?.getItem(KEY) ?? '[]'))
    } catch {
      return []
    }
  }
  return {
    past,
    add: at => storage?.setItem(KEY, JSON.stringify([...recentReloads(past(), at), at])),
  }
}
