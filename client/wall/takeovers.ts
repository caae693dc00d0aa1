import { z } from 'zod'
import { type Incident, statusOfIncident } from '../../shared/domain/incident.ts'
import { RecordId, type RegionId } from '../../shared/domain/primitives.ts'
import { worstFirst } from '../../shared/domain/rollup.ts'
import { severity } from '../../shared/domain/status.ts'
import { noticeFor, noticesFor } from '../notifications/notification-for.ts'

type Incidents = ReadonlyMap<RecordId, Incident>

/** Why an incident takes the screen, and the incident as it is now. */
export type Alert = { kind: 'opened' | 'worsened'; incident: Incident }

export type Takeovers = {
  /** What this screen has seen; null before the first picture. */
  seen: Incidents | null
  /** Still to be announced, most urgent first. */
  waiting: readonly Alert[]
  /** Announced now, until a moment in ms. */
  shown: (Alert & { until: number }) | null
  /** Announced and not acknowledged, most urgent first. */
  pinned: readonly Alert[]
  /** What was not acknowledged before the page was loaded anew; pinned with the first picture, as far as it stands. */
  restored: readonly RecordId[]
}

/** Before the first picture. `restored`: what stood unacknowledged when the page was last closed. */
export const startTakeovers = (restored: readonly RecordId[]): Takeovers => ({
  seen: null,
  waiting: [],
  shown: null,
  pinned: [],
  restored,
})

/** All that nobody has acknowledged yet. */
export const unacknowledged = ({ shown, waiting, pinned }: Takeovers): RecordId[] =>
  [...(shown === null ? [] : [shown]), ...pinned, ...waiting].map(({ incident }) => incident.id)

/** How long an announcement has the whole screen, ms. */
export const ANNOUNCED_MS = 10_000

/**
 * After the incidents changed: what is new in these regions, or grew worse there to major or critical, is queued; what is over
 * is dropped wherever it stands. The first picture announces nothing, and after a gap only what this screen had not seen counts.
 */
export function hearIncidents(state: Takeovers, incidents: Incidents, mine: ReadonlySet<RegionId>): Takeovers {
  const news = state.seen === null ? [] : noticesFor(state.seen, incidents, mine)
  const fresh = news.flatMap(({ kind, incident }): Alert[] =>
    kind === 'resolved' || (kind === 'worsened' && !isGrave(incident)) ? [] : [{ kind, incident }],
  )
  const isFresh = (id: RecordId) => fresh.some(({ incident }) => incident.id === id)
  const current = <A extends Alert>(alert: A): A[] => {
    const incident = incidents.get(alert.incident.id)
    const stands = incident !== undefined && noticeFor(undefined, incident, mine) === 'opened'
    return stands ? [{ ...alert, incident }] : []
  }
  const kept = (alerts: readonly Alert[]) => alerts.flatMap(current).filter(({ incident }) => !isFresh(incident.id))
  const restored = state.restored.flatMap(id => {
    const incident = incidents.get(id)
    return incident === undefined ? [] : current({ kind: 'opened' as const, incident })
  })
  const [shown = null] = state.shown === null ? [] : current(state.shown)
  return {
    seen: incidents,
    waiting: [...kept(state.waiting), ...fresh].sort(mostUrgentFirst),
    shown,
    pinned: [...kept(state.pinned), ...restored].sort(mostUrgentFirst),
    restored: [],
  }
}

/** As time goes on: an announcement that had its time is pinned, and the most urgent of those that wait is shown. */
export function stepTakeovers(state: Takeovers, now: number): Takeovers {
  const { shown, waiting, pinned } = state
  if (shown !== null && now < shown.until) return state
  const [next, ...rest] = waiting
  if (shown === null && next === undefined) return state
  return {
    ...state,
    waiting: rest,
    shown: next === undefined ? null : { ...next, until: now + ANNOUNCED_MS },
    pinned: shown === null ? pinned : [...pinned, { kind: shown.kind, incident: shown.incident }].sort(mostUrgentFirst),
  }
}

/** Somebody has seen it: the announcement if there is one, else all that is pinned. */
export const acknowledged = (state: Takeovers): Takeovers =>
  state.shown === null ? { ...state, pinned: [] } : { ...state, shown: null }

/** Whether it is major or critical: what wakes people. */
export const isGrave = (incident: Incident): boolean => severity[statusOfIncident(incident)] >= severity.partial_outage

const mostUrgentFirst = (a: Alert, b: Alert): number => worstFirst(a.incident, b.incident)

const KEY = 'nephoscope.wall'
/** More than anybody could be told of. */
const MOST = 200

/** What nobody had acknowledged on this screen when it was last open. `storage` may be forbidden: null. */
export function readUnacknowledged(storage: Pick<Storage, 'getItem'> | null): RecordId[] {
  try {
    return z
      .array(RecordId)
      .max(MOST)
      .catch([])
      .parse(JSON.parse(storage?.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}

/** Keeps it for the next time; a storage that is full keeps what it had. */
export function keepUnacknowledged(storage: Pick<Storage, 'setItem'> | null, ids: readonly RecordId[]): void {
  try {
    storage?.setItem(KEY, JSON.stringify(ids.slice(0, MOST)))
  } catch {
    // only the strip is lost, and only by a reload
  }
}
