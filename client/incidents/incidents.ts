import { type Incident, isActive, isEnded } from '../../shared/domain/incident.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import { worstFirst } from '../../shared/domain/region-status.ts'
import { type Catalogue, providerName, regionName } from '../live/catalogue.ts'
import { ago, span, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'

export type IncidentGroups = {
  /** Open incidents and maintenances in progress, the worst first. */
  active: Incident[]
  /** Scheduled maintenances, the next one first. */
  scheduled: Incident[]
  /** Resolved and completed ones, the latest first. */
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

export const startOf = (incident: Incident): string => incident.scheduledFor ?? incident.startedAt

export const endOf = (incident: Incident): string => incident.resolvedAt ?? incident.updatedAt

const byId = ascending<Incident>('id')
export const byStart = firstOf(ascending(startOf), byId)
export const latestEndFirst = firstOf(descending(endOf), byId)

/** The place: `AWS eu-west-1 and us-east-1`, `Azure, worldwide`, `GitHub`. */
export function whereText(incident: Incident, catalogue: Catalogue, { incidents }: Words): string {
  const provider = providerName(catalogue, incident.provider)
  if (incident.scope === 'global') return incidents.worldwide(provider)
  const names = incident.regions.map(id => {
    const region = catalogue.regions.get(id)
    return region ? regionName(region) : id.slice(id.indexOf('/') + 1)
  })
  return names.length === 0 ? provider : incidents.inRegions(provider, names)
}

/** 'resolved after 38 min, 2 h ago' */
export function endedText(incident: Incident, when: When): string {
  const { incidents, states } = when.words
  const lasted = Date.parse(endOf(incident)) - Date.parse(startOf(incident))
  return incidents.endedAfter({
    stage: states.stage[incident.status],
    length: span(lasted, when.words),
    ago: ago(endOf(incident), when),
  })
}

/** Whether an incident concerns a reader with these regions. One of a provider without regions concerns every reader. */
export const concerns = (incident: Incident, mine: ReadonlySet<RegionId>, placed: ReadonlySet<string>): boolean =>
  !placed.has(incident.provider) || touches(incident, mine)

/** `near`: the incidents that concern a reader with these regions; `elsewhere`: the number of other active ones. */
export function splitByConcern(incidents: readonly Incident[], mine: ReadonlySet<RegionId>, catalogue: Catalogue) {
  const placed = placedProviders(catalogue)
  const near = incidents.filter(incident => concerns(incident, mine, placed))
  const elsewhere = incidents.filter(isActive).length - near.filter(isActive).length
  return { near, elsewhere }
}

/** Whether it happens in one of the regions, or affects their provider as a whole. */
export const touches = (incident: Incident, regions: ReadonlySet<RegionId>): boolean =>
  incident.scope === 'regional'
    ? incident.regions.some(id => regions.has(id))
    : [...regions].some(id => id.startsWith(`${incident.provider}/`))

export const placedProviders = ({ regions }: Catalogue): Set<string> =>
  new Set([...regions.values()].map(({ provider }) => provider))

export const lastWords = (incident: Incident): string => incident.entries.find(({ text }) => text !== '')?.text ?? ''
