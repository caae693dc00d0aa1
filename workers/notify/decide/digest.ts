import { type Incident, isActive, isEnded, statusOfIncident } from '../../../shared/domain/incident.ts'
import { descending, firstOf } from '../../../shared/domain/order.ts'
import { severity } from '../../../shared/domain/status.ts'
import { localTime } from '../../../shared/domain/time-zone.ts'
import type { Digest } from '../../config/notify-config.ts'

const DAY_MS = 86_400_000

/**
 * The last instant at which a digest was due, and that from which it tells; null where the last one was sent then.
 * Several that were missed are one. Pure. @param last when the last one was due @param now ms
 */
export function dueDigest(
  digest: Digest,
  timeZone: string,
  last: number,
  now: number,
): { from: number; at: number } | null {
  const period = digest.every === 'daily' ? DAY_MS : 7 * DAY_MS
  for (let back = 0; back < 8; back++) {
    const at = instantOn(now - back * DAY_MS, digest.minute, timeZone)
    if (at > now || (digest.every === 'weekly' && localTime(timeZone, at).weekday !== digest.weekday)) continue
    return at > last ? { from: Math.min(last, at - period), at } : null
  }
  return null
}

/** When a minute of the day is, on the local day of an instant. Where clocks go forward it may be an hour later. */
function instantOn(day: number, minute: number, timeZone: string): number {
  const { year, month, day: date } = localTime(timeZone, day)
  const wanted = Date.UTC(year, month - 1, date, 0, minute)
  let at = wanted
  for (let round = 0; round < 2; round++) {
    const found = localTime(timeZone, at)
    at += wanted - Date.UTC(found.year, found.month - 1, found.day, found.hour, found.minute)
  }
  return at
}

/** What happened in a time, the worst that is open first, then what is over, the newest first. Pure. */
export function digestOf(incidents: Iterable<Incident>, from: number, until: number): Incident[] {
  return [...incidents]
    .filter(incident => {
      if (incident.kind === 'maintenance' || Date.parse(incident.startedAt) > until) return false
      return isActive(incident) || (isEnded(incident) && Date.parse(incident.resolvedAt ?? incident.updatedAt) > from)
    })
    .sort(
      firstOf<Incident>(
        descending(incident => Number(isActive(incident))),
        descending(incident => severity[statusOfIncident(incident)]),
        descending('startedAt'),
      ),
    )
}
