import { firstHour } from '../../shared/domain/history.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import type { RegionStatus } from '../../shared/domain/region.ts'
import { statusesAt } from '../../shared/domain/severity-spans.ts'
import type { HoursState } from '../timeline/hours.svelte.ts'

const HOUR_MS = 3_600_000

/**
 * The regions as they were at a time of the last day: as incidents told of them then, unknown in hours in which nobody
 * looked, else operational. @param at ms
 */
export function statusesOfTime(
  present: ReadonlyMap<RegionId, RegionStatus>,
  incidents: readonly Incident[],
  hours: Pick<HoursState, 'cellsOf'>,
  at: number,
  now: number,
): Map<RegionId, RegionStatus> {
  const told = statusesAt(incidents, at, now)
  const hour = Math.floor((at - firstHour(now)) / HOUR_MS)
  return new Map(
    [...present].map(([id, status]) => {
      const wasUnknown = hours.cellsOf(id, status.status, now)[hour] === 'unknown'
      const then = told.get(id) ?? (wasUnknown ? 'unknown' : 'operational')
      return [
        id,
        { ...status, status: then, freshness: then === 'unknown' ? 'stale' : 'live', since: null, lastKnown: null },
      ]
    }),
  )
}
