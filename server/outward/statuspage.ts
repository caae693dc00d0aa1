import type { Channel } from '../../shared/domain/channels.ts'
import { type Incident, isActive, isEnded } from '../../shared/domain/incident.ts'
import { keyOfEntry } from '../../shared/domain/ledger.ts'
import { ascending, descending, firstOf } from '../../shared/domain/order.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Status } from '../../shared/domain/status.ts'
import { changedAt, earlier, firstDate, later } from './dates.ts'
import type { StatusSummary, SummaryFacts } from './status-summary.ts'

/** Most incidents in one list, as on Statuspage. */
const MAX_INCIDENTS = 50

/** What is shown as a status page. */
export type PageSubject = {
  id: string
  name: string
  summary: StatusSummary
  parts: PagePart[]
  incidents: Incident[]
  /** The ids of the parts that an incident is about. */
  partsOf(incident: Incident): readonly string[]
}

/** A part of a page. `description` says more about a state that is known. */
export type PagePart = { id: string; name: string; summary: Partial<StatusSummary>; description?: string | null }

export type PageAddress = {
  /** Where a browser finds the page, and clients its documents below. */
  page: string
  /** Where incidents are shown. */
  base: string
}

/**
 * A subject as an Atlassian Statuspage (version 2): every document by its path below `/api/v2/`. No date is ahead of
 * the page's own. Pure.
 * @see https://developer.statuspage.io/
 */
export function pageDocuments(subject: PageSubject, facts: Pick<SummaryFacts, 'view' | 'now'>, address: PageAddress) {
  const asOf = changedAt(facts.view, facts.now)
  const byId = new Map<string, PageComponent>()
  for (const part of subject.parts) {
    const component = pageComponent(part, byId.size + 1, subject.id, asOf)
    if (component !== undefined) byId.set(part.id, component)
  }
  const components = [...byId.values()]
  const newest = subject.incidents.toSorted(firstOf(descending('startedAt'), ascending('id')))
  const listOf = (kind: 'incident' | 'maintenance', which = (_: Incident) => true) =>
    newest
      .filter(incident => incident.kind === kind && which(incident))
      .slice(0, MAX_INCIDENTS)
      .map(incident => {
        const its = subject.partsOf(incident).flatMap(id => byId.get(id) ?? [])
        return pageIncident(incident, [...new Set(its)], subject.id, address.base, asOf)
      })
  const page = { id: subject.id, name: subject.name, url: address.page, time_zone: 'Etc/UTC', updated_at: asOf }
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

export type PageDocuments = ReturnType<typeof pageDocuments>
export type PageDocument = keyof PageDocuments

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

type PageComponent = NonNullable<ReturnType<typeof pageComponent>>

/**
 * Statuspage has no 'unknown': such a part has its last known status, and its description says until when; one of which
 * nothing was ever known is left out. @see https://developer.statuspage.io/#tag/components
 */
function pageComponent(
  { id, name, summary, description = null }: PagePart,
  position: number,
  page: string,
  asOf: Instant,
) {
  const { status = 'unknown', since = null, lastKnown = null } = summary
  const shown = status === 'unknown' ? lastKnown?.status : status
  if (shown === undefined || shown === 'unknown') return undefined
  const at = earlier(since ?? lastKnown?.at ?? asOf, asOf)
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
function pageIncident(incident: Incident, components: PageComponent[], page: string, base: string, asOf: Instant) {
  const id = pageId(incident.id)
  const { title, status, impact, startedAt, updatedAt, resolvedAt, scheduledFor, scheduledUntil, entries } = incident
  const seen = entries.map(({ seenAt }) => seenAt ?? updatedAt)
  const updated = earlier(asOf, [updatedAt, ...seen].reduce(later))
  const past = (instant: Instant) => earlier(instant, updated)
  const updates = entries.map(entry => {
    const at = past(firstDate(entry.saidAt, entry.seenAt) ?? updatedAt)
    return {
      id: keyOfEntry(entry),
      incident_id: id,
      status: entry.status,
      body: entry.text,
      created_at: at,
      updated_at: past(entry.seenAt ?? at),
      display_at: at,
      affected_components: null,
    }
  })
  // a maintenance starts, in Statuspage's words, when it is announced
  const started =
    incident.kind === 'maintenance'
      ? [startedAt, ...updates.map(update => update.created_at)].reduce(earlier)
      : startedAt
  return {
    id,
    name: title,
    status,
    impact,
    created_at: past(started),
    started_at: past(started),
    updated_at: updated,
    resolved_at: resolvedAt && past(resolvedAt),
    monitoring_at: updates.findLast(update => update.status === 'monitoring')?.created_at ?? null,
    shortlink: `${base}/incident/${incident.id}`,
    page_id: page,
    ...(incident.kind === 'maintenance' ? { scheduled_for: scheduledFor, scheduled_until: scheduledUntil } : {}),
    incident_updates: updates,
    components,
  }
}

/** Statuspage's ids have no slash. */
export const pageId = (id: string): string => id.replaceAll('/', '.')

/** The channel of the page that a path below `/statuspage/` is of; undefined for any other path. */
export function channelOfStatuspage(path: string): Channel | undefined {
  if (!path.startsWith(root)) return undefined
  const [page = ''] = path
    .slice(root.length)
    .replace(/\/$/, '')
    .split(/\/(?:api\/v2\/|history\.|embed\/)/)
  return page.includes('/') ? page : `provider/${page}`
}

const root = '/statuspage/'
