import { dayUntil, hoursUntil } from '../../shared/domain/day-strip.ts'
import { type Incident, isEnded, isFaded } from '../../shared/domain/incident.ts'
import { groupBy } from '../../shared/domain/order.ts'
import { type SeveritySpan, severitySpans } from '../../shared/domain/severity-spans.ts'
import { isStatusSource, type Source } from '../../shared/domain/source.ts'
import { endOf, mostUrgentFirst, type Reader } from '../incidents/incidents.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const PAST_HOURS = 24
/** Planned maintenance is drawn so far ahead. */
const AHEAD_HOURS = 6
/** Incidents at one time are drawn one below the other, at most so many; more of them share the last row. */
const MAX_ROWS = 4
/** The shortest bar takes the room of so long, so that the next one does not lie on it. */
const SHORTEST_MS = 10 * MINUTE_MS

/** The time that is drawn, ms: `now` lies in it. */
export type Window = { from: number; until: number; now: number }

/** An incident as one bar; its spans are what is drawn of it. */
export type LaneBar = { incident: Incident; spans: readonly SeveritySpan[]; from: number; until: number; row: number }

/** What happened to one provider or vendor. */
export type Lane = {
  provider: string
  /** By their beginning. */
  bars: readonly LaneBar[]
  rows: number
  /** When none of its sources was read, ms. */
  unread: readonly Pick<Window, 'from' | 'until'>[]
}

export type DayLanes = Window & {
  lanes: readonly Lane[]
  /** Providers with incidents that have no lane. */
  more: number
  /** How much is drawn: incidents, and maintenances that have not begun. */
  incidents: number
  planned: number
  /** How many of the providers that are watched were not read in some of the hours. */
  unread: number
}

/**
 * The last 24 hours as lanes: one for each provider with an incident in them or a maintenance ahead, in the order of
 * the lists: what concerns the reader first, then the worst. Pure.
 */
export function dayLanes(
  incidents: Iterable<Incident>,
  sources: Iterable<Source>,
  { concern, now }: Reader,
  most: number,
): DayLanes {
  const window = { from: now - PAST_HOURS * HOUR_MS, until: now + AHEAD_HOURS * HOUR_MS, now }
  const drawn = [...incidents]
    .filter(incident => !isEnded(incident) || Date.parse(endOf(incident)) >= window.from)
    .map(incident => ({ incident, spans: spansWithin(incident, window) }))
    .filter(({ spans }) => spans.length > 0)
  const order = mostUrgentFirst({ concern, now })
  // what goes on, then what is over, then what is ahead
  const turn = ({ incident }: (typeof drawn)[number]) =>
    isEnded(incident) ? 1 : incident.status === 'scheduled' ? 2 : 0
  drawn.sort((a, b) => turn(a) - turn(b) || order(a.incident, b.incident))
  const byProvider = [...groupBy(drawn, ({ incident }) => incident.provider)]
  const bySource = groupBy([...sources].filter(isStatusSource), ({ provider }) => provider)
  const unreadOf = (provider: string) => unreadHours(bySource.get(provider) ?? [], now)
  const lanes = byProvider
    .slice(0, most)
    .map(([provider, its]) => ({ provider, ...stacked(its), unread: unreadOf(provider) }))
  const planned = drawn.filter(({ incident }) => incident.status === 'scheduled').length
  return {
    ...window,
    lanes,
    more: byProvider.length - lanes.length,
    incidents: drawn.length - planned,
    planned,
    unread: [...bySource.keys()].filter(provider => unreadOf(provider).length > 0).length,
  }
}

/** What is drawn of an incident. Without news for days it tells nothing of the present: it ends with its last word. */
function spansWithin(incident: Incident, { from, until, now }: Window): SeveritySpan[] {
  const lastWord = isFaded(incident, now) ? Date.parse(incident.updatedAt) : Number.POSITIVE_INFINITY
  return severitySpans(incident, now)
    .map(span => ({ ...span, until: Math.min(span.until, lastWord) }))
    .filter(span => span.until >= from && span.from < until)
    .filter(({ status }) => status !== 'operational' && status !== 'unknown')
}

/** Each bar in the first row that is free when it begins. */
function stacked(its: readonly Pick<LaneBar, 'incident' | 'spans'>[]): Pick<Lane, 'bars' | 'rows'> {
  const ends: number[] = []
  const bars = its
    .map(({ incident, spans }) => ({
      incident,
      spans,
      from: Math.min(...spans.map(span => span.from)),
      until: Math.max(...spans.map(span => span.until)),
    }))
    .sort((a, b) => a.from - b.from)
    .map(bar => {
      const free = ends.findIndex(end => end <= bar.from)
      const row = free === -1 ? Math.min(ends.length, MAX_ROWS - 1) : free
      ends[row] = Math.max(ends[row] ?? 0, bar.until, bar.from + SHORTEST_MS)
      return { ...bar, row }
    })
  return { bars, rows: Math.max(1, ends.length) }
}

/** Hours in which no source of a provider was read, joined. One that has just begun counts as the hour before. */
function unreadHours(sources: readonly Source[], now: number): Lane['unread'] {
  const days = sources.map(({ day, lastPollAt }) =>
    dayUntil(day, lastPollAt === null ? null : Date.parse(lastPollAt), now),
  )
  const hours = hoursUntil(now)
  const unread: Pick<Window, 'from' | 'until'>[] = []
  for (const [index, hour] of hours.entries()) {
    const isPresent = index === hours.length - 1
    if (days.some(day => wasRead(day[index]) || (isPresent && wasRead(day[index - 1])))) continue
    // the first of the hours began before the window did
    const from = Math.max(hour, now - PAST_HOURS * HOUR_MS)
    const until = Math.min(now, hour + HOUR_MS)
    const last = unread.at(-1)
    if (last?.until === from) last.until = until
    else unread.push({ from, until })
  }
  return unread
}

const wasRead = (hour: string | undefined): boolean => hour === 'o' || hour === 'f'
