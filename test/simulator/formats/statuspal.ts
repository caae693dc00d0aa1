import type { Impact, Status } from '../../../shared/domain/status.ts'
import { numberId } from '../native-ids.ts'
import { begunAt, incidentLink, jsonOf, labelOf, openOn, statusesOf, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/** The summary of a Statuspal page: groups are services with children. Times are those of Tokyo, without a zone. */
export function statuspalSummary(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const statuses = statusesOf(page, open)
  const service = (group: string | null, name: string): Service => ({
    id: serviceId(page, labelOf(group, name)),
    name,
    current_incident_type: typesOfStatus[statuses.get(labelOf(group, name)) ?? 'operational'],
    children: [],
  })
  const entries = (isListed: (incident: Incident) => boolean) =>
    open.filter(isListed).map(incident => entry(page, incident, world))
  return jsonOf({
    status_page: { name: page.title, url: world.origin, time_zone: 'Asia/Tokyo', subdomain: page.name },
    services: page.parts.flatMap(({ group, names }): Service[] => {
      const services = names.map(name => service(group, name))
      if (group === null) return services
      return [{ id: serviceId(page, group), name: group, current_incident_type: null, children: services }]
    }),
    incidents: entries(({ kind }) => kind === 'incident'),
    maintenances: entries(({ kind, phase }) => kind === 'maintenance' && phase !== 'scheduled'),
    upcoming_maintenances: entries(({ kind, phase }) => kind === 'maintenance' && phase === 'scheduled'),
  })
}

type Service = { id: number; name: string; current_incident_type: string | null; children: Service[] }

function entry(page: StatusPage, incident: Incident, world: World) {
  const id = numberId(page.name, incident.id)
  const planned = incident.kind === 'maintenance'
  return {
    id,
    title: incident.title,
    type: typesOfImpact[incident.impact],
    starts_at: local(begunAt(incident) ?? incident.scheduledFor ?? incident.startedAt),
    ends_at: planned && incident.scheduledUntil !== null ? local(incident.scheduledUntil) : null,
    inserted_at: local(incident.startedAt),
    updated_at: local(updatedAt(incident)),
    service_ids: incident.services.map(label => serviceId(page, label)),
    url: incidentLink(page, id, world),
    updates: incident.updates.map(({ at, phase, text }) => ({
      id: numberId(page.name, `${incident.id} ${at} ${phase}`),
      type: phase,
      description: text,
      description_html: `<p>${text}</p>`,
      posted_at: local(at),
    })),
  }
}

const serviceId = (page: StatusPage, label: string): number => numberId(page.name, `service ${label}`)

/** `2026-07-24T01:29:09` */
const local = (ms: number): string => iso(ms + 9 * 3_600_000).slice(0, 19)

const typesOfStatus: Readonly<Record<Status, string | null>> = {
  unknown: null,
  operational: null,
  under_maintenance: 'scheduled',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'major',
}

const typesOfImpact: Readonly<Record<Impact, string>> = {
  none: 'minor',
  minor: 'minor',
  major: 'major',
  critical: 'major',
  maintenance: 'scheduled',
}
