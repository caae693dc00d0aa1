import { z } from 'zod'
import { Instant, WebUrl } from '../../shared/domain/primitives.ts'
import type { PageDocument } from './statuspage.ts'

const page = z.object({ id: z.string(), name: z.string(), url: WebUrl, time_zone: z.string(), updated_at: Instant })

const status = z.object({
  indicator: z.enum(['none', 'maintenance', 'minor', 'major', 'critical']),
  description: z.string(),
})

/** @see https://developer.statuspage.io/#tag/components */
export const StatuspageComponent = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage']),
  description: z.string().nullable(),
  created_at: Instant,
  updated_at: Instant,
  position: z.int(),
  showcase: z.boolean(),
  start_date: z.null(),
  group_id: z.null(),
  group: z.boolean(),
  only_show_if_degraded: z.boolean(),
  page_id: z.string(),
})

/** @see https://developer.statuspage.io/#tag/incidents */
export const StatuspageIncident = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  impact: z.string(),
  created_at: Instant,
  started_at: Instant,
  updated_at: Instant,
  resolved_at: Instant.nullable(),
  monitoring_at: Instant.nullable(),
  shortlink: WebUrl,
  page_id: z.string(),
  scheduled_for: Instant.nullable().optional(),
  scheduled_until: Instant.nullable().optional(),
  incident_updates: z.array(
    z.object({
      id: z.string(),
      incident_id: z.string(),
      status: z.string(),
      body: z.string(),
      created_at: Instant,
      updated_at: Instant,
      display_at: Instant,
      affected_components: z.null(),
    }),
  ),
  components: z.array(StatuspageComponent),
})

const components = z.array(StatuspageComponent)
const incidents = z.object({ page, incidents: z.array(StatuspageIncident) })
const maintenances = z.object({ page, scheduled_maintenances: z.array(StatuspageIncident) })

/** The documents of a status page by their paths. */
export const statuspageSchemas = {
  'summary.json': z.object({ ...incidents.shape, ...maintenances.shape, components, status }),
  'status.json': z.object({ page, status }),
  'components.json': z.object({ page, components }),
  'incidents.json': incidents,
  'incidents/unresolved.json': incidents,
  'scheduled-maintenances.json': maintenances,
  'scheduled-maintenances/active.json': maintenances,
  'scheduled-maintenances/upcoming.json': maintenances,
} satisfies Record<PageDocument, z.ZodType>
