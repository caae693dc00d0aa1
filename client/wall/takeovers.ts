import { z } from 'zod'
import { acknowledgementOf, type Handling } from '../../shared/domain/handling.ts'
import { type Incident, statusOfIncident } from '../../shared/domain/incident.ts'
import { RecordId } from '../../shared/domain/primitives.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import { severity } from '../../shared/domain/status.ts'
import { readStored } from '../browser.ts'
import { alertKind, alertsBetween } from '../notifications/incident-alerts.ts'
import type { ReasonsOf } from '../stacks/standpoint.ts'

type Incidents = ReadonlyMap<RecordId, Incident>

/** Why an incident takes over the screen, and its current state. */
export type Alert = { kind: 'opened' | 'worsened'; incident: Incident }

export type Takeovers = {
  /** The incidents this screen has processed; null before the first snapshot. */
  seen: Incidents | null
  /** To be announced, most urgent first. */
  waiting: readonly Alert[]
  /** On the whole screen, until an instant in ms. */
  shown: (Alert & { until: number }) | null
  /** Announced and not acknowledged, most urgent first. */
  pinned: readonly Alert[]
  /** Not acknowledged before a reload. The first snapshot pins those that are still open. */
  restored: readonly RecordId[]
}

export const initialTakeovers = (restored: readonly RecordId[]): Takeovers => ({
  seen: null,
  waiting: [],
  shown: null,
  pinned: [],
  restored,
})

export const unacknowledgedIds = ({ shown, waiting, pinned }: Takeovers): RecordId[] =>
  [...(shown === null ? [] : [shown]), ...pinned, ...waiting].map(({ incident }) => incident.id)

export const ANNOUNCED_MS = 10_000

/**
 * The state after the incidents changed. An incident that newly concerns the wall's stack, or worsened there to a
 * severe one, is queued; one that ended is dropped everywhere. The first snapshot announces nothing. After a gap only unseen ones
 * count.
 */
export function updateTakeovers(state: Takeovers, incidents: Incidents, reasonsOf: ReasonsOf): Takeovers {
  const changes = state.seen === null ? [] : alertsBetween(state.seen, incidents, reasonsOf)
  const fresh = changes.flatMap(({ kind, incident }): Alert[] =>
    kind === 'resolved' || (kind === 'worsened' && !isSevere(incident)) ? [] : [{ kind, incident }],
  )
  const isFresh = (id: RecordId) => fresh.some(({ incident }) => incident.id === id)
  const current = <A extends Alert>(alert: A): A[] => {
    const incident = incidents.get(alert.incident.id)
    const isOpen = incident !== undefined && alertKind(undefined, incident, reasonsOf) === 'opened'
    return isOpen ? [{ ...alert, incident }] : []
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

/** Reasons without those of incidents that somebody takes care of: these interrupt nobody. @param now ms */
export const reasonsOfUnhandled =
  (reasonsOf: ReasonsOf, handlings: ReadonlyMap<RecordId, Handling>, now: () => number): ReasonsOf =>
  incident =>
    acknowledgementOf(handlings.get(incident.id), incident, now()) === null ? reasonsOf(incident) : []

/** The state at `now`: an announcement whose time is over is pinned, and the most urgent waiting one is shown. */
export function advanceTakeovers(state: Takeovers, now: number): Takeovers {
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

export const acknowledgeAlerts = (state: Takeovers): Takeovers =>
  state.shown === null ? { ...state, pinned: [] } : { ...state, shown: null }

export const isSevere = (incident: Incident): boolean => severity[statusOfIncident(incident)] >= severity.partial_outage

/** How often the tone plays for an announcement: more often for a worse one. */
export const toneCount = (incident: Incident): number => Math.max(1, severity[statusOfIncident(incident)] - 1)

const mostUrgentFirst = (a: Alert, b: Alert): number => worstFirst(a.incident, b.incident)

const STORAGE_KEY = 'nephoscope.wall'
const MAX_STORED = 200

/** The unacknowledged incidents of this screen's last visit. `storage` is null where it is forbidden. */
export const readUnacknowledged = (storage: Pick<Storage, 'getItem'> | null): RecordId[] =>
  readStored(storage, STORAGE_KEY, z.array(RecordId).max(MAX_STORED)) ?? []

/** Full storage keeps its old content. */
export function saveUnacknowledged(storage: Pick<Storage, 'setItem'> | null, ids: readonly RecordId[]): void {
  try {
    storage?.setItem(STORAGE_KEY, JSON.stringify(ids.slice(0, MAX_STORED)))
  } catch {
    // only the strip is lost, and only after a reload
  }
}
