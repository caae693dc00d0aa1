export type Clock = ReturnType<typeof clockState>

/** Texts in minutes are redrawn this often, not every second. */
const COARSE_STEP_MS = 10_000

/** A hidden page updates its title and icon this often. */
const HIDDEN_STEP_MS = 5_000

/**
 * The time, updated every second, and less often while the page is hidden. In ms since
 * the epoch: `now` is this machine's clock, `skew` what the server's has beyond it.
 */
export function clockState(now: () => number, skew: () => number) {
  let current = $state(now())
  // not derived from `current`: all that depends on it would be re-checked every second
  let coarse = $state(coarsely(now() + skew()))
  const tick = () => {
    current = now()
    coarse = coarsely(current + skew())
  }
  setInterval(() => {
    if (document.visibilityState === 'visible' || now() - current >= HIDDEN_STEP_MS) tick()
  }, 1000)
  return {
    /** Added here, so that a skew that is found does not wait for the next second. */
    get now() {
      return current + skew()
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
