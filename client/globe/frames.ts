/** Draws when something has changed, and never else. */
export type Frames = {
  /** Something changed: draw before the next frame is shown. */
  request(): void
  stop(): void
}

/**
 * `draw` is called with the time (ms, of the page) and the time since the frame before it (0 after a rest), and says whether another
 * frame is to follow. While the element is out of sight nothing is drawn; what was asked for meanwhile is drawn when it is back.
 */
export function framesFor(element: Element, draw: (now: number, elapsed: number) => boolean): Frames {
  let frame = 0
  let wanted = false
  let inSight = true
  let last: number | null = null

  const run = (now: number) => {
    frame = 0
    wanted = false
    const more = draw(now, last === null ? 0 : now - last)
    last = more ? now : null
    if (more) request()
  }
  const request = () => {
    wanted = true
    if (frame === 0 && inSight && document.visibilityState === 'visible') frame = requestAnimationFrame(run)
  }
  const look = () => {
    if (inSight && document.visibilityState === 'visible') {
      if (wanted) request()
      return
    }
    cancelAnimationFrame(frame)
    frame = 0
    last = null
  }
  const observer = new IntersectionObserver(entries => {
    inSight = entries.at(-1)?.isIntersecting ?? true
    look()
  })
  observer.observe(element)
  document.addEventListener('visibilitychange', look)

  return {
    request,
    stop() {
      observer.disconnect()
      document.removeEventListener('visibilitychange', look)
      cancelAnimationFrame(frame)
      frame = -1
    },
  }
}
