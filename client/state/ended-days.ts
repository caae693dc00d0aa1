import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { groupBy } from './group.ts'
import { endOf } from './incidents.ts'
import type { When } from './time.ts'
import { dayName, dayOf, type ZoneDay } from './zone-days.ts'

/** What ended on a day, the latest first. */
export type EndedDay = { day: ZoneDay; name: string; incidents: Incident[] }

/** What is over, by the day on which it ended in the chosen zone, the latest first. */
export function endedDays(incidents: Iterable<Incident>, { zone, words }: Pick<When, 'zone' | 'words'>): EndedDay[] {
  const ended = [...incidents]
    .filter(isEnded)
    .sort((a, b) => endOf(b).localeCompare(endOf(a)) || a.id.localeCompare(b.id))
  return [...groupBy(ended, incident => dayOf(Date.parse(endOf(incident)), zone))].map(([day, incidents]) => ({
    day,
    name: dayName(day, words.locale, 'long'),
    incidents,
  }))
}
