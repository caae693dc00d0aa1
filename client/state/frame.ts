/** The longest that a hidden page, which draws no frames, leaves events unapplied, in ms. */
const HIDDEN_WAIT = 250

/** Runs it before the next frame is drawn, or shortly after where none is drawn. */
export function beforeFrame(run: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    run()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, HIDDEN_WAIT)
}
