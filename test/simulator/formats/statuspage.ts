import { type Status, statusOfImpact, worst } from '../../../shared/domain/status.ts'
import { statuspageId } from '../native-ids.ts'
import { allOn, componentId, jsonOf, labelOf, nameOf, statusesOf } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, Update, World } from '../world.ts'
import { iso } from './notation.ts'

/**
 * A status page's summary: components, what is open, and maintenances ahead or under way, without ended ones.
 * @see https://developer.statuspage.io/
 */
export function statuspageSummary(page: StatusPage, world: World, now: number): Rendered {
  const { components, ...rest } = summaryOf(page, world, now)
  return jsonOf({ ...rest, components: components.slice(0, page.summaryLists) })
}

/** Its list of all components, which a summary may cut. */
export function statuspageComponents(page: StatusPage, world: World, now: number): Rendered {
  const { page: head, components } = summaryOf(page, world, now)
  return jsonOf({ page: head, components })
}

/** How many incidents its list of all has. @see https://developer.statuspage.io/#tag/incidents */
const LISTED = 50

/** Its list of incidents, those that are over among them. */
export function statuspageIncidents(page: StatusPage, world: World, now: number): Rendered {
  const { page: head } = summaryOf(page, world, now)
  const listed = allOn(page, world)
    .filter(incident => incident.kind === 'incident')
    .slice(0, LISTED)
  return jsonOf({ page: head, incidents: listed.map(incident => renderIncident(page, incident, world.origin)) })
}

function summaryOf(page: StatusPage, world: World, now: number) {
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
  return page.dialect === 'incident.io' ? asIncidentIo(summary) : summary
}

type Summary = {
  page: { id: string; name: string; url: string; time_zone: string; updated_at: string }
  components: ReturnType<typeof renderComponents>
  incidents: ReturnType<typeof renderIncident>[]
  scheduled_maintenances: ReturnType<typeof renderIncident>[]
  status: { indicator: string; description: string }
}

/** incident.io's dialect: empty lists are null, incidents have no components and no shortlink, there are no groups. */
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

/** When the pages of this world were set up. */
const CREATED = '2024-01-15T09:00:00.000Z'

/** Groups are components with `group: true`; their members refer to them by `group_id`. */
function renderComponents(page: StatusPage, statuses: ReadonlyMap<string, Status>, open: Incident[]) {
  return page.parts.flatMap(({ group, names }, place) => {
    const groupId = group === null ? null : statuspageId(page.name, `group ${group}`)
    const members = names.map((name, position) => {
      const label = labelOf(group, name)
      const at = Math.max(...open.filter(one => one.services.includes(label)).map(one => one.updates[0]?.at ?? 0), 0)
      return {
        ...component(page, componentId(page, label), name, statuses.get(label) ?? 'operational', position + 1),
        ...(at === 0 ? {} : { updated_at: new Date(at).toISOString() }),
        group_id: groupId,
      }
    })
    if (group === null || groupId === null) return members
    const container = component(page, groupId, group, worst(members.map(member => member.status)), place + 1)
    return [{ ...container, group: true, components: members.map(member => member.id) }, ...members]
  })
}

const component = (page: StatusPage, id: string, name: string, status: Status, position: number) => ({
  id,
  name,
  status,
  created_at: CREATED,
  updated_at: CREATED,
  position,
  description: null,
  showcase: false,
  start_date: null,
  group_id: null as string | null, // members overwrite it
  page_id: statuspageId(page.name, 'page'),
  group: false,
  only_show_if_degraded: false,
})

/** An incident, or a maintenance, which has two more fields. @see https://developer.statuspage.io/#tag/incidents */
function renderIncident(page: StatusPage, incident: Incident, origin: string) {
  const id = statuspageId(page.name, incident.id)
  const firstMonitoring = incident.updates.findLast(update => update.phase === 'monitoring')
  return {
    id,
    name: incident.title,
    status: incident.phase,
    created_at: iso(incident.startedAt),
    updated_at: iso(incident.updates[0]?.at ?? incident.startedAt),
    monitoring_at: firstMonitoring ? iso(firstMonitoring.at) : null,
    resolved_at: incident.endedAt === null ? null : iso(incident.endedAt),
    impact: incident.impact,
    shortlink: `${origin}/statuspage/${page.name}/incidents/${id}`,
    started_at: iso(incident.startedAt),
    page_id: statuspageId(page.name, 'page'),
    incident_updates: incident.updates.map((update, index) =>
      renderUpdate(page, id, update, incident.updates[index + 1]),
    ),
    components: incident.services.map(label => ({
      id: componentId(page, label),
      name: nameOf(page, label),
      status: incident.phase === 'scheduled' ? 'operational' : statusOfImpact[incident.impact],
    })),
    ...(incident.scheduledFor === null ? {} : { scheduled_for: iso(incident.scheduledFor) }),
    ...(incident.scheduledUntil === null ? {} : { scheduled_until: iso(incident.scheduledUntil) }),
  }
}

function renderUpdate(page: StatusPage, incidentId: string, update: Update, previous: Update | undefined) {
  return {
    id: statuspageId(page.name, `${incidentId} ${update.at} ${update.phase} ${update.text}`),
    status: update.phase,
    body: update.text,
    incident_id: incidentId,
    created_at: iso(update.at),
    updated_at: iso(update.at),
    display_at: iso(update.at),
    affected_components: update.services.map(label => ({
      code: componentId(page, label),
      name: label,
      old_status: previous?.services.includes(label) ? statusIn(previous) : 'operational',
      new_status: statusIn(update),
    })),
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  }
}

const over: readonly string[] = ['scheduled', 'resolved', 'completed']
const statusIn = (update: Update): Status =>
  over.includes(update.phase) ? 'operational' : statusOfImpact[update.impact]
