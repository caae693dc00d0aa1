import { statuspageId } from '../native-ids.ts'
import { componentId, componentsOf, jsonOf, openOn, updatedAt } from '../page-state.ts'
import type { Incident, Phase, Rendered, StatusPage, Update, World } from '../world.ts'

/** The services of a status page of PagerDuty. @see https://status.pagerduty.com/api/services */
export const pagerdutyServices = (page: StatusPage): Rendered =>
  jsonOf({
    services: componentsOf(page).map(({ label, name }) => ({
      id: componentId(page, label),
      name,
      display_name: name,
      is_active: true,
      status_page_id: statuspageId(page.name, 'page'),
    })),
  })

/** Its posts of what is open, planned work included. Times are ms since the epoch. */
export const pagerdutyPosts = (page: StatusPage, world: World): Rendered =>
  jsonOf({
    posts: openOn(page, world).map(incident => ({
      id: statuspageId(page.name, incident.id).toUpperCase(),
      title: incident.title,
      post_type: incident.kind,
      starts_at: incident.scheduledFor,
      ends_at: incident.scheduledUntil,
      first_update_at: incident.startedAt,
      last_update_at: updatedAt(incident),
      latest_update: incident.updates.slice(0, 1).map(update => updateIn(page, incident, update))[0],
      updates: incident.updates.map(update => updateIn(page, incident, update)),
    })),
    continuationToken: null,
  })

/** What the ids of statuses and severities mean: those of this page alone. */
export const pagerdutyEnums = (page: StatusPage): Rendered =>
  jsonOf({
    post_enums: [...Object.values(statuses), ...Object.values(severities)].map(name => ({
      id: enumId(page, name),
      name,
      post_type: 'incident',
      post_enum_type: 'status',
    })),
  })

const enumId = (page: StatusPage, name: string) => statuspageId(page.name, `enum ${name}`).toUpperCase()

function updateIn(page: StatusPage, incident: Incident, { at, phase, text }: Update) {
  const severity = phase === 'scheduled' ? 'all good' : severities[incident.impact]
  return {
    id: statuspageId(page.name, `${incident.id} ${at} ${phase}`).toUpperCase(),
    reported_at: at,
    message: `<p>${text}</p>`,
    status_id: enumId(page, statuses[phase]),
    severity_id: enumId(page, severity),
    impacts: incident.services.map(label => ({
      service_id: componentId(page, label),
      severity_id: enumId(page, severity),
    })),
  }
}

/** It has fewer words than other pages. */
const statuses: Readonly<Record<Phase, string>> = {
  investigating: 'investigating',
  identified: 'investigating',
  monitoring: 'investigating',
  resolved: 'resolved',
  postmortem: 'resolved',
  scheduled: 'scheduled',
  in_progress: 'in progress',
  verifying: 'in progress',
  completed: 'completed',
}

const severities = {
  none: 'all good',
  minor: 'minor',
  major: 'partial outage',
  critical: 'outage',
  maintenance: 'maintenance',
} as const
