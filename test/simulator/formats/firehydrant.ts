import { statuspageId } from '../native-ids.ts'
import { allOn, begunAt, componentId, componentsOf, jsonOf, nameOf } from '../page-state.ts'
import type { Incident, Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/** A status page of FireHydrant with its whole history, in words of its own. @see https://status.firehydrant.com/data/payload.json */
export const firehydrantPage = (page: StatusPage, world: World): Rendered =>
  jsonOf({
    config: { companyName: page.title, title: page.title, operationalMessage: 'All is well', uiVersion: 2 },
    conditions: { Fine: 'OPERATIONAL', Slow: 'DEGRADED', Unavailable: 'OFFLINE', Maintenance: 'DEGRADED' },
    components: componentsOf(page).map(({ label, name }) => ({ id: componentId(page, label), name })),
    incidents: allOn(page, world).map(incident => entry(page, incident)),
  })

function entry(page: StatusPage, incident: Incident) {
  const parts = incident.services.map(label => ({
    id: componentId(page, label),
    name: nameOf(page, label),
    condition: conditions[incident.impact],
  }))
  return {
    id: statuspageId(page.name, incident.id),
    title: incident.title,
    statusPageId: statuspageId(page.name, 'page'),
    severitySlug: severities[incident.impact],
    timestamps: {
      started: bareIso(begunAt(incident) ?? incident.scheduledFor ?? incident.startedAt),
      ...(incident.endedAt !== null && { resolved: bareIso(incident.endedAt) }),
    },
    timeline: incident.updates.map(({ at, text }) => ({
      occurredAt: bareIso(at),
      time: bareIso(at + 1000),
      details: { '@type': 'type.example.com/TimelineEvent.Note', note: text },
    })),
    components: parts,
    componentConditions: Object.fromEntries(parts.map(({ name, condition }) => [name, condition])),
  }
}

/** Times have no fractions. */
const bareIso = (ms: number): string => iso(ms).replace('.000Z', 'Z')

const severities = {
  none: 'UNSET',
  minor: 'SEV3',
  major: 'SEV2',
  critical: 'SEV1',
  maintenance: 'MAINTENANCE',
} as const
const conditions = {
  none: 'Fine',
  minor: 'Slow',
  major: 'Slow',
  critical: 'Unavailable',
  maintenance: 'Maintenance',
} as const
