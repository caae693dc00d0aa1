import { type Status, statusOfImpact, worst } from '../../../shared/domain/status.ts'
import { statuspageId } from '../native-ids.ts'
import { allOn, componentId, componentsOf, jsonOf, openOn, statusesOf } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/**
 * A Better Stack page as JSON:API: sections, resources, reports and their updates side by side. Ended reports stay,
 * with `ends_at` null.
 * @see https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates/subscribing-to-api/
 */
export function betterstackPage(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const statuses = statusesOf(page, open)
  const sectionOf = (group: string | null) => statuspageId(page.name, `section ${group ?? ''}`)
  const sections = [...new Set(page.parts.map(({ group }) => group))]
  return jsonOf({
    data: {
      id: statuspageId(page.name, 'page'),
      type: 'status_page',
      attributes: { company_name: page.title, aggregate_state: words[worst([...statuses.values()])] },
    },
    included: [
      ...sections.map((group, position) => ({
        id: sectionOf(group),
        type: 'status_page_section',
        attributes: { name: group ?? 'Services', position },
      })),
      ...componentsOf(page).map(({ label, group, name }) => ({
        id: componentId(page, label),
        type: 'status_page_resource',
        attributes: {
          status_page_section_id: sectionOf(group),
          public_name: name,
          status: words[statuses.get(label) ?? 'operational'],
          status_history: [],
        },
      })),
      ...allOn(page, world).flatMap(incident => report(page, incident)),
    ],
  })
}

function report(page: StatusPage, incident: Incident) {
  const id = statuspageId(page.name, incident.id)
  const isOver = incident.endedAt !== null
  const planned = incident.kind === 'maintenance'
  const state = words[statusOfImpact[incident.impact]]
  const resources = incident.services.map(label => ({
    status_page_resource_id: componentId(page, label),
    status: state,
  }))
  const updates = incident.updates.map(update => ({
    id: statuspageId(page.name, `${id} ${update.at} ${update.phase}`),
    type: 'status_update',
    attributes: { message: update.text, published_at: iso(update.at), status_report_id: id },
  }))
  return [
    {
      id,
      type: 'status_report',
      attributes: {
        title: incident.title,
        report_type: planned ? 'maintenance' : 'manual',
        starts_at: iso(startOf(incident)),
        ends_at: planned && incident.scheduledUntil !== null ? iso(incident.endedAt ?? incident.scheduledUntil) : null,
        aggregate_state: isOver ? 'resolved' : state,
        affected_resources: resources,
      },
      relationships: { status_updates: { data: updates.map(update => ({ id: update.id, type: update.type })) } },
    },
    ...updates,
  ]
}

/** Work may begin before its planned time. */
const startOf = (incident: Incident): number =>
  incident.updates.findLast(({ phase }) => phase === 'in_progress')?.at ?? incident.scheduledFor ?? incident.startedAt

const words: Readonly<Record<Status, string>> = {
  unknown: 'not_monitored',
  operational: 'operational',
  under_maintenance: 'maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'downtime',
  major_outage: 'downtime',
}
