import { createContext } from 'svelte'
import { z } from 'zod'
import { firstHour, HISTORY_HOURS, readHourStrip } from '../../shared/domain/history.ts'
import { Instant, type RegionId } from '../../shared/domain/primitives.ts'
import { type SeveritySpan, worstByHour } from '../../shared/domain/severity-spans.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import { type Ask, answerTo } from '../live/answer-to.ts'

const HOUR_MS = 3_600_000
/** A request that failed is repeated so much later. */
const RETRY_MS = 60_000

const HoursAnswer = z.object({ from: Instant, regions: z.record(z.string(), z.string()) })

export type HoursState = ReturnType<typeof hoursState>

/** What each of the last hours was like, by region: asked for once, again after each hour, and shared by all strips. */
export function hoursState(ask: Ask) {
  let from = $state(0)
  let regions = $state.raw<Readonly<Record<RegionId, string>>>({})
  let nextAt = 0

  return {
    /** Asks for the hours where they are not known yet, or an hour has begun since. @param now ms */
    async refresh(now: number): Promise<void> {
      if (now < nextAt) return
      nextAt = now + RETRY_MS
      const answer = HoursAnswer.safeParse(await answerTo(ask, '/api/hours'))
      if (!answer.success) return
      from = Date.parse(answer.data.from)
      regions = answer.data.regions
      nextAt = Math.max(nextAt, from + HISTORY_HOURS * HOUR_MS)
    },
    /**
     * The last hours of a region, oldest first: the first begins at `firstHour(now)`. Hours that nobody has told of are
     * unknown. @param present the region's status now, which the present hour has too @param now ms
     */
    cellsOf(region: RegionId, present: Status, now: number): Status[] {
      const past = Math.round((firstHour(now) - from) / HOUR_MS)
      const told = readHourStrip(regions[region] ?? '')
      return Array.from({ length: HISTORY_HOURS }, (_, index): Status => {
        const cell = told[index + past] ?? 'unknown'
        return index < HISTORY_HOURS - 1 ? cell : severity[cell] > 0 ? worst([cell, present]) : present
      })
    },
  }
}

/**
 * The hours of several places as one: the worst counts, and unknown is worse than operational, as in the history of a
 * provider.
 */
export const worstHours = (all: readonly (readonly Status[])[]): Status[] =>
  Array.from({ length: HISTORY_HOURS }, (_, index) => {
    const cells = all.map(cells => cells[index] ?? 'unknown')
    const known = worst(cells)
    return known === 'operational' && (cells.length === 0 || cells.includes('unknown')) ? 'unknown' : known
  })

/** The hours of the regions, for every strip of the page. */
export const [getHours, setHours] = createContext<HoursState>()

/**
 * The last hours of anything else, from what its incidents said. An hour without trouble is operational only where its
 * source was read in it. @param day of the source, as `dayUntil` shifts it to the present hour @param now ms
 */
export function cellsOfSpans(
  spans: readonly Pick<SeveritySpan, 'from' | 'until' | 'status'>[],
  day: string,
  now: number,
): Status[] {
  return worstByHour(spans, now).map((status, index, all) => {
    if (severity[status] !== 0) return status
    // an hour that has just begun has not been read yet
    const read = day[index] === '-' && index === all.length - 1 ? day[index - 1] : day[index]
    return read === 'o' || read === 'f' ? 'operational' : 'unknown'
  })
}
