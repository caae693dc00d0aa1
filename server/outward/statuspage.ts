import { type Incident, isActive, isEnded } from '../../shared/domain/incident.ts'
import { keyOfEntry, timeOfEntry } from '../../shared/domain/ledger.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Status } from '../../shared/domain/status.ts'
import {
  nameOfProvider,
  openRegionsOf,
  providerSummary,
  regionSummary,
  type StatusSummary,
  type SummaryFacts,
} from './status-summary.ts'

/** Most incidents in one list, as on Statuspage. */
const MAX_INCIDENTS = 50
const MAX_NAMED_SERVICES = 6

/**
 * A provider as an Atlassian Statuspage (version 2): every document by its path below `/api/v2/`. Pure; undefined when
 * the provider is not watched. @see https://developer.statuspage.io/
 */
export function statusPage(provider: string, deps: SummaryFacts, base: string) {
  const summary = providerSummary(provider, deps)
  if (summary === undefined) return undefined
  const { byRegion, all: components } = pageComponents(provider, deps)
  const newest = [...deps.view.incidents.values()]
    .filter(incident => incident.provider === provider)
    .sort(firstOf(descending('startedAt'), ascending('id')))
  const listOf = (kind: 'incident' | 'maintenance', which = (_: (typeof newest)[number]) => true) =>
    newest
      .filter(incident => incident.kind === kind && which(incident))
      .slice(0, MAX_INCIDENTS)
      .map(incident => pageIncident(incident, byRegion, base))
  const page = {
    id: provider,
    name: nameOfProvider(provider, deps),
    url: `${base}/`,
    time_zone: 'Etc/UTC',
    updated_at: lastChange(deps),
  }
  const status = overall(summary)
  const isOpen = (incident: (typeof newest)[number]) => !isEnded(incident)
  return {
    'summary.json': {
      page,
      components,
      incidents: listOf('incident', isOpen),
      scheduled_maintenances: listOf('maintenance', isOpen),
      status,
    },
    'status.json': { page, status },
    'components.json': { page, components },
    'incidents.json': { page, incidents: listOf('incident') },
    'incidents/unresolved.json': { page, incidents: listOf('incident', isOpen) },
    'scheduled-maintenances.json': { page, scheduled_maintenances: listOf('maintenance') },
    'scheduled-maintenances/active.json': { page, scheduled_maintenances: listOf('maintenance', isActive) },
    'scheduled-maintenances/upcoming.json': {
      page,
      scheduled_maintenances: listOf('maintenance', ({ status }) => status === 'scheduled'),
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

/** Unknown becomes `minor`: a client that only looks at the indicator must not take silence for health. */
function overall({ status, lastKnown }: StatusSummary) {
  if (status !== 'unknown') return words[status]
  return { indicator: 'minor', description: lastKnown ? `Not up to date since ${lastKnown.at}` : 'Not known yet' }
}

/** The instant of this server's newest event. */
const lastChange = ({ view }: SummaryFacts): Instant => toInstant(Number(view.head.split('-')[0]))

type Shown = { id: string; name: string; status: Exclude<Status, 'unknown'>; description: string | null; at: Instant }
type PageComponent = ReturnType<typeof pageComponent>

/** @see https://developer.statuspage.io/#tag/components */
const pageComponent = ({ at, ...shown }: Shown, position: number, provider: string) => ({
  ...shown,
  created_at: at,
  updated_at: at,
  position,
  showcase: true,
  start_date: null,
  group_id: null,
  group: false,
  only_show_if_degraded: false,
  page_id: provider,
})

/**
 * A provider's regions, then its components. Statuspage has no 'unknown': such a region has its last known status, and
 * its description says until when; a region of which nothing was ever known is left out.
 */
function pageComponents(provider: string, deps: SummaryFacts) {
  const byRegion = new Map<string, PageComponent>()
  const all: PageComponent[] = []
  const add = (shown: Shown): PageComponent => {
    const component = pageComponent(shown, all.length + 1, provider)
    all.push(component)
    return component
  }
  for (const region of openRegionsOf(provider, deps.catalogue)) {
    const { status, since, lastKnown, services } = regionSummary(region, deps)
    const shown = status === 'unknown' ? lastKnown?.status : status
    if (shown === undefined || shown === 'unknown') continue
    const description =
      lastKnown && status === 'unknown'
        ? `Last known state: not up to date since ${lastKnown.at}.`
        : services
          ? servicesText(deps.view.statuses.get(region.id)?.services ?? [], services)
          : null
    const at = since ?? lastKnown?.at ?? new Date(0).toISOString()
    byRegion.set(region.id, add({ id: region.code, name: region.name, status: shown, description, at }))
  }
  const at = new Date(0).toISOString()
  for (const { id, name, status, provider: its } of deps.view.components.values())
    if (its === provider && status !== 'unknown') add({ id: pageId(id), name, status, description: null, at })
  return { byRegion, all }
}

/** 'Limited to services: Storage, Virtual Machines and 3 more.' */
function servicesText(services: readonly { service: string }[], count: number): string {
  const names = services.slice(0, MAX_NAMED_SERVICES).map(({ service }) => service)
  const more = count > names.length ? ` and ${count - names.length} more` : ''
  return `Limited to services: ${names.join(', ')}${more}.`
}

/** @see https://developer.statuspage.io/#tag/incidents */
function pageIncident(incident: Incident, components: ReadonlyMap<string, PageComponent>, base: string) {
  const id = pageId(incident.id)
  const { title, status, impact, startedAt, updatedAt, resolvedAt, scheduledFor, scheduledUntil } = incident
  const words = incident.entries.map(entry => ({
    id: keyOfEntry(entry),
    incident_id: id,
    status: entry.status,
    body: entry.text,
    created_at: timeOfEntry(entry),
    updated_at: entry.seenAt ?? timeOfEntry(entry),
    display_at: timeOfEntry(entry),
    affected_components: null,
  }))
  const monitored = incident.entries.findLast(entry => entry.status === 'monitoring')
  return {
    id,
    name: title,
    status,
    impact,
    created_at: startedAt,
    started_at: startedAt,
    updated_at: updatedAt,
    resolved_at: resolvedAt,
    monitoring_at: monitored ? timeOfEntry(monitored) : null,
    shortlink: `${base}/incident/${incident.id}`,
    page_id: incident.provider,
    ...(incident.kind === 'maintenance' ? { scheduled_for: scheduledFor, scheduled_until: scheduledUntil } : {}),
    incident_updates: words,
    components: incident.regions.flatMap(region => components.get(region) ?? []),
  }
}

/** Statuspage's ids have no slash. */
const pageId = (id: string): string => id.replace('/', '.')
