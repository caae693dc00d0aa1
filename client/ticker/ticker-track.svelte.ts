import { untrack } from 'svelte'
import { type Passing, passing } from './passing.ts'
import type { TickerLine } from './ticker.ts'

/** Which line is to pass next: one that never did, else the one whose turn is longest ago. `turns`: key → its last turn. */
export function nextLine(lines: readonly TickerLine[], turns: ReadonlyMap<string, number>): TickerLine | undefined {
  let next: TickerLine | undefined
  let oldest = Number.POSITIVE_INFINITY
  for (const line of lines) {
    const turn = turns.get(line.key) ?? -1
    if (turn < oldest) {
      next = line
      oldest = turn
    }
  }
  return next
}

/**
 * Gives lines one after another for as long as it is asked, and forgets those that are no longer among them. What is
 * still in sight (`visible`: keys) does not come again before it has left.
 */
export function rounds() {
  let turns = new Map<string, number>()
  let turn = 0
  return (lines: readonly TickerLine[], visible: ReadonlySet<string>): TickerLine | undefined => {
    const current = new Set(lines.map(line => line.key))
    turns = new Map([...turns].filter(([key]) => current.has(key)))
    const next = nextLine(
      lines.filter(line => !visible.has(line.key)),
      turns,
    )
    if (next) turns.set(next.key, turn++)
    return next
  }
}

export type TickerTrackDeps = {
  lines: () => readonly TickerLine[]
  /** px a second */
  speed: () => number
  /** Between two lines, px. */
  gap: () => number
  /** Whether it moves; always where it is not said. */
  running?: () => boolean
}

/** How long a line stands still for those who asked for less motion, ms. */
const STEP = 6_000
const CHECK = 500

/** What stands on a ticker: lines that pass one after the other, or that take turns. To be made while a component begins. */
export function tickerTrack({ lines, speed, gap, running = () => true }: TickerTrackDeps) {
  const next = rounds()
  let items = $state.raw<{ n: number; line: TickerLine }[]>([])
  let count = 0
  let moving: Passing | null = null

  const add = () => {
    const line = next(lines(), new Set(items.map(item => item.line.key)))
    if (line) items = [...items, { n: count++, line }]
  }
  const remove = (n: number) => {
    items = items.filter(item => item.n !== n)
  }

  $effect(() => {
    const now = running()
    moving?.setRunning(now)
  })

  return {
    get items() {
      return items
    },
    /** Attached to the track on which lines pass. */
    track: (element: HTMLElement) =>
      untrack(() => {
        moving = passing(element, speed(), gap())
        const timer = setInterval(() => {
          if (moving?.hungry()) add()
        }, CHECK)
        return () => {
          clearInterval(timer)
          moving = null
          items = []
        }
      }),
    /** Attached to the line of this number on such a track. */
    item: (n: number) => (element: HTMLElement) => {
      moving?.enter(element, () => remove(n))
      if (moving?.hungry()) queueMicrotask(add)
    },
    /** Attached to the track on which lines take turns. */
    steps: () => {
      const step = () => {
        if (!running() && items.length > 0) return
        items = []
        add()
      }
      untrack(step)
      const timer = setInterval(step, STEP)
      return () => {
        clearInterval(timer)
        items = []
      }
    },
  }
}
