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
