import { type Status, statusOfImpact } from '../../../shared/domain/status.ts'
import { nameOf } from '../components.ts'
import { statuspageId } from '../native-ids.ts'
import type { Incident, StatusPage, Update } from '../world.ts'
import { componentId } from './statuspage-components.ts'

/** An incident, or a maintenance, which has two more fields. @see https://developer.statuspage.io/#tag/incidents */
export function renderIncident(page: StatusPage, incident: Incident, origin: string) {
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

const iso = (ms: number): string => new Date(ms).toISOString()
