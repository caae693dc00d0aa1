import type { Status } from '../../../shared/domain/status.ts'
import { numberId } from '../native-ids.ts'
import { allOn, begunAt, componentsOf, jsonOf, nameOf, openOn, statusesOf, updatedAt } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/**
 * Instances of Salesforce with what happens on each: a component is an instance, its group a product. An incident has
 * no title, and stays with its end. @see https://api.status.salesforce.com/v1/docs
 */
export function trustInstances(page: StatusPage, world: World): Rendered {
  const open = openOn(page, world)
  const statuses = statusesOf(page, open)
  return jsonOf(
    componentsOf(page).map(({ label, group, name }) => {
      const touching = allOn(page, world).filter(({ services }) => services.includes(label))
      return {
        key: name,
        location: name.startsWith('EU') ? 'EMEA' : 'NA',
        environment: 'production',
        status: words[statuses.get(label) ?? 'operational'],
        isActive: true,
        city: '',
        countryCode: '',
        Products: [{ key: group, order: 1, isActive: true }],
        Incidents: touching.filter(({ kind }) => kind === 'incident').map(one => incidentIn(page, one)),
        Maintenances: touching
          .filter(({ kind, endedAt }) => kind === 'maintenance' && endedAt === null)
          .map(one => maintenanceIn(page, one)),
        Tags: [],
      }
    }),
  )
}

const words: Readonly<Record<Status, string>> = {
  unknown: 'OK',
  operational: 'OK',
  under_maintenance: 'MAINTENANCE_CORE',
  degraded_performance: 'MINOR_INCIDENT_CORE',
  partial_outage: 'MAJOR_INCIDENT_NONCORE',
  major_outage: 'MAJOR_INCIDENT_CORE',
}

const incidentIn = (page: StatusPage, incident: Incident) => ({
  ...common(page, incident),
  status: incident.endedAt === null ? 'Active' : 'Resolved',
  message: { pathToResolution: null, actionPlan: null, rootCause: null },
  IncidentImpacts: [
    {
      id: numberId(page.name, `${incident.id} impact`),
      startTime: iso(incident.startedAt),
      endTime: incident.endedAt === null ? null : iso(incident.endedAt),
      type: incident.impact === 'critical' ? 'serviceDisruption' : 'performanceDegradation',
      severity: incident.impact,
    },
  ],
  IncidentEvents: eventsOf(page, incident),
})

const maintenanceIn = (page: StatusPage, work: Incident) => ({
  ...common(page, work),
  name: work.title,
  plannedStartTime: iso(begunAt(work) ?? work.scheduledFor ?? work.startedAt),
  plannedEndTime: iso(work.scheduledUntil ?? work.startedAt),
  MaintenanceImpacts: [],
  MaintenanceEvents: eventsOf(page, work),
})

const common = (page: StatusPage, incident: Incident) => ({
  id: numberId(page.name, incident.id),
  externalId: null,
  additionalInformation: '',
  isCore: true,
  affectsAll: false,
  createdAt: iso(incident.startedAt),
  updatedAt: iso(updatedAt(incident)),
  instanceKeys: incident.services.map(label => nameOf(page, label)),
  serviceKeys: ['coreService'],
})

const eventsOf = (page: StatusPage, incident: Incident) =>
  incident.updates.map(({ at, phase, text }) => ({
    id: numberId(page.name, `${incident.id} ${at} ${phase}`),
    type: phase,
    message: text,
    createdAt: iso(at),
  }))
