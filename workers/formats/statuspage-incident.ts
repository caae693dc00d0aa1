import { z } from 'zod'
import type { Instant } from '../../shared/domain/primitives.ts'
import { type Component, Impact, IncidentStatus, MaintenanceStatus } from '../../shared/domain/status.ts'
import { mergePlaces, placesOfIncident, withZones } from '../places/places.ts'
import { latest, parseDate } from '../text/dates.ts'
import { clip, oneLine, plainText } from '../text/plain-text.ts'
import { webUrl } from '../text/web-url.ts'
import { listOf, word } from './json.ts'
import type { IncidentUpdate, ReadContext, ReadIncident } from './reader.ts'
import { digest, orderUpdates, partNameAmong, recordId, serviceNames } from './reading.ts'

/**
 * An entry of `incidents` or `scheduled_maintenances` → Incident; null where it has no id, name or date.
 * @param components those of the page: an incident is in the regions of the components that it affects
 */
export function statuspageIncident(
  listed: ReadIncident['kind'],
  entry: StatuspageEntry,
  components: readonly Component[],
  context: ReadContext,
): ReadIncident | null {
  const { source, places } = context
  const kind = kindOf(listed, entry)
  const title = oneLine(entry.name)
  const scheduledFor = parseDate(entry.scheduled_for)
  const startedAt = startOf(kind, entry)
  if (entry.id === '' || title === '' || startedAt === null) return null
  const known = incidentStatusOf(kind, entry.status)
  const status = known ?? unknownStatus[kind]
  const updates = updatesOf(kind, entry)
  const updatedAt =
    latest([parseDate(entry.updated_at), updates[0]?.at ?? null]) ?? parseDate(entry.created_at) ?? startedAt
  const over = status === 'resolved' || status === 'postmortem' || status === 'completed'
  const parts = [...entry.components, ...entry.incident_updates.flatMap(update => update.affected_components)]
  const names = [...new Set(parts.map(part => oneLine(part.name)).filter(name => name !== ''))]
  const hit = new Set(parts.map(part => recordId(source.id, part.id || part.code)))
  const affected = stillAffected(
    components.filter(({ id }) => hit.has(id)),
    over,
  )
  const recovered = new Set(
    components.filter(part => hit.has(part.id) && !affected.includes(part)).map(part => part.name),
  )
  const named = mergePlaces([
    ...[title, ...names.filter(name => !recovered.has(clip(name, 200)))].map(text => places(source.provider, text)),
    ...affected.map(({ regions }) => ({ regions, global: false })),
  ])
  const words = updates.map(({ text }) => text)
  const where = withZones(named, words, text => places(source.provider, text))
  return {
    id: recordId(source.id, entry.id),
    provider: source.provider,
    kind,
    title: clip(title, 300),
    status,
    rawStatus: known === null ? clip(oneLine(entry.status), 80) || null : null,
    impact: kind === 'maintenance' ? 'maintenance' : (Impact.safeParse(entry.impact).data ?? 'minor'),
    ...placesOfIncident(where),
    services: serviceNames(parts.map(part => nameAmong(part, components, source.id))),
    startedAt,
    updatedAt,
    resolvedAt: over ? (parseDate(entry.resolved_at) ?? updatedAt) : null,
    scheduledFor: kind === 'maintenance' ? scheduledFor : null,
    scheduledUntil: kind === 'maintenance' ? parseDate(entry.scheduled_until) : null,
    url: webUrl(entry.shortlink),
    updates,
  }
}

/** A component as its incident names it, or as the page lists it: updates say 'Europe - API' for the API of Europe. */
function nameAmong(
  { id, code, name }: z.output<typeof Named>,
  components: readonly Component[],
  source: string,
): string {
  const listed = components.find(part => part.id === recordId(source, id || code))
  if (listed === undefined) return name
  const said = clip(oneLine(name), 200)
  const isListed = said === listed.name || said === clip(`${listed.group} - ${listed.name}`, 200)
  return isListed ? partNameAmong(listed, components) : name
}

/** A component of an incident: by `id`, or in updates by `code`. @see https://developer.statuspage.io/#tag/incidents */
const Named = z.object({ id: word, code: word, name: word })

const Update = z.object({
  id: word,
  status: word,
  body: word,
  created_at: word,
  display_at: word,
  affected_components: listOf(Named, 500),
})

export const StatuspageEntry = z.object({
  id: word,
  name: word,
  status: word,
  impact: word,
  created_at: word,
  started_at: word,
  updated_at: word,
  resolved_at: word,
  scheduled_for: word,
  scheduled_until: word,
  shortlink: word,
  components: listOf(Named, 500),
  incident_updates: listOf(Update, 500),
})
type StatuspageEntry = z.output<typeof StatuspageEntry>

/**
 * The parts in whose regions an incident is. A part that has recovered while others have not releases its region. Where
 * all are operational the page leaves its components alone, and all parts count; of what is over, too.
 */
function stillAffected(parts: Component[], isOver: boolean): Component[] {
  const unwell = parts.filter(part => part.status !== 'operational')
  return isOver || unwell.length === 0 ? parts : unwell
}

/** A maintenance begins at its planned start; its `started_at` is the announcement. */
function startOf(kind: ReadIncident['kind'], entry: StatuspageEntry): Instant | null {
  const planned = kind === 'maintenance' ? parseDate(entry.scheduled_for) : null
  return planned ?? parseDate(entry.started_at) ?? parseDate(entry.created_at)
}

/** The status of an entry with an unknown word: the least that its list implies. */
const unknownStatus = { incident: 'investigating', maintenance: 'scheduled' } as const

function incidentStatusOf(kind: ReadIncident['kind'], raw: string): ReadIncident['status'] | null {
  const word = raw
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  if (kind === 'incident') return IncidentStatus.safeParse(word).data ?? null
  const stage = word.replace(/^maintenance_/, '')
  return MaintenanceStatus.safeParse(maintenanceWords.get(stage) ?? stage).data ?? null
}

/** The maintenance words of incident.io and other look-alikes, less a `maintenance_` before them. */
const maintenanceWords = new Map([
  ['planned', 'scheduled'],
  ['upcoming', 'scheduled'],
  ['not_started', 'scheduled'],
  ['active', 'in_progress'],
  ['started', 'in_progress'],
  ['underway', 'in_progress'],
  ['ongoing', 'in_progress'],
  ['monitoring', 'verifying'],
  ['complete', 'completed'],
  ['finished', 'completed'],
  ['resolved', 'completed'],
  ['closed', 'completed'],
  ['canceled', 'completed'],
  ['cancelled', 'completed'],
])

/** incident.io may list a maintenance among the incidents: its words say so. */
const kindOf = (listed: ReadIncident['kind'], { status, impact }: StatuspageEntry): ReadIncident['kind'] =>
  /^maintenance[\s_-]/i.test(status.trim()) || impact === 'maintenance' ? 'maintenance' : listed

function updatesOf(kind: ReadIncident['kind'], entry: StatuspageEntry): IncidentUpdate[] {
  const updates = entry.incident_updates.flatMap((update): IncidentUpdate[] => {
    const at = parseDate(update.display_at) ?? parseDate(update.created_at)
    const text = plainText(update.body)
    if (at === null || text === '') return []
    const id = clip(oneLine(update.id), 120) || digest(at + text)
    return [{ id, at, status: incidentStatusOf(kind, update.status) ?? unknownStatus[kind], text }]
  })
  return orderUpdates(updates)
}
