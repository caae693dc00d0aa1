import { type Incident, isActive, isPublic, statusOfIncident } from '../../shared/domain/incident.ts'
import { type Component, type Status, worst } from '../../shared/domain/status.ts'

/** The worst state of a provider's incidents and components that name no region. */
export function providerStatus(
  provider: string,
  incidents: Iterable<Incident>,
  components: Iterable<Component>,
): Status {
  const states: Status[] = []
  for (const incident of incidents)
    if (incident.provider === provider && isPublic(incident) && isActive(incident) && incident.scope !== 'regional')
      states.push(statusOfIncident(incident))
  for (const component of components)
    if (component.provider === provider && component.regions.length === 0) states.push(component.status)
  return worst(states)
}
