import type { Status } from '../../../shared/domain/status.ts'
import { numberId } from '../native-ids.ts'
import { componentsOf, incidentLink, jsonOf, openOn, statusesOf, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/** Heroku's own status, version 4: systems in colours. @see https://devcenter.heroku.com/articles/heroku-status */
export function herokuStatus(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const statuses = statusesOf(page, open)
  return jsonOf({
    status: componentsOf(page).map(({ label, name }) => ({
      system: name,
      status: colours[statuses.get(label) ?? 'operational'],
    })),
    incidents: open.filter(({ kind }) => kind === 'incident').map(incident => entry(page, incident, world)),
    scheduled: open.filter(({ kind }) => kind === 'maintenance').map(incident => entry(page, incident, world)),
  })
}

function entry(page: StatusPage, incident: Incident, world: World) {
  const id = numberId(page.name, incident.id)
  return {
    id,
    title: incident.title,
    state: incident.kind === 'incident' ? 'open' : incident.phase,
    resolved: false,
    created_at: iso(incident.startedAt),
    updated_at: iso(updatedAt(incident)),
    full_url: incidentLink(page, id, world),
    updates: incident.updates.map(({ at, phase, text }, index) => ({
      id: incident.updates.length - index,
      incident_id: id,
      update_type: phase === 'resolved' ? 'resolved' : phase === 'scheduled' ? 'scheduled' : 'update',
      contents: text,
      created_at: iso(at),
    })),
  }
}

const colours: Readonly<Record<Status, string>> = {
  unknown: 'green',
  operational: 'green',
  under_maintenance: 'blue',
  degraded_performance: 'yellow',
  partial_outage: 'yellow',
  major_outage: 'red',
}
