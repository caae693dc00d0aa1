import { statuspageId } from '../native-ids.ts'
import { incidentLink, jsonOf, openOn, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/** Instatus' summary; a list without entries is left out. @see https://instatus.com/help/api/status-page */
export function instatusSummary(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const incidents = open.filter(({ kind }) => kind === 'incident')
  const maintenances = open.filter(({ kind }) => kind === 'maintenance')
  const isUnderWay = maintenances.some(({ phase }) => phase !== 'scheduled')
  return jsonOf({
    page: {
      name: page.title,
      url: world.origin,
      status: incidents.length > 0 ? 'HASISSUES' : isUnderWay ? 'UNDERMAINTENANCE' : 'UP',
    },
    ...(incidents.length > 0 && { activeIncidents: incidents.map(incident => incidentIn(page, incident, world)) }),
    ...(maintenances.length > 0 && { activeMaintenances: maintenances.map(one => maintenanceIn(page, one, world)) }),
  })
}

const incidentIn = (page: StatusPage, incident: Incident, world: World) => ({
  ...common(page, incident, world),
  started: iso(incident.startedAt),
  status: incident.phase.toUpperCase(),
  impact: impacts[incident.impact],
})

const maintenanceIn = (page: StatusPage, incident: Incident, world: World) => {
  const from = incident.scheduledFor ?? incident.startedAt
  return {
    ...common(page, incident, world),
    start: iso(from),
    status: incident.phase === 'scheduled' ? 'NOTSTARTEDYET' : 'INPROGRESS',
    duration: String(Math.round(((incident.scheduledUntil ?? from) - from) / 60_000)),
  }
}

const common = (page: StatusPage, incident: Incident, world: World) => {
  const id = statuspageId(page.name, incident.id)
  return { id, name: incident.title, url: incidentLink(page, id, world), updatedAt: iso(updatedAt(incident)) }
}

const impacts = {
  none: 'OPERATIONAL',
  minor: 'DEGRADEDPERFORMANCE',
  major: 'PARTIALOUTAGE',
  critical: 'MAJOROUTAGE',
  maintenance: 'UNDERMAINTENANCE',
} as const
