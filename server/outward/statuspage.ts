import { type Incident, isActive, isEnded } from '../../shared/domain/incident.ts'
import { keyOfEntry, timeOfEntry } from '../../shared/domain/ledger.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
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

/** What is shown as a status page. */
export type PageSubject = {
  id: string
  name: string
  summary: StatusSummary
  parts: PagePart[]
  incidents: Iterable<Incident>
  /** The ids of the parts that an incident is about. */
  partsOf(incident: Incident): readonly string[]
}

/** A part of a page. `description` says more about a state that is known. */
export type PagePart = { id: string; name: string; summary: Partial<StatusSummary>; description?: string | null }

/** A provider as a status page: its regions, then its components. Undefined when it is not watched. Pure. */
export function statusPage(provider: string, deps: SummaryFacts, base: string) {
  const summary = providerSummary(provider, deps)
  if (summary === undefined) return undefined
  const regions = openRegionsOf(provider, deps.catalogue)
  const codes = new Map(regions.map(({ id, code }) => [id, code]))
  const subject: PageSubject = {
    id: provider,
    name: nameOfProvider(provider, deps),
    summary,
    parts: [...regions.map(region => regionPart(region, deps)), ...componentParts(provider, deps)],
    incidents: [...deps.view.incidents.values()].filter(incident => incident.provider === provider),
    partsOf: ({ regions }) => regions.flatMap(region => codes.get(region) ?? []),
  }
  return pageDocuments(subject, deps, base)
}

function regionPart(region: Region, deps: SummaryFacts): PagePart {
  const summary = regionSummary(region, deps)
  const limited = summary.services
    ? servicesText(deps.view.statuses.get(region.id)?.services ?? [], summary.services)
    : null
  return { id: region.code, name: region.name, summary, description: limited }
}

const componentParts = (provider: string, { view }: SummaryFacts): PagePart[] =>
  [...view.components.values()]
    .filter(component => component.provider === provider)
    .map(({ id, name, status }) => ({ id: pageId(id), name, summary: { status } }))

/** 'Limited to services: Storage, Virtual Machines and 3 more.' */
function servicesText(services: readonly { service: string }[], count: number): string {
  const names = services.slice(0, MAX_NAMED_SERVICES).map(({ service }) => service)
  const more = count > names.length ? ` and ${count - names.length} more` : ''
  return `Limited to services: ${names.join(', ')}${more}.`
}

/**
 * A subject as an Atlassian Statuspage (version 2): every document by its path below `/api/v2/`. Pure.
 * @see https://developer.statuspage.io/
 */
export function pageDocuments(subject: PageSubject, deps: Pick<SummaryFacts, 'view'>, base: string) {
  const byId = new Map<string, PageComponent>()
  for (const part of subject.parts) {
    const component = pageComponent(part, byId.size + 1, subject.id)
    if (component !== undefined) byId.set(part.id, component)
  }
  const components = [...byId.values()]
  const newest = [...subject.incidents].sort(firstOf(descending('startedAt'), ascending('id')))
  const listOf = (kind: 'incident' | 'maintenance', which = (_: Incident) => true) =>
    newest
      .filter(incident => incident.kind === kind && which(incident))
      .slice(0, MAX_INCIDENTS)
      .map(incident => {
        const its = subject.partsOf(incident).flatMap(id => byId.get(id) ?? [])
        return pageIncident(incident, [...new Set(its)], subject.id, base)
      })
  const page = {
    id: subject.id,
    name: subject.name,
    url: `${base}/`,
    time_zone: 'Etc/UTC',
    updated_at: lastChange(deps),
  }
  const status = overall(subject.summary)
  const isOpen = (incident: Incident) => !isEnded(incident)
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

export type PageDocument = keyof ReturnType<typeof pageDocuments>

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
const lastChange = ({ view }: Pick<SummaryFacts, 'view'>): Instant => toInstant(Number(view.head.split('-')[0]))

type PageComponent = NonNullable<ReturnType<typeof pageComponent>>

/**
 * Statuspage has no 'unknown': such a part has its last known status, and its description says until when; one of which
 * nothing was ever known is left out. @see https://developer.statuspage.io/#tag/components
 */
function pageComponent({ id, name, summary, description = null }: PagePart, position: number, page: string) {
  const { status = 'unknown', since = null, lastKnown = null } = summary
  const shown = status === 'unknown' ? lastKnown?.status : status
  if (shown === undefined || shown === 'unknown') return undefined
  const at = since ?? lastKnown?.at ?? new Date(0).toISOString()
  return {
    id,
    name,
    status: shown,
    description:
      lastKnown && status === 'unknown' ? `Last known state: not up to date since ${lastKnown.at}.` : description,
    created_at: at,
    updated_at: at,
    position,
    showcase: true,
    start_date: null,
    group_id: null,
    group: false,
    only_show_if_degraded: false,
    page_id: page,
  }
}

/** @see https://developer.statuspage.io/#tag/incidents */
function pageIncident(incident: Incident, components: PageComponent[], page: string, base: string) {
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
    page_id: page,
    ...(incident.kind === 'maintenance' ? { scheduled_for: scheduledFor, scheduled_until: scheduledUntil } : {}),
    incident_updates: words,
    components,
  }
}

/** Statuspage's ids have no slash. */
export const pageId = (id: string): string => id.replace('/', '.')
