import { numberId } from '../native-ids.ts'
import { allOn, componentId, componentsOf, jsonOf, nameOf } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/** Zendesk's incidents as JSON:API, with the services that each touches; what is over stays. @see https://status.zendesk.com/ */
export function zendeskIncidents(page: StatusPage, world: World): Rendered {
  const all = allOn(page, world)
  return jsonOf({
    data: all.map(incident => ({
      id: String(numberId(page.name, incident.id)),
      type: 'incident',
      attributes: {
        name: incident.title,
        impact: incident.impact,
        status: incident.phase,
        ...flags(incident),
        startedAt: iso(incident.scheduledFor ?? incident.startedAt),
        resolvedAt: endOf(incident),
        internalToolsOnly: false,
      },
      relationships: {
        incidentServices: {
          data: incident.services.map(label => ({ id: linkId(page, incident, label), type: 'incidentService' })),
        },
      },
    })),
    included: all.flatMap(incident =>
      incident.services.map(label => ({
        id: linkId(page, incident, label),
        type: 'incidentService',
        attributes: {
          incidentId: String(numberId(page.name, incident.id)),
          serviceId: componentId(page, label),
          serviceName: nameOf(page, label),
          serviceParentId: null,
          ...flags(incident),
          resolvedAt: endOf(incident),
        },
      })),
    ),
  })
}

export const zendeskServices = (page: StatusPage): Rendered =>
  jsonOf({
    data: componentsOf(page).map(({ label, name }, position) => ({
      id: componentId(page, label),
      type: 'service',
      attributes: { name, slug: name.toLowerCase(), position, deprecated: false },
    })),
  })

const linkId = (page: StatusPage, incident: Incident, label: string) =>
  String(numberId(page.name, `${incident.id} ${label}`))

const flags = ({ impact }: Incident) => ({
  outage: impact === 'critical' || impact === 'major',
  degradation: impact === 'minor',
})

const endOf = ({ endedAt }: Incident) => (endedAt === null ? null : iso(endedAt))
