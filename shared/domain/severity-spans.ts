import { firstHour, HISTORY_HOURS } from './history.ts'
import { type Incident, isEnded } from './incident.ts'
import { timeOfEntry, withStates } from './ledger.ts'
import type { RegionId } from './primitives.ts'
import { type Status, severity, statusOfImpact, worst } from './status.ts'

const HOUR_MS = 3_600_000

/** An incident from `from` to `until`, in ms. `regions`: those that it named then. */
export type SeveritySpan = { from: number; until: number; status: Status; regions: readonly RegionId[] }

/**
 * How bad an incident was, and when: its ledger as spans without gaps, oldest first. One that goes on ends at `now`,
 * maintenance that is planned lies ahead of it. A time that a source set back counts from the entry before.
 * @param now ms since the epoch
 */
export function severitySpans(incident: Incident, now: number): SeveritySpan[] {
  const planned = plannedSpan(incident, now)
  if (planned !== null) return [planned]
  const start = Date.parse(incident.startedAt)
  const end = isEnded(incident) ? endOf(incident) : Math.max(now, start)
  const spans: SeveritySpan[] = []
  let from = start
  const isMaintenance = incident.kind === 'maintenance'
  for (const entry of withStates(incident.entries, incident).reverse()) {
    if (isEnded(entry) || entry.status === 'scheduled') continue
    from = Math.min(end, Math.max(from, Date.parse(timeOfEntry(entry))))
    const status = isMaintenance ? 'under_maintenance' : statusOfImpact[entry.impact]
    const last = spans.at(-1)
    // the first entry tells of all the time since the incident began
    if (last === undefined) spans.push({ from: start, until: end, status, regions: entry.regions })
    else if (last.status !== status || last.regions.join() !== entry.regions.join()) {
      last.until = from
      spans.push({ from, until: end, status, regions: entry.regions })
    }
  }
  if (spans.length > 0) return spans.filter(span => span.until > span.from || spans.length === 1)
  const status = isMaintenance ? 'under_maintenance' : statusOfImpact[incident.impact]
  return [{ from: start, until: end, status, regions: incident.regions }]
}

/** Maintenance that has not begun; null for anything else. One without an end is drawn as an hour. */
function plannedSpan(incident: Incident, now: number): SeveritySpan | null {
  if (incident.status !== 'scheduled') return null
  const from = Date.parse(incident.scheduledFor ?? incident.startedAt)
  const until = incident.scheduledUntil === null ? from + HOUR_MS : Date.parse(incident.scheduledUntil)
  return {
    from,
    until: Math.max(from, until),
    status: until < now ? 'unknown' : 'under_maintenance',
    regions: incident.regions,
  }
}

const endOf = ({ startedAt, resolvedAt, updatedAt }: Incident): number =>
  Math.max(Date.parse(startedAt), Date.parse(resolvedAt ?? updatedAt))

/**
 * The worst of some spans in each of the last hours, oldest first; the last cell ends at the end of the present hour.
 * 'operational' where there is none: what was not watched is for the caller to know. @param now ms since the epoch
 */
export function worstByHour(spans: readonly Pick<SeveritySpan, 'from' | 'until' | 'status'>[], now: number): Status[] {
  const first = firstHour(now)
  return Array.from({ length: HISTORY_HOURS }, (_, index) => {
    const from = first + index * HOUR_MS
    const until = Math.min(now, from + HOUR_MS)
    return worst(spans.filter(span => span.from < until && span.until > from).map(({ status }) => status))
  })
}

/** What incidents said of regions at a time: the worst of each that was named. @param at ms since the epoch */
export function statusesAt(incidents: Iterable<Incident>, at: number, now: number): Map<RegionId, Status> {
  const found = new Map<RegionId, Status>()
  for (const incident of incidents)
    for (const span of severitySpans(incident, now)) {
      if (span.from > at || span.until <= at) continue
      for (const region of span.regions) {
        const before = found.get(region)
        if (before === undefined || severity[span.status] > severity[before]) found.set(region, span.status)
      }
    }
  return found
}
