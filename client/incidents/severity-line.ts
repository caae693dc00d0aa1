import { type Incident, isEnded, isFaded } from '../../shared/domain/incident.ts'
import { type SeveritySpan, severitySpans } from '../../shared/domain/severity-spans.ts'
import { type Status, statusOfImpact } from '../../shared/domain/status.ts'
import { clockTime, span, type When } from '../ui/time.ts'
import { sentenceCase } from '../words/formats.ts'
import { type TimelineEntry, timeline } from './incident-details.ts'

const MINUTE_MS = 60_000
/** The room before the first and behind the last, of the whole. */
const MARGIN = 0.03
/** The shortest time that is drawn. */
const SHORTEST_MS = MINUTE_MS

/** Words of an incident, or a change without any, on the line: by their clock and by ours, ms. */
export type Mark = { entry: TimelineEntry; status: Status; saidAt: number | null; seenAt: number | null }

export type SeverityLine = {
  /** The time that is drawn, ms. A mark outside of it stands at its edge. */
  from: number
  until: number
  spans: SeveritySpan[]
  /** Oldest first. */
  marks: Mark[]
}

/** An incident as a line of severity over time, with all that was said. Pure. @param now ms since the epoch */
export function severityLine(incident: Incident, now: number): SeverityLine {
  const spans = withFading(incident, now)
  const marks = timeline(incident).map(entry => ({
    entry,
    status: statusThen(incident, entry),
    saidAt: entry.saidAt === null ? null : Date.parse(entry.saidAt),
    seenAt: entry.seenAt === null ? null : Date.parse(entry.seenAt),
  }))
  // what lies ahead is announced long before; what is over may be read long after, which would leave it a dot
  const announced =
    incident.status === 'scheduled' ? [now, ...marks.flatMap(({ saidAt, seenAt }) => saidAt ?? seenAt ?? [])] : []
  const from = Math.min(...spans.map(one => one.from), ...announced)
  const until = Math.max(...spans.map(one => one.until), ...announced)
  const length = Math.max(SHORTEST_MS, until - from)
  return { from: from - length * MARGIN, until: from + length * (1 + MARGIN), spans, marks }
}

/** Without news for days nothing is known of the time since its last word. */
function withFading(incident: Incident, now: number): SeveritySpan[] {
  const spans = severitySpans(incident, now)
  const last = spans.at(-1)
  if (last === undefined || !isFaded(incident, now)) return spans
  const lastWord = Math.max(last.from, Date.parse(incident.updatedAt))
  return [...spans.slice(0, -1), { ...last, until: lastWord }, { ...last, from: lastWord, status: 'unknown' }]
}

function statusThen({ kind }: Incident, { status, impact }: TimelineEntry): Status {
  if (isEnded({ status })) return 'operational'
  return kind === 'maintenance' ? 'under_maintenance' : statusOfImpact[impact]
}

/**
 * Places in rising order, moved apart until none is nearer to the next than `gap`, and within 0 to `end`. Where they do
 * not fit they stand evenly.
 */
export function spread(places: readonly number[], gap: number, end: number): number[] {
  const least = Math.min(gap, end / Math.max(1, places.length - 1))
  const moved: number[] = []
  for (const place of places) moved.push(Math.max(place, (moved.at(-1) ?? Number.NEGATIVE_INFINITY) + least))
  let limit = end
  return moved
    .reverse()
    .map(place => {
      const at = Math.min(place, limit)
      limit = at - least
      return at
    })
    .reverse()
}

/** 'Identified, dated 14:20, read 14:21 (42 s later)' */
export function markText({ entry, saidAt, seenAt }: Mark, when: When): string {
  const { line, rewritten } = when.words.incidentPage
  const lag = saidAt === null || seenAt === null ? null : seenAt - saidAt
  const late = lag === null ? null : lag < 0 ? line.earlier(span(-lag, when.words)) : line.later(span(lag, when.words))
  return when.words.lists.plain([
    sentenceCase(when.words.states.stage[entry.status]),
    ...(entry.isRewrite ? [rewritten] : []),
    ...(saidAt === null ? [] : [line.dated(clockTime(saidAt, when))]),
    ...(seenAt === null ? [] : [line.read(clockTime(seenAt, when), late)]),
  ])
}
