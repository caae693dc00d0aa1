import type { Freshness, Line } from '../state/freshness.ts'

/** What is shown is not the present: up to when (ms) it was, null where that is not known, and who fell silent. */
export type AsOf = { at: number | null; silent: 'line' | 'workers' }

/** A server that is replaced is back within this time; a shorter gap is not worth a word, ms. */
const GRACE = 3_000

/** Up to when the picture was the present; null while it is. `now` in ms. */
export function asOf(line: Line, fresh: Freshness, now: number): AsOf | null {
  switch (fresh.kind) {
    case 'live':
    case 'connecting':
      return null
    case 'stale':
      return { at: fresh.since, silent: 'workers' }
    case 'remembered':
      return { at: fresh.since, silent: 'line' }
    case 'reconnecting':
      return now - line.phaseSince < GRACE ? null : { at: line.lastSignAt ?? line.phaseSince, silent: 'line' }
  }
}
