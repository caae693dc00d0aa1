/** What moves through the ticker: each item on its own animation, so that one that comes or goes moves no other. */
export type Passing = {
  /** Whether there is room for another item soon. */
  hungry(): boolean
  /** Lets an item enter behind the last one; `gone` is called when it has left on the other side. */
  enter(element: HTMLElement, gone: () => void): void
  setRunning(running: boolean): void
}

/** How far ahead items are placed, ms: longer than a browser delays the timers of a hidden page. */
const AHEAD = 3000

/** Items cross `track` from where lines end to where they begin, at `speed` px a second, in one order, `gap` px apart. */
export function passing(track: HTMLElement, speed: number, gap: number): Passing {
  let last: { animation: Animation; width: number } | null = null
  /** Whether the strip has once been filled to its end; until then items may appear in its middle. */
  let filled = false
  let running = true
  const milliseconds = (pixels: number) => (pixels / speed) * 1000

  /** ms until the next item may enter; negative when it could already have. */
  const untilFree = (): number => {
    if (!last || last.animation.playState === 'finished') return Number.NEGATIVE_INFINITY
    return milliseconds(last.width + gap) - Number(last.animation.currentTime ?? 0)
  }

  return {
    hungry: () => running && untilFree() < AHEAD,
    enter(element, gone) {
      const way = track.clientWidth
      const sign = getComputedStyle(track).direction === 'rtl' ? -1 : 1
      const width = element.offsetWidth
      const wait = untilFree()
      filled ||= wait > 0
      const animation = element.animate(
        [{ transform: `translateX(${sign * way}px)` }, { transform: `translateX(${-sign * width}px)` }],
        { duration: milliseconds(way + width), fill: 'both' },
      )
      // the first starts where lines begin and the next right behind it, for an empty ticker tells nothing
      if (last === null) animation.currentTime = milliseconds(way)
      else animation.currentTime = filled ? -Math.max(0, wait) : -wait
      animation.onfinish = gone
      if (!running) animation.pause()
      last = { animation, width }
    },
    setRunning(next) {
      // looking for animations makes the browser lay out the whole page
      if (next === running) return
      running = next
      for (const animation of track.getAnimations({ subtree: true })) running ? animation.play() : animation.pause()
    },
  }
}
