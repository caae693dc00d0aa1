import { type Incident, isActive, statusOfIncident } from '../../shared/domain/incident.ts'
import type { RegionId } from '../../shared/domain/primitives.ts'
import { type Component, type Status, severity, worst } from '../../shared/domain/status.ts'

/** A provider's troubled regions against its troubled services. */
export type TroubleMatrix = {
  services: string[]
  /** One state a service, in the order of `services`; null where the service is well there. */
  rows: { region: RegionId; states: (Status | null)[] }[]
  unplaced: Component[]
}

/**
 * The troubles that incidents and components report.
 * @param unnamed the name of the column for incidents that name no service
 */
export function troubleMatrix(
  provider: string,
  incidents: Iterable<Incident>,
  components: Iterable<Component>,
  unnamed: string,
): TroubleMatrix {
  const troubles: { region: RegionId; service: string; status: Status }[] = []
  const add = (regions: readonly RegionId[], services: readonly string[], status: Status) => {
    for (const region of regions) for (const service of services) troubles.push({ region, service, status })
  }
  for (const incident of incidents)
    if (incident.provider === provider && isActive(incident))
      add(incident.regions, incident.services.length === 0 ? [unnamed] : incident.services, statusOfIncident(incident))
  const bad = [...components].filter(one => one.provider === provider && severity[one.status] > 0)
  for (const { regions, name, status } of bad) add(regions, [name], status)

  const services = [...new Set(troubles.map(({ service }) => service))].sort((a, b) => a.localeCompare(b))
  const regions = [...new Set(troubles.map(({ region }) => region))].sort()
  const stateOf = (region: RegionId, service: string): Status | null => {
    const here = troubles.filter(trouble => trouble.region === region && trouble.service === service)
    return here.length === 0 ? null : worst(here.map(({ status }) => status))
  }
  return {
    services,
    rows: regions.map(region => ({ region, states: services.map(service => stateOf(region, service)) })),
    unplaced: bad
      .filter(({ regions }) => regions.length === 0)
      .sort((a, b) => severity[b.status] - severity[a.status] || a.name.localeCompare(b.name)),
  }
}
