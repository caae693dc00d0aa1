import { z } from 'zod'
import { RecordId, RegionId, Slug, text } from './primitives.ts'

/** Atlassian Statuspage's words, plus `unknown`. @see https://developer.statuspage.io/#tag/components */
export const Status = z.enum([
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'unknown',
])
export type Status = z.infer<typeof Status>

/** @see https://developer.statuspage.io/#tag/incidents */
export const IncidentStatus = z.enum(['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'])
export const MaintenanceStatus = z.enum(['scheduled', 'in_progress', 'verifying', 'completed'])
export const Impact = z.enum(['none', 'minor', 'major', 'critical', 'maintenance'])
/** The stage of an incident or of a maintenance. */
export const Stage = z.union([IncidentStatus, MaintenanceStatus])
export type Stage = z.infer<typeof Stage>
export type IncidentStatus = z.infer<typeof IncidentStatus>
export type MaintenanceStatus = z.infer<typeof MaintenanceStatus>
export type Impact = z.infer<typeof Impact>

/** From 0 (operational) to 4 (major outage); -1 for `unknown`. */
export const severity: Readonly<Record<Status, number>> = {
  unknown: -1,
  operational: 0,
  under_maintenance: 1,
  degraded_performance: 2,
  partial_outage: 3,
  major_outage: 4,
}

export const statusWords: Readonly<Record<Status, string>> = {
  operational: 'operational',
  under_maintenance: 'under maintenance',
  degraded_performance: 'degraded performance',
  partial_outage: 'partial outage',
  major_outage: 'major outage',
  unknown: 'unknown',
}

/** White text on each has a contrast of 4.5:1 or better. */
export const statusColours: Readonly<Record<Status, string>> = {
  operational: '#016d52',
  under_maintenance: '#0062bd',
  degraded_performance: '#8a5c00',
  partial_outage: '#803605',
  major_outage: '#bd164b',
  unknown: '#5e6676',
}

/** The most severe status; `operational` for none. */
export function worst(statuses: Iterable<Status>): Status {
  let result: Status = 'operational'
  for (const status of statuses) if (severity[status] > severity[result]) result = status
  return result
}

export const statusOfImpact: Readonly<Record<Impact, Status>> = {
  none: 'operational',
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
  maintenance: 'under_maintenance',
}

/** A part of a service, as a status page lists it. */
export const Component = z.object({
  id: RecordId,
  provider: Slug,
  name: text(200),
  /** Its heading on the page: names repeat across groups. */
  group: text(200).optional(),
  status: Status,
  rawStatus: text(80).nullable(),
  regions: z.array(RegionId),
})
export type Component = z.infer<typeof Component>
