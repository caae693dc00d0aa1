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

/** How many hours a strip draws. */
export const HISTORY_HOURS = 24

const HOUR_MS = 3_600_000
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
  spend(timeline(input, firstDay * DAY_MS), firstDay * DAY_MS, DAY_MS, spent)
  return spent.map((states, index) => dayOf(firstDay + index, states))
}

/** When the first of the last hours begins, in ms. The last of them is the present hour. @param now ms since the epoch */
export const firstHour = (now: number): number => (Math.floor((now - 1) / HOUR_MS) - HISTORY_HOURS + 1) * HOUR_MS

/** A status as one character of a strip. */
const hourLetter: Readonly<Record<Status, string>> = {
  unknown: '-',
  operational: 'o',
  under_maintenance: 'm',
  degraded_performance: 'd',
  partial_outage: 'p',
  major_outage: 'x',
}

/** One character an hour, oldest first. */
export const HourStrip = z.string().regex(/^[-omdpx]{24}$/)

/** The hours of a strip: see `HourStrip`. A character of a later version is unknown. */
export const readHourStrip = (strip: string): Status[] =>
  [...strip].map(letter => Status.options.find(status => hourLetter[status] === letter) ?? 'unknown')

/**
 * What each of the last hours was like for one region, as an `HourStrip`: the worst known state of the hour, and
 * unknown where nothing was wrong and most of the hour is unknown. Pure.
 */
export function hourStrip(input: Omit<HistoryInput, 'days'>): string {
  const first = firstHour(input.now)
  const spent = Array.from({ length: HISTORY_HOURS }, () => new Map<Status, number>())
  spend(timeline(input, first), first, HOUR_MS, spent)
  return spent.map(states => hourLetter[mainStatus(states)]).join('')
}

type Span = { from: number; until: number; status: Status }

/** Adds the time in each state to the part, of `partMs` from `first` on, that it falls in. */
function spend(spans: readonly Span[], first: number, partMs: number, parts: readonly Map<Status, number>[]): void {
  for (const { from, until, status } of spans) {
    for (let at = from; at < until; ) {
      const index = Math.floor((at - first) / partMs)
      const end = Math.min(until, first + (index + 1) * partMs)
      const its = parts[index]
      its?.set(status, (its.get(status) ?? 0) + end - at)
      at = end
    }
  }
}

/** Gapless spans from `start` to now, in one pass over all changes in chronological order. */
function timeline({ regions, gaps, watchedUntil, now }: Omit<HistoryInput, 'days'>, start: number): Span[] {
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

const dayOf = (day: number, states: ReadonlyMap<Status, number>): HistoryDay => ({
  day: new Date(day * DAY_MS).toISOString().slice(0, 10),
  status: mainStatus(states),
  minutes: Object.fromEntries([...states].map(([status, ms]) => [status, Math.round(ms / 600) / 100])),
})

function mainStatus(states: ReadonlyMap<Status, number>): Status {
  const total = [...states.values()].reduce((sum, ms) => sum + ms, 0)
  const unknown = states.get('unknown') ?? 0
  const wrong = worstFirst.find(status => severity[status] > 0 && states.has(status))
  return wrong ?? (unknown * 2 > total || total === 0 ? 'unknown' : 'operational')
}
