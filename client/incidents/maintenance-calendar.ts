import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { clockTime, dayName, dayOf, daysLater, span, type When, type ZoneDay } from '../ui/time.ts'
import { byStart, startOf } from './incidents.ts'

const WEEKS = 4
const DAYS_PER_WEEK = 7

export type CalendarEntry = {
  incident: Incident
  /** `22:00 to 01:00` in the chosen zone; the start alone where the provider gives no end. */
  window: string
  length: string | null
  isContinued: boolean
}

export type CalendarDay = { day: ZoneDay; name: string; isToday: boolean; entries: CalendarEntry[] }

/** So many maintenances are a list: a calendar of them would be empty. */
const MAX_LISTED = 3

export type MaintenanceCalendar = {
  /** All of them where they are so few that a list says more, the next one first; else null. */
  list: Incident[] | null
  /** Four rows of seven days; the first day is today in the chosen zone. */
  weeks: CalendarDay[][]
  /** Maintenances after the four weeks, the next one first. */
  later: CalendarEntry[]
}

/** Maintenances in progress or scheduled, by the days that they touch. */
export function maintenanceCalendar(incidents: Iterable<Incident>, when: When): MaintenanceCalendar {
  const open = [...incidents].filter(incident => incident.kind === 'maintenance' && !isEnded(incident)).sort(byStart)
  const today = dayOf(when.now, when.zone)
  const days = Array.from({ length: WEEKS * DAYS_PER_WEEK }, (_, index): CalendarDay => {
    const day = daysLater(today, index)
    return {
      day,
      name: dayName(day, when.words.locale, 'short'),
      isToday: index === 0,
      entries: open.flatMap(incident => entryOn(incident, day, today, when) ?? []),
    }
  })
  const end = daysLater(today, days.length)
  return {
    list: open.length <= MAX_LISTED ? open : null,
    weeks: Array.from({ length: WEEKS }, (_, week) => days.slice(week * DAYS_PER_WEEK, (week + 1) * DAYS_PER_WEEK)),
    later: open.filter(incident => firstDay(incident, when) >= end).map(incident => entryOf(incident, false, when)),
  }
}

function entryOn(incident: Incident, day: ZoneDay, today: ZoneDay, when: When): CalendarEntry | undefined {
  const began = firstDay(incident, when)
  const first = began < today ? today : began
  const last = lastDay(incident, when)
  if (day === first) return entryOf(incident, false, when)
  return first < day && day <= last ? entryOf(incident, true, when) : undefined
}

const entryOf = (incident: Incident, isContinued: boolean, when: When): CalendarEntry => {
  const { scheduledUntil: until } = incident
  const from = startOf(incident)
  return {
    incident,
    window: windowOf(from, until, when),
    length: until === null ? null : span(Date.parse(until) - Date.parse(from), when.words),
    isContinued,
  }
}

/** The days are named only where start and end differ: the calendar shows the day. */
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

/** A window that ends at midnight does not touch the next day. */
function lastDay(incident: Incident, when: When): ZoneDay {
  const { scheduledUntil: until } = incident
  return until === null ? firstDay(incident, when) : dayOf(Date.parse(until) - 1, when.zone)
}
