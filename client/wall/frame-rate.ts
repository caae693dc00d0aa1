/** Frames are counted over so long, ms. */
const COUNTED_MS = 1_000

/**
 * Frames that the browser drew in the last second it was asked about, counted for one second at a time; null while it draws none.
 * @param frame asks for the next frame, and is told when it is drawn
 */
export function frameRate(frame: (drawn: () => void) => void, now: () => number) {
  let rate: number | null = null
  let counting = false
  return {
    /** Counts anew, unless it does. */
    count(): void {
      if (counting) return
      counting = true
      const from = now()
      let frames = 0
      const drawn = () => {
        const passed = now() - from
        if (passed < COUNTED_MS) {
          frames += 1
          return frame(drawn)
        }
        rate = Math.round((frames * 1000) / passed)
        counting = false
      }
      frame(drawn)
    },
    forget(): void {
      rate = null
    },
    get rate() {
      return rate
    },
  }
}
