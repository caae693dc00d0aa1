import { z } from 'zod'
import { readStored } from '../browser.ts'

export const CHECK_INTERVAL_MS = 5_000

/** A visible page that draws no frame for this long is stuck. */
const FRAME_TIMEOUT_MS = 30_000

/** Four times what the connection itself waits before it reconnects. */
const HEARTBEAT_TIMEOUT_MS = 90_000

/** A check that comes this late means that the machine slept, not a fault. */
const SLEEP_GAP_MS = 3 * CHECK_INTERVAL_MS

/** When the page last did each, in ms of a monotonic clock. */
export type Vitals = { checkedAt: number; drawnAt: number; heartbeatAt: number }

type Verdict = { kind: 'well' } | { kind: 'stopped'; what: 'frames' | 'heartbeat' }

/** `listening`: false while the page waits for something that no reload brings, such as a token. */
export type PageState = { now: number; visible: boolean; listening: boolean }

/** One check: the verdict and the next vitals. Time asleep or hidden does not count. */
export function checkVitals(
  vitals: Vitals,
  { now, visible, listening }: PageState,
): { vitals: Vitals; verdict: Verdict } {
  if (now - vitals.checkedAt > SLEEP_GAP_MS)
    return { vitals: { checkedAt: now, drawnAt: now, heartbeatAt: now }, verdict: { kind: 'well' } }
  const drawnAt = visible ? vitals.drawnAt : now
  const heartbeatAt = listening ? vitals.heartbeatAt : now
  const next = { checkedAt: now, drawnAt, heartbeatAt }
  if (now - drawnAt > FRAME_TIMEOUT_MS) return { vitals: next, verdict: { kind: 'stopped', what: 'frames' } }
  if (now - heartbeatAt > HEARTBEAT_TIMEOUT_MS) return { vitals: next, verdict: { kind: 'stopped', what: 'heartbeat' } }
  return { vitals: next, verdict: { kind: 'well' } }
}

/** A build that the server serves and this page does not run. `dueAt`: when to reload, ms of a monotonic clock. */
export type PendingBuild = { build: string; dueAt: number }

/** The pending build after a check. `served` is null while the page runs the served build. */
export function awaitBuild(
  before: PendingBuild | null,
  served: string | null,
  screen: string,
  now: number,
): PendingBuild | null {
  if (served === null) return null
  return before?.build === served ? before : { build: served, dueAt: now + staggerOf(screen, served) }
}

/** All screens reload within this time after a new build. */
export const STAGGER_MS = 120_000

/** How long a screen waits before it loads a build, ms below `STAGGER_MS`: fixed for both, and spread over screens. */
export const staggerOf = (screen: string, build: string): number => hash(`${screen}\n${build}`) % STAGGER_MS

/** FNV-1a, 32 bits, with a final mix so that similar names spread. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  value ^= value >>> 16
  return Math.imul(value, 0x85ebca6b) >>> 0
}

const HOUR_MS = 3_600_000

/** More reloads than these repair nothing. */
const MAX_RELOADS_PER_HOUR = 3
const MAX_RELOADS_PER_DAY = 12

/** The reloads that still count, oldest first. Those in the future, after the clock was set back, do not. */
export const recentReloads = (past: readonly number[], now: number): number[] =>
  past.filter(at => at <= now && now - at < 24 * HOUR_MS).slice(-MAX_RELOADS_PER_DAY)

/** Whether the limit allows another reload. Instants in ms since the epoch. */
export function mayReload(past: readonly number[], now: number): boolean {
  const recent = recentReloads(past, now)
  return recent.length < MAX_RELOADS_PER_DAY && recent.filter(at => now - at < HOUR_MS).length < MAX_RELOADS_PER_HOUR
}

const STORAGE_KEY = 'nephoscope.wall.reloads'
const Reloads = z.array(z.number().int().nonnegative()).max(100)

/** The reloads of this tab, ms since the epoch. */
export type ReloadMemory = { past(): number[]; add(at: number): void }

/** Invalid content counts as none. `storage` is null where it is forbidden. */
export function reloadMemory(storage: Storage | null): ReloadMemory {
  const past = () => readStored(storage, STORAGE_KEY, Reloads) ?? []
  return { past, add: at => storage?.setItem(STORAGE_KEY, JSON.stringify([...recentReloads(past(), at), at])) }
}
