export type Clock = ReturnType<typeof clockState>

/** The present, told once a second while anybody looks. `now` gives ms since the epoch. */
export function clockState(now: () => number) {
  let ticked = $state(now())
  setInterval(() => {
    if (document.visibilityState === 'visible') ticked = now()
  }, 1000)
  return {
    get now() {
      return ticked
    },
    /** Tells the present at once, as after a sleep. */
    tick() {
      ticked = now()
    },
  }
}
