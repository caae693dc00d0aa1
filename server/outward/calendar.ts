import {
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { type Incident, isEnded } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import { firstDate } from './dates.ts'

const MAX_EVENTS = 500
/** How long what is over, or was cancelled, stays: every subscriber must have seen it. */
const PAST_DAYS = 30
/** How often calendars should ask again. */
const REFRESH_S = 15 * 60
/** Of a maintenance whose end nobody announced. */
const ASSUMED_MS = 60 * 60_000
const MAX_NAMED_REGIONS = 3

export type CalendarInput = {
  /** `Maintenance: AWS` */
  name: string
  /** Those of the channel; only maintenances become events. */
  incidents: Iterable<Incident>
  nameOf(provider: string): string
  base: string
  /** The address that was asked. */
  self: string
  now: number
}

/**
 * Maintenances as a calendar to subscribe to. Pure: the same text as long as nothing has changed.
 * @see https://www.rfc-editor.org/rfc/rfc5545 https://www.rfc-editor.org/rfc/rfc7986
 */
export function calendarOf({ name, incidents, nameOf, base, self, now }: CalendarInput): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'Nephoscope', product: 'Nephoscope', language: 'EN' },
    // the library escapes texts of events, but not this one
    name: plain(name).replace(/[\\;,]/g, '\\$&'),
    method: ICalCalendarMethod.PUBLISH,
    source: self,
    ttl: REFRESH_S,
  })
  for (const { incident, start, end } of eventsOf(incidents, now)) {
    const provider = nameOf(incident.provider)
    const url = `${base}/incident/${incident.id}`
    const changed = firstDate(incident.updatedAt) ?? start
    calendar.createEvent({
      id: `${incident.id.replace('/', '.')}@nephoscope`,
      sequence: (incident.entries[0]?.n ?? 1) - 1,
      stamp: changed,
      lastModified: changed,
      start,
      end,
      summary: plain(`${[provider, ...regionCodes(incident)].join(' ')}: ${incident.title}`),
      description: plain(`${wordsOf(incident)}\n${url}`),
      url,
      status: isCancelled(incident) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      categories: [{ name: plain(provider) }],
      // nobody's time is taken by it
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    })
  }
  return `${calendar.toString()}\r\n`
}

type Window = { start: string; end: string }
type CalendarEvent = Window & { incident: Incident }

/** What is to come or going on, the soonest first; then what is over, the newest first; as many as fit, by their start. */
function eventsOf(incidents: Iterable<Incident>, now: number): CalendarEvent[] {
  const from = new Date(now - PAST_DAYS * 86_400_000).toISOString()
  const all = [...incidents]
    .filter(({ kind }) => kind === 'maintenance')
    .map(incident => ({ incident, ...windowOf(incident) }))
    .filter(
      ({ incident, end }) => !isEnded(incident) || (incident.resolvedAt ?? incident.updatedAt) > from || end > from,
    )
  const open = all.filter(({ incident }) => !isEnded(incident)).sort(bySoonest)
  const over = all.filter(({ incident }) => isEnded(incident)).sort(descending('start'))
  return [...open, ...over].slice(0, MAX_EVENTS).sort(bySoonest)
}

const bySoonest = firstOf<CalendarEvent>(
  ascending('start'),
  ascending(({ incident }) => incident.id),
)

/** As it was announced, whatever became of it. Sources may give no end, or one before the start. */
function windowOf({ scheduledFor, scheduledUntil, startedAt, resolvedAt }: Incident): Window {
  const start = scheduledFor ?? startedAt
  const end = [scheduledUntil, resolvedAt].find(instant => instant !== null && instant > start)
  return { start, end: end ?? new Date(Date.parse(start) + ASSUMED_MS).toISOString() }
}

/** Whether it is over before it began: its source withdrew it, or said so. */
function isCancelled(incident: Incident): boolean {
  const { scheduledFor, startedAt, resolvedAt, updatedAt, entries } = incident
  const hasBegun = entries.some(({ status }) => status === 'in_progress' || status === 'verifying')
  return isEnded(incident) && !hasBegun && (resolvedAt ?? updatedAt) < (scheduledFor ?? startedAt)
}

function regionCodes({ regions }: Incident): string[] {
  const codes = regions.map(id => id.slice(id.indexOf('/') + 1))
  if (codes.length <= MAX_NAMED_REGIONS) return codes.length === 0 ? [] : [codes.join(', ')]
  return [`${codes.slice(0, MAX_NAMED_REGIONS).join(', ')} and ${codes.length - MAX_NAMED_REGIONS} more`]
}

/** The stage, the last words, the services, and whether the end is only assumed. */
function wordsOf({ status, scheduledUntil, services, entries }: Incident): string {
  const last = entries.find(({ text }) => text !== '')?.text ?? ''
  return [
    `Status: ${status.replace('_', ' ')}.`,
    ...(scheduledUntil === null ? ['Its end is not announced.'] : []),
    ...(services.length > 0 ? [`Services: ${services.slice(0, 20).join(', ')}.`] : []),
    last,
  ].join('\n')
}

/** Without the controls, and the halves of characters, that a calendar may not hold. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
const plain = (text: string): string => text.replace(notText, '')

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are left out
const notText = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu
