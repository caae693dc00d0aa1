/** The longest that a hidden page, which draws no frames, leaves events unapplied, in ms. */
const HIDDEN_WAIT = 250
/** The shortest time between two pictures, ms: nobody reads more of them, and a rush of events leaves time for the reader's clicks. */
const APART = 25

/** Runs what it is given before one of the next frames is drawn, or shortly after where none is drawn; not too often. */
export function pacedFrames(): (run: () => void) => void {
  let last = Number.NEGATIVE_INFINITY
  return run => {
    let frame = 0
    const once = () => {
      cancelAnimationFrame(frame)
      clearTimeout(hidden)
      clearTimeout(wait)
      last = performance.now()
      run()
    }
    const request = () => {
      frame = requestAnimationFrame(once)
    }
    const wait = setTimeout(request, Math.max(0, last + APART - performance.now()))
    const hidden = setTimeout(once, HIDDEN_WAIT)
  }
}
