import { statuspageId } from '../native-ids.ts'
import { incidentLink, jsonOf, openOn, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/**
 * The status of a Rootly page. The fields of an incident are not documented: here they are those of Statuspage, with a
 * title. @see https://docs.rootly.com/configuration/status-page-public-api
 */
export function rootlyStatus(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const incidents = open.filter(({ kind }) => kind === 'incident')
  const isUnderWay = open.some(({ kind, phase }) => kind === 'maintenance' && phase !== 'scheduled')
  const isSevere = incidents.some(({ impact }) => impact === 'major' || impact === 'critical')
  const indicator = isSevere ? 'major' : incidents.length > 0 ? 'minor' : isUnderWay ? 'maintenance' : 'none'
  return jsonOf({
    page: {
      name: page.title,
      url: world.origin,
      time_zone: 'UTC',
      updated_at: iso(Math.max(0, ...open.map(updatedAt))),
    },
    status: { indicator, description: indicator === 'none' ? 'All systems operational' : `State: ${indicator}` },
    incidents: incidents.map(incident => entry(page, incident, world)),
  })
}

function entry(page: StatusPage, incident: Incident, world: World) {
  const id = statuspageId(page.name, incident.id)
  return {
    id,
    title: incident.title,
    status: incident.phase,
    impact: incident.impact,
    created_at: iso(incident.startedAt),
    updated_at: iso(updatedAt(incident)),
    resolved_at: null,
    shortlink: incidentLink(page, id, world),
    incident_updates: incident.updates.map(({ at, phase, text }) => ({
      id: statuspageId(page.name, `${id} ${at} ${phase}`),
      status: phase,
      body: text,
      created_at: iso(at),
    })),
  }
}
