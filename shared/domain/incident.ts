import { z } from 'zod'
import { Instant, RecordId, RegionId, Slug, text, WebUrl } from './primitives.ts'
import { Impact, IncidentStatus, MaintenanceStatus, type Status, statusOfImpact } from './status.ts'

export const IncidentUpdate = z.object({
  id: text(120),
  at: Instant,
  status: z.union([IncidentStatus, MaintenanceStatus]),
  text: text(4000),
})
export type IncidentUpdate = z.infer<typeof IncidentUpdate>

export const Incident = z.object({
  id: RecordId,
  provider: Slug,
  kind: z.enum(['incident', 'maintenance']),
  title: text(300),
  status: z.union([IncidentStatus, MaintenanceStatus]),
  /** The source's own word, kept where it is none of ours. */
  rawStatus: text(80).nullable(),
  impact: Impact,
  /** `global` and `unspecified` mark the provider, not all of its regions. */
  scope: z.enum(['regional', 'global', 'unspecified']),
  regions: z.array(RegionId),
  services: z.array(text(120)),
  startedAt: Instant,
  updatedAt: Instant,
  resolvedAt: Instant.nullable(),
  scheduledFor: Instant.nullable(),
  scheduledUntil: Instant.nullable(),
  url: WebUrl.nullable(),
  /** Newest first, at most 100. */
  updates: z.array(IncidentUpdate).max(100),
})
export type Incident = z.infer<typeof Incident>

/** Over: it no longer touches anybody. */
export const isEnded = (incident: Pick<Incident, 'status'>): boolean =>
  incident.status === 'resolved' || incident.status === 'postmortem' || incident.status === 'completed'

/** Happening now: neither over nor still ahead. */
export const isActive = (incident: Pick<Incident, 'status'>): boolean =>
  !isEnded(incident) && incident.status !== 'scheduled'

/** What an active incident makes of the place where it happens. */
export const statusOfIncident = (incident: Pick<Incident, 'kind' | 'impact'>): Status =>
  incident.kind === 'maintenance' ? 'under_maintenance' : statusOfImpact[incident.impact]
