import type { Incident } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Impact, MaintenanceStatus } from '../../shared/domain/status.ts'
import { clip } from './clip.ts'
import { parseDate } from './dates.ts'
import { openLifecycleOf } from './lifecycle.ts'
import { markdownText } from './markdown.ts'
import { lookUp, ownWord } from './own-words.ts'
import { scopeOf } from './places.ts'
import { oneLine } from './plain-text.ts'
import type { ReadContext } from './reader.ts'
import { recordId } from './record-id.ts'
import { orderUpdates } from './updates.ts'
import type { KumaMaintenance, KumaNotice } from './uptime-kuma-page.ts'

/** A pinned incident; null where it has no id, title or date. What is over is no longer pinned. */
export function kumaIncident(notice: KumaNotice, context: ReadContext): Incident | null {
  const startedAt = instantOf(notice.createdDate, 'Z')
  const text = markdownText(notice.content)
  const status = openLifecycleOf(oneLine(notice.title), text)
  if (notice.id === '' || startedAt === null) return null
  return incident(
    {
      native: `incident-${notice.id}`,
      kind: 'incident',
      title: notice.title,
      text,
      status,
      rawStatus: null,
      impact: lookUp(impacts, notice.style) ?? 'none',
      startedAt,
      updatedAt: instantOf(notice.lastUpdatedDate, 'Z') ?? startedAt,
      until: null,
    },
    context,
  )
}

/** Whether it is switched on by hand: then it has no time, and is seen in its monitors alone. */
export const isByHand = ({ id, title, timeslotList }: KumaMaintenance): boolean =>
  id !== '' && title !== '' && timeslotList.length === 0

/** A maintenance; null where it has no id, title or date. */
export function kumaMaintenance(entry: KumaMaintenance, context: ReadContext): Incident | null {
  const slot = entry.timeslotList[0]
  const startedAt = instantOf(slot?.startDate ?? '', entry.timezoneOffset)
  const known = lookUp(statuses, entry.status)
  if (entry.id === '' || slot === undefined || startedAt === null) return null
  return incident(
    {
      native: `maintenance-${entry.id}`,
      kind: 'maintenance',
      title: entry.title,
      text: markdownText(entry.description),
      status: known ?? 'scheduled',
      rawStatus: known === null ? ownWord(entry.status) : null,
      impact: 'maintenance',
      startedAt,
      updatedAt: startedAt,
      until: instantOf(slot.endDate, entry.timezoneOffset),
    },
    context,
  )
}

const impacts = new Map<string, Impact>([
  ['danger', 'major'],
  ['warning', 'minor'],
])

const statuses = new Map<string, MaintenanceStatus>([
  ['scheduled', 'scheduled'],
  ['undermaintenance', 'in_progress'],
  ['ended', 'completed'],
])

/** Dates may come without their zone: UTC for incidents, that of the maintenance for its own. */
const instantOf = (value: string, zone: string): Instant | null => parseDate(value) ?? parseDate(value + zone)

type Told = Pick<Incident, 'kind' | 'title' | 'status' | 'rawStatus' | 'impact' | 'startedAt' | 'updatedAt'> & {
  native: string
  text: string
  until: Instant | null
}

function incident({ native, text, until, ...told }: Told, { source, places }: ReadContext): Incident | null {
  const title = oneLine(told.title)
  if (title === '') return null
  const where = places(source.provider, title)
  const { status, updatedAt: at } = told
  return {
    ...told,
    id: recordId(source.id, native),
    provider: source.provider,
    title: clip(title, 300),
    scope: scopeOf(where),
    regions: where.regions,
    services: [],
    resolvedAt: status === 'completed' ? (until ?? at) : null,
    scheduledFor: told.kind === 'maintenance' ? told.startedAt : null,
    scheduledUntil: until,
    url: source.url,
    updates: text === '' ? [] : orderUpdates([{ id: at, at, status, text }]),
  }
}
