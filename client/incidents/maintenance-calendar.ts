import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { clockTime, dayName, dayOf, daysLater, span, type When, type ZoneDay } from '../ui/time.ts'
import { byStart, startOf } from './incidents.ts'

const WEEKS = 4
const DAYS_A_WEEK = 7

/** A maintenance on one day. */
export type CalendarEntry = {
  incident: Incident
  /** `22:00 to 01:00`, or from when where the end is not told, in the chosen zone. */
  window: string
  /** How long it takes; null where the end is not told. */
  length: string | null
  /** It began on an earlier day of the calendar. */
  goesOn: boolean
}

export type CalendarDay = { day: ZoneDay; name: string; today: boolean; entries: CalendarEntry[] }

export type MaintenanceCalendar = {
  /** Four rows of seven days; the first day is today in the chosen zone. */
  weeks: CalendarDay[][]
  /** What begins after these, the next one first. */
  later: CalendarEntry[]
}

/** The maintenances that go on or are ahead, by the days that they touch. */
export function maintenanceCalendar(incidents: Iterable<Incident>, when: When): MaintenanceCalendar {
  const open = [...incidents].filter(incident => incident.kind === 'maintenance' && !isEnded(incident)).sort(byStart)
  const today = dayOf(when.now, when.zone)
  const days = Array.from({ length: WEEKS * DAYS_A_WEEK }, (_, index): CalendarDay => {
    const day = daysLater(today, index)
    return {
      day,
      name: dayName(day, when.words.locale, 'short'),
      today: index === 0,
      entries: open.flatMap(incident => entryOn(incident, day, today, when) ?? []),
    }
  })
  const end = daysLater(today, days.length)
  return {
    weeks: Array.from({ length: WEEKS }, (_, week) => days.slice(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK)),
    later: open.filter(incident => firstDay(incident, when) >= end).map(incident => entryOf(incident, false, when)),
  }
}

/** The entry of a day; undefined where the maintenance does not touch it. What began before today stands under today. */
function entryOn(incident: Incident, day: ZoneDay, today: ZoneDay, when: When): CalendarEntry | undefined {
  const began = firstDay(incident, when)
  const first = began < today ? today : began
  const last = lastDay(incident, when)
  if (day === first) return entryOf(incident, false, when)
  return first < day && day <= last ? entryOf(incident, true, when) : undefined
}

const entryOf = (incident: Incident, goesOn: boolean, when: When): CalendarEntry => {
  const { scheduledUntil: until } = incident
  const from = startOf(incident)
  return {
    incident,
    window: windowOf(from, until, when),
    length: until === null ? null : span(Date.parse(until) - Date.parse(from), when.words),
    goesOn,
  }
}

/** Both ends with their day only where they lie on different days: the calendar tells the day. */
function windowOf(from: Instant, until: Instant | null, when: When): string {
  const clock = (instant: Instant) => clockTime(instant, { ...when, now: Date.parse(instant) })
  if (until === null) return clock(from)
  const { time } = when.words
  const days = [from, until].map(instant => dayOf(Date.parse(instant), when.zone))
  if (days[0] === days[1]) return time.period(clock(from), clock(until))
  const dated = (instant: Instant, day = '') =>
    time.dayAndTime(dayName(day, when.words.locale, 'short'), clock(instant))
  return time.period(dated(from, days[0]), dated(until, days[1]))
}

const firstDay = (incident: Incident, { zone }: When): ZoneDay => dayOf(Date.parse(startOf(incident)), zone)

/** A window that ends at midnight does not touch the day that begins there. */
function lastDay(incident: Incident, when: When): ZoneDay {
  const { scheduledUntil: until } = incident
  return until === null ? firstDay(incident, when) : dayOf(Date.parse(until) - 1, when.zone)
}
