import { numberId } from '../native-ids.ts'
import { allOn, incidentLink, jsonOf, nameOf, openOn, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { escapeXml, pacificIso } from './notation.ts'

/** Slack's own status, version 2, with notes in HTML, oldest first. @see https://docs.slack.dev/reference/slack-status-api */
export function slackCurrent(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const changed = Math.max(0, ...allOn(page, world).map(updatedAt))
  return jsonOf({
    status: open.length > 0 ? 'active' : 'ok',
    date_created: pacificIso(changed),
    date_updated: pacificIso(changed),
    ...(open.length === 0 ? {} : { title: open[0]?.title }),
    active_incidents: open.map(incident => entry(page, incident, world)),
  })
}

function entry(page: StatusPage, incident: Incident, world: World) {
  const id = numberId(page.name, incident.id)
  return {
    id,
    title: incident.title,
    type: incident.kind === 'maintenance' ? 'notice' : types[incident.impact],
    status: incident.kind === 'maintenance' ? 'scheduled' : 'active',
    url: incidentLink(page, id, world),
    date_created: pacificIso(incident.scheduledFor ?? incident.startedAt),
    date_updated: pacificIso(updatedAt(incident)),
    services: incident.services.map(label => nameOf(page, label)),
    notes: [...incident.updates]
      .reverse()
      .map(({ at, text }) => ({ date_created: pacificIso(at), body: `<p>${escapeXml(text)}</p>` })),
  }
}

const types = {
  none: 'notice',
  minor: 'incident',
  major: 'incident',
  critical: 'outage',
  maintenance: 'notice',
} as const
