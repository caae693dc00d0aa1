import { type Incident, isActive, isEnded } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import { worstFirst } from '../../shared/domain/rollup.ts'
import { type Catalogue, providerName, regionName } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'

export type IncidentGroups = {
  /** Happening now, most urgent first. */
  active: Incident[]
  /** Maintenances still ahead, the next one first. */
  scheduled: Incident[]
  /** Over, the latest first. */
  ended: Incident[]
}

export function incidentGroups(incidents: Iterable<Incident>): IncidentGroups {
  const all = [...incidents]
  return {
    active: all.filter(isActive).sort(worstFirst),
    scheduled: all.filter(incident => incident.status === 'scheduled').sort(byStart),
    ended: all.filter(isEnded).sort(latestEndFirst),
  }
}

/** When it begins or began. */
export const startOf = (incident: Incident): string => incident.scheduledFor ?? incident.startedAt

/** When it was over; its last update where nobody says. */
export const endOf = (incident: Incident): string => incident.resolvedAt ?? incident.updatedAt

const byId = ascending<Incident>('id')
export const byStart = firstOf(ascending(startOf), byId)
export const latestEndFirst = firstOf(descending(endOf), byId)

/** Where it happens: `AWS eu-west-1 and us-east-1`, `Azure, worldwide`, `GitHub`. */
export function whereText(incident: Incident, catalogue: Catalogue, { incidents }: Words): string {
  const provider = providerName(catalogue, incident.provider)
  if (incident.scope === 'global') return incidents.worldwide(provider)
  const names = incident.regions.map(id => {
    const region = catalogue.regions.get(id)
    return region ? regionName(region) : id.slice(id.indexOf('/') + 1)
  })
  return names.length === 0 ? provider : incidents.inRegions(provider, names)
}

/** What was said last; empty when nothing was. */
export const lastWords = (incident: Incident): string => incident.updates.find(update => update.text !== '')?.text ?? ''
