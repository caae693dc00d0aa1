import { type Status, worst } from '../../../shared/domain/status.ts'
import { statuspageId } from '../native-ids.ts'
import type { Rendered, StatusPage, World } from '../world.ts'
import { renderComponents, statusesOf } from './statuspage-components.ts'
import { renderIncident } from './statuspage-incidents.ts'

/**
 * A status page's summary: its components, what is open, and maintenances ahead or under way. What is over is not in it.
 * @see https://developer.statuspage.io/
 */
export function statuspageSummary(page: StatusPage, world: World, now: number): Rendered {
  const open = world.incidents
    .filter(incident => incident.on === page.name && incident.endedAt === null)
    .sort((a, b) => b.startedAt - a.startedAt)
  const incidents = open.filter(incident => incident.kind === 'incident')
  const maintenances = open.filter(incident => now < (incident.scheduledUntil ?? 0) || incident.phase === 'in_progress')
  const statuses = statusesOf(page, open)
  const updatedAt = Math.max(
    ...world.incidents.filter(one => one.on === page.name).map(one => one.updates[0]?.at ?? 0),
    0,
  )
  const summary: Summary = {
    page: {
      id: statuspageId(page.name, 'page'),
      name: page.title,
      url: `${world.origin}/statuspage/${page.name}`,
      time_zone: 'Etc/UTC',
      updated_at: new Date(updatedAt).toISOString(),
    },
    components: renderComponents(page, statuses, open),
    incidents: incidents.map(incident => renderIncident(page, incident, world.origin)),
    scheduled_maintenances: maintenances
      .filter(incident => incident.kind === 'maintenance')
      .map(incident => renderIncident(page, incident, world.origin)),
    status: overall(worst([...statuses.values()])),
  }
  const body = page.engine === 'incident.io' ? asIncidentIo(summary) : summary
  return { body: Buffer.from(JSON.stringify(body)), contentType: 'application/json; charset=utf-8' }
}

type Summary = {
  page: { id: string; name: string; url: string; time_zone: string; updated_at: string }
  components: ReturnType<typeof renderComponents>
  incidents: ReturnType<typeof renderIncident>[]
  scheduled_maintenances: ReturnType<typeof renderIncident>[]
  status: { indicator: string; description: string }
}

/** incident.io's likeness: lists are null when empty, incidents name no components and no shortlink, there are no groups. */
function asIncidentIo({ page, components, incidents, scheduled_maintenances, status }: Summary) {
  const plain = (incident: ReturnType<typeof renderIncident>) => ({
    ...incident,
    components: undefined,
    shortlink: null,
  })
  const orNull = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list)
  return {
    page: { ...page, time_zone: undefined },
    components: components.map(({ id, name, status, position }) => ({ id, name, status, position })),
    incidents: orNull(incidents.map(plain)),
    scheduled_maintenances: orNull(scheduled_maintenances.map(plain)),
    status,
  }
}

function overall(status: Status): Summary['status'] {
  switch (status) {
    case 'under_maintenance':
      return { indicator: 'maintenance', description: 'Service Under Maintenance' }
    case 'degraded_performance':
      return { indicator: 'minor', description: 'Minor Service Outage' }
    case 'partial_outage':
      return { indicator: 'major', description: 'Partial System Outage' }
    case 'major_outage':
      return { indicator: 'critical', description: 'Major Service Outage' }
    default:
      return { indicator: 'none', description: 'All Systems Operational' }
  }
}
