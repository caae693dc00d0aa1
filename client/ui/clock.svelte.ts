export type Clock = ReturnType<typeof clockState>

/** Texts in minutes are redrawn this often, not every second. */
const COARSE_STEP_MS = 10_000

/** The time, updated every second while the page is visible. `now` returns ms since the epoch. */
export function clockState(now: () => number) {
  let current = $state(now())
  // not derived from `current`: all that depends on it would be re-checked every second
  let coarse = $state(coarsely(now()))
  const tick = () => {
    current = now()
    coarse = coarsely(current)
  }
  setInterval(() => {
    if (document.visibilityState === 'visible') tick()
  }, 1000)
  return {
    get now() {
      return current
    },
    /** The time, rounded up to ten seconds. */
    get coarse() {
      return coarse
    },
    /** Updates the time at once, as after a sleep. */
    tick,
  }
}

const coarsely = (ms: number): number => Math.ceil(ms / COARSE_STEP_MS) * COARSE_STEP_MS
