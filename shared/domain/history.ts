import { z } from 'zod'
import { Status, severity } from './status.ts'

/** The status from `at` (ms) on. */
export type Change = { at: number; status: Status }
/** A time (ms) without a roll-up. */
export type Gap = { from: number; until: number }

/** A pause of the roll-up longer than this makes a gap in the history. */
export const UNWATCHED_MS = 60_000
/** How far back the history goes. */
export const HISTORY_DAYS = 90

const DAY_MS = 86_400_000

export const HistoryDay = z.object({
  day: z.iso.date(),
  /** The worst known status of the day; `unknown` if nothing was wrong and most of the day is unknown. */
  status: Status,
  /** Minutes per status, of today those until now; a status that did not occur is left out. */
  minutes: z.partialRecord(Status, z.number().nonnegative()),
})
export type HistoryDay = z.infer<typeof HistoryDay>

export type HistoryInput = {
  /** The status changes of each region, oldest first. */
  regions: readonly (readonly Change[])[]
  gaps: readonly Gap[]
  watchedUntil: number | null
  days: number
  now: number
}

/**
 * Status changes → one entry per day, oldest first. Pure. The worst of the regions counts, and unknown is worse than
 * operational. Everything is unknown before the first change, in a gap, and after the last roll-up.
 */
export function history(input: HistoryInput): HistoryDay[] {
  const { days, now } = input
  const firstDay = Math.floor(now / DAY_MS) - days + 1
  const spent = Array.from({ length: days }, () => new Map<Status, number>())
  for (const { from, until, status } of timeline(input, firstDay * DAY_MS)) {
    for (let at = from; at < until; ) {
      const day = Math.floor(at / DAY_MS)
      const end = Math.min(until, (day + 1) * DAY_MS)
      const its = spent[day - firstDay]
      its?.set(status, (its.get(status) ?? 0) + end - at)
      at = end
    }
  }
  return spent.map((states, index) => dayOf(firstDay + index, states))
}

type Span = { from: number; until: number; status: Status }

/** Gapless spans from `start` to now, in one pass over all changes in chronological order. */
function timeline({ regions, gaps, watchedUntil, now }: HistoryInput, start: number): Span[] {
  type Step = { at: number; apply(): void }
  const present = regions.map((): Status => 'unknown')
  const counts = new Map<Status, number>([['unknown', regions.length]])
  let blind = 0
  const steps: Step[] = regions.flatMap((changes, index) =>
    changes.map(({ at, status }) => ({
      at,
      apply() {
        const before = present[index] ?? 'unknown'
        counts.set(before, (counts.get(before) ?? 0) - 1)
        counts.set(status, (counts.get(status) ?? 0) + 1)
        present[index] = status
      },
    })),
  )
  const lastGap =
    watchedUntil === null || now - watchedUntil > UNWATCHED_MS ? [{ from: watchedUntil ?? start, until: now }] : []
  for (const { from, until } of [...gaps, ...lastGap])
    steps.push({ at: from, apply: () => void blind++ }, { at: until, apply: () => void blind-- })
  steps.sort((a, b) => a.at - b.at)

  const spans: Span[] = []
  let at = start
  for (const step of [...steps, { at: now, apply: () => undefined }]) {
    const until = Math.min(step.at, now)
    if (until > at) {
      spans.push({ from: at, until, status: blind > 0 ? 'unknown' : worstOf(counts) })
      at = until
    }
    step.apply()
  }
  return spans
}

const worstFirst = [...Status.options].sort((a, b) => rank(b) - rank(a))

/** Unknown ranks between operational and everything that is known to be wrong. */
function rank(status: Status): number {
  return status === 'unknown' ? 0.5 : severity[status]
}

const worstOf = (counts: ReadonlyMap<Status, number>): Status =>
  worstFirst.find(status => (counts.get(status) ?? 0) > 0) ?? 'unknown'

function dayOf(day: number, states: ReadonlyMap<Status, number>): HistoryDay {
  const total = [...states.values()].reduce((sum, ms) => sum + ms, 0)
  const unknown = states.get('unknown') ?? 0
  const wrong = worstFirst.find(status => severity[status] > 0 && states.has(status))
  return {
    day: new Date(day * DAY_MS).toISOString().slice(0, 10),
    status: wrong ?? (unknown * 2 > total || total === 0 ? 'unknown' : 'operational'),
    minutes: Object.fromEntries([...states].map(([status, ms]) => [status, Math.round(ms / 600) / 100])),
  }
}
