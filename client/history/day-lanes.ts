import { dayUntil, hoursUntil } from '../../shared/domain/day-strip.ts'
import { type Incident, isFaded } from '../../shared/domain/incident.ts'
import { groupBy } from '../../shared/domain/order.ts'
import { type SeveritySpan, severitySpans } from '../../shared/domain/severity-spans.ts'
import { isStatusSource, type Source } from '../../shared/domain/source.ts'
import { mostUrgentFirst, type Reader } from '../incidents/incidents.ts'

const HOUR_MS = 3_600_000
const PAST_HOURS = 24
/** Planned maintenance is drawn so far ahead. */
const AHEAD_HOURS = 6
/** Incidents at one time are drawn one below the other, at most so many; more of them share the last row. */
const MAX_ROWS = 4

export type LaneBar = { incident: Incident; spans: readonly SeveritySpan[]; from: number; until: number; row: number }

/** What happened to one provider or vendor. */
export type Lane = {
  provider: string
  /** By their beginning. */
  bars: readonly LaneBar[]
  rows: number
  /** When none of its sources was read, ms. */
  unread: readonly { from: number; until: number }[]
}

export type DayLanes = {
  from: number
  until: number
  lanes: readonly Lane[]
  /** Providers with incidents that have no lane. */
  more: number
}

/** The window of the picture: the last 24 hours and some ahead, ms. */
export const windowAt = (now: number) => ({ from: now - PAST_HOURS * HOUR_MS, until: now + AHEAD_HOURS * HOUR_MS })

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
  const { from, until } = windowAt(now)
  const drawn = [...incidents].sort(mostUrgentFirst({ concern, now })).flatMap(incident => {
    const spans = spansOf(incident, now).filter(span => span.until >= from && span.from < until && isDrawn(span))
    return spans.length === 0 ? [] : [{ incident, spans }]
  })
  const byProvider = [...groupBy(drawn, ({ incident }) => incident.provider)]
  const bySource = groupBy([...sources].filter(isStatusSource), ({ provider }) => provider)
  const lanes = byProvider
    .slice(0, most)
    .map(([provider, its]) => ({ provider, ...stacked(its), unread: unreadHours(bySource.get(provider) ?? [], now) }))
  return { from, until, lanes, more: byProvider.length - lanes.length }
}

/** Without news for days it no longer tells of the present: it ends at its last word. */
const spansOf = (incident: Incident, now: number): SeveritySpan[] =>
  isFaded(incident, now)
    ? severitySpans(incident, now).map(span => ({
        ...span,
        until: Math.min(span.until, Date.parse(incident.updatedAt)),
      }))
    : severitySpans(incident, now)

const isDrawn = ({ status }: SeveritySpan): boolean => status !== 'operational' && status !== 'unknown'

/** Each bar in the first row that is free when it begins. */
function stacked(its: readonly { incident: Incident; spans: readonly SeveritySpan[] }[]): Pick<Lane, 'bars' | 'rows'> {
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
      const row = free !== -1 ? free : Math.min(ends.length, MAX_ROWS - 1)
      ends[row] = Math.max(ends[row] ?? 0, bar.until)
      return { ...bar, row }
    })
  return { bars, rows: Math.max(1, ends.length) }
}

/** Hours in which no source of a provider was read, joined. One that has just begun counts as the hour before. */
function unreadHours(sources: readonly Source[], now: number): { from: number; until: number }[] {
  const days = sources.map(source =>
    dayUntil(source.day, source.lastPollAt === null ? null : Date.parse(source.lastPollAt), now),
  )
  const hours = hoursUntil(now)
  const unread: { from: number; until: number }[] = []
  for (const [index, from] of hours.entries()) {
    const at = index === hours.length - 1 ? index - 1 : index
    if (days.some(day => wasRead(day[index]) || wasRead(day[at]))) continue
    const until = Math.min(now, from + HOUR_MS)
    const last = unread.at(-1)
    if (last?.until === from) last.until = until
    else unread.push({ from, until })
  }
  return unread
}

const wasRead = (hour: string | undefined): boolean => hour === 'o' || hour === 'f'
