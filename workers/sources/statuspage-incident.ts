import type { Component } from '../../shared/domain/component.ts'
import type { Incident, IncidentUpdate } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { Impact, IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import { latest, parseDate } from './dates.ts'
import { mergePlaces, scopeOf } from './places.ts'
import { oneLine, plainText } from './plain-text.ts'
import type { ReadContext } from './reader.ts'
import { digest, recordId } from './record-id.ts'
import type { StatuspageEntry } from './statuspage-schema.ts'
import { orderUpdates } from './updates.ts'
import { webUrl } from './web-url.ts'

/**
 * An entry of `incidents` or `scheduled_maintenances` → Incident; null where it has no id, name or date.
 * @param components those of the page: an incident is where the ones are that it hits
 */
export function statuspageIncident(
  kind: Incident['kind'],
  entry: StatuspageEntry,
  components: readonly Component[],
  context: ReadContext,
): Incident | null {
  const { source, places } = context
  const title = oneLine(entry.name)
  const scheduledFor = parseDate(entry.scheduled_for)
  const startedAt = startOf(kind, entry)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const known = statusOf(kind, entry.status)
  const status = known ?? unknownStatus[kind]
  const updates = updatesOf(kind, entry)
  const updatedAt =
    latest([parseDate(entry.updated_at), updates[0]?.at ?? null]) ?? parseDate(entry.created_at) ?? startedAt
  const over = status === 'resolved' || status === 'postmortem' || status === 'completed'
  const parts = [...entry.components, ...entry.incident_updates.flatMap(update => update.affected_components)]
  const names = [...new Set(parts.map(part => oneLine(part.name)).filter(name => name !== ''))]
  const hit = new Set(parts.map(part => recordId(source.id, part.id || part.code)))
  const where = mergePlaces([
    ...[title, ...names].map(text => places(source.provider, text)),
    ...components.filter(({ id }) => hit.has(id)).map(({ regions }) => ({ regions, global: false })),
  ])
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status,
    rawStatus: known === null ? clip(oneLine(entry.status), 80) || null : null,
    impact: kind === 'maintenance' ? 'maintenance' : (Impact.safeParse(entry.impact).data ?? 'minor'),
    scope: scopeOf(where),
    regions: where.regions,
    services: [...new Set(names.map(name => clip(name, 120)))].sort().slice(0, 100),
    startedAt,
    updatedAt,
    resolvedAt: over ? (parseDate(entry.resolved_at) ?? updatedAt) : null,
    scheduledFor: kind === 'maintenance' ? scheduledFor : null,
    scheduledUntil: kind === 'maintenance' ? parseDate(entry.scheduled_until) : null,
    url: webUrl(entry.shortlink),
    updates,
  }
}

/** A maintenance begins when it is planned to: its `started_at` is the moment at which it was announced. */
function startOf(kind: Incident['kind'], entry: StatuspageEntry): Instant | null {
  const planned = kind === 'maintenance' ? parseDate(entry.scheduled_for) : null
  return planned ?? parseDate(entry.started_at) ?? parseDate(entry.created_at)
}

/** What a status that is none of ours is taken for: the least that its place in the summary says. */
const unknownStatus = { incident: 'investigating', maintenance: 'scheduled' } as const

function statusOf(kind: Incident['kind'], raw: string): Incident['status'] | null {
  const status = raw
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return (kind === 'maintenance' ? MaintenanceStatus : IncidentStatus).safeParse(status).data ?? null
}

function updatesOf(kind: Incident['kind'], entry: StatuspageEntry): IncidentUpdate[] {
  const updates = entry.incident_updates.flatMap((update): IncidentUpdate[] => {
    const at = parseDate(update.display_at) ?? parseDate(update.created_at)
    const text = plainText(update.body)
    if (at === null || text === '') return []
    const id = clip(oneLine(update.id), 120) || digest(at + text)
    return [{ id, at, status: statusOf(kind, update.status) ?? unknownStatus[kind], text }]
  })
  return orderUpdates(updates)
}
