import type { LiveState } from '../state/live.svelte.ts'
import { type Endurance, endurance } from './endurance.svelte.ts'
import { reloadMemory } from './reload-memory.ts'

/** How long the server may take to say whether it is ready, ms. */
const READY_WITHIN = 3_000

/**
 * The endurance of a wall in this window.
 * @param screen what tells it from others
 * @param announcing whether something must not be cut short
 */
export const pageEndurance = (window: Window, live: LiveState, screen: string, announcing: () => boolean): Endurance =>
  endurance({
    live,
    announcing,
    screen,
    reloads: reloadMemory(stored(() => window.sessionStorage)),
    document: window.document,
    wakeLock: wakeLockOf(window.navigator),
    answers: () =>
      fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(READY_WITHIN) }).then(
        answer => answer.ok,
        () => false,
      ),
    reload: () => window.location.reload(),
    frame: run => window.requestAnimationFrame(run),
    now: Date.now,
    ticks: () => performance.now(),
    random: Math.random,
    warn: line => console.info(line),
  })

/** Not there on plain http from another machine, whatever the types say. */
const wakeLockOf = (navigator: Navigator): WakeLock | undefined => navigator.wakeLock

/** Browsers throw on the mere mention of a storage that is forbidden. */
function stored(storage: () => Storage): Storage | null {
  try {
    return storage()
  } catch {
    return null
  }
}
