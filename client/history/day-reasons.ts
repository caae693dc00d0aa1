import type { Incident } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import { severitySpans } from '../../shared/domain/severity-spans.ts'
import { type Status, severity, worst } from '../../shared/domain/status.ts'
import { askForEnded } from '../incidents/incident-archive.svelte.ts'
import type { Ask } from '../live/answer-to.ts'
import { daysLater } from '../ui/time.ts'

/** Whose days these are. */
export type Place = { region: RegionId } | { provider: string }

/** An incident that went on in a day: how bad it was there, and for how long. */
export type DayReason = { incident: Incident; status: Status; ms: number }

/** What was wrong at a place on a day of UTC: the worst first, then the longest. Pure. @param now ms */
export function reasonsOfDay(day: string, incidents: Iterable<Incident>, of: Place, now: number): DayReason[] {
  const [begin, end] = [Date.parse(day), Math.min(now, Date.parse(daysLater(day, 1)))]
  return [...incidents]
    .flatMap((incident): DayReason[] => {
      const its = severitySpans(incident, now)
        .map(span => ({ ...span, from: Math.max(begin, span.from), until: Math.min(end, span.until) }))
        .filter(({ from, until, status }) => from <= until && severity[status] > 0)
        .filter(({ regions }) => !('region' in of) || regions.includes(of.region))
      if (its.length === 0 || ('provider' in of && incident.provider !== of.provider)) return []
      const status = worst(its.map(span => span.status))
      return [{ incident, status, ms: its.reduce((sum, { from, until }) => sum + until - from, 0) }]
    })
    .sort(
      firstOf(
        descending(({ status }) => severity[status]),
        descending('ms'),
        ascending(({ incident }) => incident.id),
      ),
    )
}

/** Incidents that ended on a day or the one after; what ends later is on the page, or was told on more days. */
const DAYS_ASKED = 2
const MOST = 100

/** What is over and may be the reason of a day; null where the server gives none. */
export const askForDay = async (ask: Ask, of: Place, day: string): Promise<Incident[] | null> =>
  (await askForEnded(ask, { ...of, from: day, until: daysLater(day, DAYS_ASKED) }, null, MOST))?.incidents ?? null
