import { type Status, statusOfImpact, worst } from '../../../shared/domain/status.ts'
import { statuspageId } from '../native-ids.ts'
import { allOn, componentId, componentsOf, jsonOf, nameOf, openOn, statusesOf, updatedAt } from '../page-state.ts'
import type { Incident, Phase, Rendered, StatusPage, Update, World } from '../world.ts'
import { iso } from './notation.ts'

/** Status.io's public status: codes beside words, components in containers. @see https://kb.status.io/developers/public-status-api/ */
export function statusioStatus(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const statuses = statusesOf(page, open)
  const planned = open.filter(({ kind }) => kind === 'maintenance')
  const updated = iso(Math.max(0, ...allOn(page, world).map(updatedAt)))
  return jsonOf({
    result: {
      status_overall: { updated, ...codeOf(worst([...statuses.values()])) },
      status: componentsOf(page).map(({ label, name }) => {
        const state = { updated, ...codeOf(statuses.get(label) ?? 'operational') }
        const container = { id: statuspageId(page.name, 'container'), name: 'Main', ...state }
        return { id: componentId(page, label), name, ...state, containers: [container] }
      }),
      incidents: open.filter(({ kind }) => kind === 'incident').map(incident => entry(page, incident)),
      maintenance: {
        active: planned.filter(({ phase }) => phase !== 'scheduled').map(incident => entry(page, incident)),
        upcoming: planned.filter(({ phase }) => phase === 'scheduled').map(incident => entry(page, incident)),
      },
    },
  })
}

const entry = (page: StatusPage, incident: Incident) => ({
  _id: statuspageId(page.name, incident.id),
  name: incident.title,
  datetime_open: iso(incident.startedAt),
  ...(incident.scheduledFor !== null && { datetime_planned_start: iso(incident.scheduledFor) }),
  ...(incident.scheduledUntil !== null && { datetime_planned_end: iso(incident.scheduledUntil) }),
  messages: incident.updates.map(update => message(page, incident, update)),
  components_affected: incident.services.map(label => ({ _id: componentId(page, label), name: nameOf(page, label) })),
  containers_affected: [],
})

const message = (page: StatusPage, incident: Incident, update: Update) => ({
  _id: statuspageId(page.name, `${incident.id} ${update.at} ${update.phase}`),
  details: update.text,
  state: stateOf(update.phase),
  status: codeOf(statusOfImpact[update.impact]).status_code,
  datetime: iso(update.at),
})

/** Of incidents 100 to 400, of maintenances 100 to 300. @see https://kb.status.io/developers/status-codes/ */
function stateOf(phase: Phase): number {
  const order: readonly Phase[][] = [
    ['investigating', 'scheduled'],
    ['identified', 'in_progress'],
    ['monitoring', 'completed'],
    ['resolved'],
  ]
  return 100 * (order.findIndex(phases => phases.includes(phase)) + 1)
}

const codeOf = (status: Status): { status: string; status_code: number } => codes[status]
const codes: Readonly<Record<Status, { status: string; status_code: number }>> = {
  unknown: { status: 'Operational', status_code: 100 },
  operational: { status: 'Operational', status_code: 100 },
  under_maintenance: { status: 'Planned Maintenance', status_code: 200 },
  degraded_performance: { status: 'Degraded Performance', status_code: 300 },
  partial_outage: { status: 'Partial Service Disruption', status_code: 400 },
  major_outage: { status: 'Service Disruption', status_code: 500 },
}
