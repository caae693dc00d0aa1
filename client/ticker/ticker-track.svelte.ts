import { untrack } from 'svelte'
import type { TickerLine } from './ticker-order.ts'

export type TickerTrackDeps = {
  lines: () => readonly TickerLine[]
  /** px/s */
  speed: () => number
  /** Space between two lines, px. */
  gap: () => number
  isRunning?: () => boolean
}

/** How long each line is shown when the reader prefers reduced motion. */
const STEP_MS = 6_000
const CHECK_INTERVAL_MS = 500

/** The lines on a ticker, which scroll by or are shown one at a time. Call it while a component initialises. */
export function tickerTrack({ lines, speed, gap, isRunning = () => true }: TickerTrackDeps) {
  const next = lineQueue()
  let items = $state.raw<{ n: number; line: TickerLine }[]>([])
  let count = 0
  let scrolling: ScrollingTrack | null = null

  const add = () => {
    const line = next(lines(), new Set(items.map(item => item.line.key)))
    if (line) items = [...items, { n: count++, line }]
  }
  const remove = (n: number) => {
    items = items.filter(item => item.n !== n)
  }

  $effect(() => {
    const now = isRunning()
    scrolling?.setRunning(now)
  })

  return {
    get items() {
      return items
    },
    /** Attachment of a scrolling track. */
    track: (element: HTMLElement) =>
      untrack(() => {
        scrolling = scrollingTrack(element, speed(), gap())
        const timer = setInterval(() => {
          if (scrolling?.hasRoom()) add()
        }, CHECK_INTERVAL_MS)
        return () => {
          clearInterval(timer)
          scrolling = null
          items = []
        }
      }),
    /** Attachment of the line with this number on a scrolling track. */
    item: (n: number) => (element: HTMLElement) => {
      scrolling?.enter(element, () => remove(n))
      if (scrolling?.hasRoom()) queueMicrotask(add)
    },
    /** Attachment of a track that shows one line at a time. */
    steps: () => {
      const step = () => {
        if (!isRunning() && items.length > 0) return
        items = []
        add()
      }
      untrack(step)
      const timer = setInterval(step, STEP_MS)
      return () => {
        clearInterval(timer)
        items = []
      }
    },
  }
}

/**
 * Returns the next line at each call: a line that was never shown, else the one shown longest ago. Lines in `visible`
 * (keys) are left out.
 */
export function lineQueue() {
  let shownAt = new Map<string, number>()
  let count = 0
  return (lines: readonly TickerLine[], visible: ReadonlySet<string>): TickerLine | undefined => {
    const current = new Set(lines.map(line => line.key))
    shownAt = new Map([...shownAt].filter(([key]) => current.has(key)))
    const next = longestUnseen(
      lines.filter(line => !visible.has(line.key)),
      shownAt,
    )
    if (next) shownAt.set(next.key, count++)
    return next
  }
}

function longestUnseen(lines: readonly TickerLine[], shownAt: ReadonlyMap<string, number>): TickerLine | undefined {
  let next: TickerLine | undefined
  let oldest = Number.POSITIVE_INFINITY
  for (const line of lines) {
    const at = shownAt.get(line.key) ?? -1
    if (at < oldest) {
      next = line
      oldest = at
    }
  }
  return next
}

type ScrollingTrack = {
  /** Whether another item can enter soon. */
  hasRoom(): boolean
  /** Lets an item enter behind the last one. `onLeave` is called when it has left the track. */
  enter(element: HTMLElement, onLeave: () => void): void
  setRunning(running: boolean): void
}

/** How far ahead items are placed: longer than browsers delay the timers of a hidden page. */
const LOOK_AHEAD_MS = 3_000

/** Each item has its own animation, so that adding or removing one moves no other. `speed` in px/s, `gap` in px. */
function scrollingTrack(track: HTMLElement, speed: number, gap: number): ScrollingTrack {
  let last: { animation: Animation; width: number } | null = null
  /** Whether items once reached the end of the track. Until then they may appear in its middle. */
  let isFilled = false
  let isRunning = true
  const toMs = (pixels: number) => (pixels / speed) * 1000

  /** ms until the next item may enter; negative if it could have entered already. */
  const untilFree = (): number => {
    if (!last || last.animation.playState === 'finished') return Number.NEGATIVE_INFINITY
    return toMs(last.width + gap) - Number(last.animation.currentTime ?? 0)
  }

  return {
    hasRoom: () => isRunning && untilFree() < LOOK_AHEAD_MS,
    enter(element, onLeave) {
      const distance = track.clientWidth
      const sign = getComputedStyle(track).direction === 'rtl' ? -1 : 1
      const width = element.offsetWidth
      const wait = untilFree()
      isFilled ||= wait > 0
      const animation = element.animate(
        [{ transform: `translateX(${sign * distance}px)` }, { transform: `translateX(${-sign * width}px)` }],
        { duration: toMs(distance + width), fill: 'both' },
      )
      // the first items start on the track: an empty ticker says nothing
      if (last === null) animation.currentTime = toMs(distance)
      // `wait` is without end when the last item has left before the track was ever full
      else animation.currentTime = isFilled ? -Math.max(0, wait) : Math.min(-wait, toMs(distance))
      animation.onfinish = onLeave
      if (!isRunning) animation.pause()
      last = { animation, width }
    },
    setRunning(running) {
      // getAnimations() forces a layout of the whole page
      if (running === isRunning) return
      isRunning = running
      for (const animation of track.getAnimations({ subtree: true })) running ? animation.play() : animation.pause()
    },
  }
}
