import type { Incident } from '../../shared/domain/incident.ts'
import type { PageComponent } from './components.ts'
import { pageId } from './page-id.ts'

/**
 * An incident or a maintenance in Statuspage's words.
 * @param components those of its page, by region
 * @param base the server's address
 * @see https://developer.statuspage.io/#tag/incidents
 */
export function pageIncident(incident: Incident, components: ReadonlyMap<string, PageComponent>, base: string) {
  const id = pageId(incident.id)
  const { title, status, impact, startedAt, updatedAt, resolvedAt, scheduledFor, scheduledUntil } = incident
  const words = incident.updates.map(update => ({
    id: update.id,
    incident_id: id,
    status: update.status,
    body: update.text,
    created_at: update.at,
    updated_at: update.at,
    display_at: update.at,
    affected_components: null,
  }))
  return {
    id,
    name: title,
    status,
    impact,
    created_at: startedAt,
    started_at: startedAt,
    updated_at: updatedAt,
    resolved_at: resolvedAt,
    monitoring_at: incident.updates.findLast(update => update.status === 'monitoring')?.at ?? null,
    shortlink: `${base}/incident/${incident.id}`,
    page_id: incident.provider,
    ...(incident.kind === 'maintenance' ? { scheduled_for: scheduledFor, scheduled_until: scheduledUntil } : {}),
    incident_updates: words,
    components: incident.regions.flatMap(region => components.get(region) ?? []),
  }
}
