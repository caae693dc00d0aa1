export type Clock = ReturnType<typeof clockState>

/** What is told in minutes is drawn anew every ten seconds, not every second, ms. */
const COARSE = 10_000

/** The present, told once a second while anybody looks. `now` gives ms since the epoch. */
export function clockState(now: () => number) {
  let ticked = $state(now())
  // a state of its own: what is derived from the second is looked at again every second, all that hangs on it too
  let coarse = $state(coarsely(now()))
  const tick = () => {
    ticked = now()
    coarse = coarsely(ticked)
  }
  setInterval(() => {
    if (document.visibilityState === 'visible') tick()
  }, 1000)
  return {
    get now() {
      return ticked
    },
    /** The present, rounded up to ten seconds. */
    get coarse() {
      return coarse
    },
    /** Tells the present at once, as after a sleep. */
    tick,
  }
}

const coarsely = (ms: number): number => Math.ceil(ms / COARSE) * COARSE
