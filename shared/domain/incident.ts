import { z } from 'zod'
import { ascending, descending, firstOf, itemsBeyond } from './order.ts'
import { Instant, RecordId, RegionId, Slug, text, WebUrl } from './primitives.ts'
import { Impact, IncidentStatus, MaintenanceStatus, type Status, statusOfImpact } from './status.ts'

const Stage = z.union([IncidentStatus, MaintenanceStatus])

export const MAX_STEPS = 50

export const IncidentUpdate = z.object({ id: text(120), at: Instant, status: Stage, text: text(4000) })
export type IncidentUpdate = z.infer<typeof IncidentUpdate>

const named = <K extends string>(kind: K) => z.object({ kind: z.literal(kind), names: z.array(text(160)) })

/** One difference between two readings of an incident. */
export const IncidentChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), from: Stage, to: Stage }),
  z.object({ kind: z.literal('impact'), from: Impact, to: Impact }),
  named('regionsAdded'),
  named('regionsRemoved'),
  named('servicesAdded'),
  named('servicesRemoved'),
])
export type IncidentChange = z.infer<typeof IncidentChange>

const IncidentStep = z.object({
  at: Instant,
  /** The update that explains it; null if the record changed without one. */
  update: text(120).nullable(),
  status: Stage,
  changes: z.array(IncidentChange),
})
type IncidentStep = z.infer<typeof IncidentStep>

export const Incident = z.object({
  id: RecordId,
  provider: Slug,
  kind: z.enum(['incident', 'maintenance']),
  title: text(300),
  status: Stage,
  /** The source's own word for a status outside our vocabulary. */
  rawStatus: text(80).nullable(),
  impact: Impact,
  /** `global` and `unspecified` affect the provider, not all of its regions. */
  scope: z.enum(['regional', 'global', 'unspecified']),
  regions: z.array(RegionId),
  services: z.array(text(120)),
  /** Availability zones that the source names, as it writes them: 'use1-az4', 'us-central1-a'. A hint, never a bound. */
  zones: z.array(text(60)).max(60).optional(),
  startedAt: Instant,
  updatedAt: Instant,
  resolvedAt: Instant.nullable(),
  scheduledFor: Instant.nullable(),
  scheduledUntil: Instant.nullable(),
  /** An open incident of a history fades: this long after `updatedAt`, in ms. Absent where the source lists what is open. */
  fadesAfterMs: z.number().int().positive().optional(),
  url: WebUrl.nullable(),
  /** Newest first, at most 100. */
  updates: z.array(IncidentUpdate).max(100),
  /** Changes that we observed, oldest first, at most `MAX_STEPS`; absent without any. Readers never set it. */
  steps: z.array(IncidentStep).max(MAX_STEPS).optional(),
})
export type Incident = z.infer<typeof Incident>

/** Every region that the incident has named so far: those that have left it still hear how it ends. */
export const everRegions = ({ regions, steps = [] }: Pick<Incident, 'regions' | 'steps'>): RegionId[] => {
  const left = steps.flatMap(({ changes }) =>
    changes.flatMap(change => (change.kind === 'regionsRemoved' ? change.names : [])),
  )
  return [...new Set([...regions, ...left])]
}

export const isEnded = (incident: Pick<Incident, 'status'>): boolean =>
  incident.status === 'resolved' || incident.status === 'postmortem' || incident.status === 'completed'

/** Whether the incident is happening now: neither over nor scheduled. */
export const isActive = (incident: Pick<Incident, 'status'>): boolean =>
  !isEnded(incident) && incident.status !== 'scheduled'

/** Whether an open incident had no news for so long that it no longer colours its regions. @param now ms since the epoch */
export const isFaded = ({ updatedAt, fadesAfterMs }: Incident, now: number): boolean =>
  fadesAfterMs !== undefined && now - Date.parse(updatedAt) > fadesAfterMs

/** The status that an active incident gives to its regions. */
export const statusOfIncident = (incident: Pick<Incident, 'kind' | 'impact'>): Status =>
  incident.kind === 'maintenance' ? 'under_maintenance' : statusOfImpact[incident.impact]

const latestFirst = firstOf<Incident>(descending('updatedAt'), ascending('id'))

/** Deletes ended incidents beyond a limit, the oldest first. Those that are not over stay. */
export function trimEndedIncidents(incidents: Map<string, Incident>, limit: number): void {
  if (incidents.size <= limit) return
  const ended = [...incidents.values()].filter(isEnded)
  for (const { id } of itemsBeyond(limit, ended, latestFirst)) incidents.delete(id)
}

const ENDED_REMEMBERED = 50

/** Every incident that is not over, then the newest of those that are. */
export function rememberIncidents(incidents: readonly Incident[]): Incident[] {
  const ended = incidents.filter(isEnded).sort(descending('updatedAt'))
  return [...incidents.filter(incident => !isEnded(incident)), ...ended.slice(0, ENDED_REMEMBERED)]
}

/** Incidents, worst first, whose newest update keeps its text in a compact snapshot: those that a dashboard lists. */
const INCIDENTS_WITH_TEXT = 50

/** The incidents of a compact snapshot: only the newest update, and no steps. @param incidents worst first */
export const compactIncidents = (incidents: readonly Incident[]): Incident[] =>
  incidents.map((incident, index) => ({
    ...withoutSteps(incident),
    updates: incident.updates
      .slice(0, 1)
      .map(update => (index < INCIDENTS_WITH_TEXT ? update : { ...update, text: '' })),
  }))

export const textsOfIncidents = (incidents: readonly Incident[]): Pick<Incident, 'id' | 'updates' | 'steps'>[] =>
  incidents
    .filter(
      ({ updates, steps }, index) =>
        steps !== undefined ||
        updates.length > 1 ||
        (index >= INCIDENTS_WITH_TEXT && updates.some(update => update.text !== '')),
    )
    .map(({ id, updates, steps }) => ({ id, updates, ...(steps && { steps }) }))

/** The later of two versions of an incident, with the steps of the earlier one and the step between them. */
export function withStep(before: Incident, after: Incident): Incident {
  const changes = changesBetween(before, after)
  const step: IncidentStep = { at: after.updatedAt, update: newestUpdate(before, after), status: after.status, changes }
  const steps = [...(before.steps ?? []), ...(changes.length === 0 ? [] : [step])].slice(-MAX_STEPS)
  return steps.length === 0 ? after : { ...after, steps }
}

export function withoutSteps(incident: Incident): Omit<Incident, 'steps'> {
  const { steps, ...reported } = incident
  return reported
}

function newestUpdate(before: Incident, after: Incident): string | null {
  const known = new Set(before.updates.map(({ id }) => id))
  return after.updates.find(({ id }) => !known.has(id))?.id ?? null
}

function changesBetween(before: Incident, after: Incident): IncidentChange[] {
  const listed = (kind: Extract<IncidentChange, { names: string[] }>['kind'], names: string[]): IncidentChange[] =>
    names.length === 0 ? [] : [{ kind, names }]
  return [
    ...(before.status === after.status ? [] : [{ kind: 'status' as const, from: before.status, to: after.status }]),
    ...(before.impact === after.impact ? [] : [{ kind: 'impact' as const, from: before.impact, to: after.impact }]),
    ...listed('regionsAdded', without(after.regions, before.regions)),
    ...listed('regionsRemoved', without(before.regions, after.regions)),
    ...listed('servicesAdded', without(after.services, before.services)),
    ...listed('servicesRemoved', without(before.services, after.services)),
  ]
}

function without(names: readonly string[], known: readonly string[]): string[] {
  const set = new Set(known)
  return names.filter(name => !set.has(name))
}
