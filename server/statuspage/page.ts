import { isActive, isEnded } from '../../shared/domain/incident.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Status } from '../../shared/domain/status.ts'
import { providerStanding, type Standing, type StandingDeps } from '../standing.ts'
import { pageComponents } from './components.ts'
import { pageIncident } from './incident.ts'

/** Most incidents in one list, as Statuspage has it. */
const MOST = 50

/**
 * A provider as a status page in Atlassian Statuspage's format, version 2: every document by its path below `/api/v2/`. Pure.
 * Undefined when nobody watches the provider.
 * @see https://developer.statuspage.io/
 */
export function statusPage(provider: string, deps: StandingDeps, base: string) {
  const standing = providerStanding(provider, deps)
  if (standing === undefined) return undefined
  const { byRegion, all: components } = pageComponents(provider, deps)
  const newest = [...deps.view.incidents.values()]
    .filter(incident => incident.provider === provider)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : a.id < b.id ? -1 : 1))
  const told = (kind: 'incident' | 'maintenance', which = (_: (typeof newest)[number]) => true) =>
    newest
      .filter(incident => incident.kind === kind && which(incident))
      .slice(0, MOST)
      .map(incident => pageIncident(incident, byRegion, base))
  const page = {
    id: provider,
    name: deps.catalogue.providers.get(provider)?.name ?? provider,
    url: `${base}/`,
    time_zone: 'Etc/UTC',
    updated_at: lastChange(deps),
  }
  const status = overall(standing)
  const isOpen = (incident: (typeof newest)[number]) => !isEnded(incident)
  return {
    'summary.json': {
      page,
      components,
      incidents: told('incident', isOpen),
      scheduled_maintenances: told('maintenance', isOpen),
      status,
    },
    'status.json': { page, status },
    'components.json': { page, components },
    'incidents.json': { page, incidents: told('incident') },
    'incidents/unresolved.json': { page, incidents: told('incident', isOpen) },
    'scheduled-maintenances.json': { page, scheduled_maintenances: told('maintenance') },
    'scheduled-maintenances/active.json': { page, scheduled_maintenances: told('maintenance', isActive) },
    'scheduled-maintenances/upcoming.json': {
      page,
      scheduled_maintenances: told('maintenance', ({ status }) => status === 'scheduled'),
    },
  }
}

export type PageDocument = keyof NonNullable<ReturnType<typeof statusPage>>

const words: Readonly<Record<Exclude<Status, 'unknown'>, { indicator: string; description: string }>> = {
  operational: { indicator: 'none', description: 'All Systems Operational' },
  under_maintenance: { indicator: 'maintenance', description: 'Service Under Maintenance' },
  degraded_performance: { indicator: 'minor', description: 'Partially Degraded Service' },
  partial_outage: { indicator: 'major', description: 'Partial System Outage' },
  major_outage: { indicator: 'critical', description: 'Major System Outage' },
}

/** Not to know is told as `minor`: a client that only looks at the indicator must not take silence for health. */
function overall({ status, lastKnown }: Standing) {
  if (status !== 'unknown') return words[status]
  return { indicator: 'minor', description: lastKnown ? `Not up to date since ${lastKnown.at}` : 'Not known yet' }
}

/** When this server last learnt anything: the instant of its newest event. */
const lastChange = ({ view }: StandingDeps): Instant => toInstant(Number(view.head.split('-')[0]))
