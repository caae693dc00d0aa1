import type { Component } from '../../shared/domain/component.ts'
import { type Incident, type IncidentUpdate, isEnded } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import type { Included } from './betterstack-schema.ts'
import { clip } from './clip.ts'
import { latest, parseDate } from './dates.ts'
import { openLifecycleOf } from './lifecycle.ts'
import { lookUp, ownWord } from './own-words.ts'
import { mergePlaces, scopeOf } from './places.ts'
import { oneLine, plainText } from './plain-text.ts'
import type { ReadContext } from './reader.ts'
import { recordId } from './record-id.ts'
import { serviceNames } from './service-names.ts'
import { orderUpdates } from './updates.ts'

/**
 * A `status_report` and what is included about it → Incident; null where it has no id, title or start.
 * @param components those of the page: a report is where the ones are that it hits
 */
export function betterstackIncident(
  report: Included,
  included: Included[],
  components: readonly Component[],
  context: ReadContext,
): Incident | null {
  const { source, places, now } = context
  const { attributes } = report
  const title = oneLine(attributes.title)
  const startedAt = parseDate(attributes.starts_at)
  if (report.id === '' || title === '' || startedAt === null) return null
  const planned = attributes.report_type === 'maintenance'
  const endsAt = parseDate(attributes.ends_at)
  const state = lookUp(states, attributes.aggregate_state)
  const notes = notesOf(report, included)
  const phase = phaseOf(startedAt, planned ? endsAt : null, state === 'over', now)
  const updates = updatesOf(notes, planned, startedAt, phase)
  const status = planned
    ? maintenanceIn[phase]
    : phase === 'over'
      ? 'resolved'
      : (updates[0]?.status ?? 'investigating')
  const updatedAt = latest([updates[0]?.at ?? null, phase === 'over' ? endsAt : null]) ?? startedAt
  const affected = [report, ...notes.map(({ note }) => note)].flatMap(entry => entry.attributes.affected_resources)
  const hit = new Set(affected.map(part => recordId(source.id, part.status_page_resource_id)))
  const parts = components.filter(({ id }) => hit.has(id))
  const services = serviceNames(parts.map(({ name }) => name))
  const where = mergePlaces([
    places(source.provider, title),
    ...parts.map(({ regions }) => ({ regions, global: false })),
  ])
  return {
    id: recordId(source.id, report.id),
    provider: source.provider,
    kind: planned ? 'maintenance' : 'incident',
    title: clip(title, 300),
    status,
    rawStatus: state === null ? ownWord(attributes.aggregate_state) : null,
    impact: planned ? 'maintenance' : impactOf([attributes.aggregate_state, ...affected.map(part => part.status)]),
    scope: scopeOf(where),
    regions: where.regions,
    services,
    startedAt,
    updatedAt,
    resolvedAt: isEnded({ status }) ? (endsAt ?? updatedAt) : null,
    scheduledFor: planned ? startedAt : null,
    scheduledUntil: planned ? endsAt : null,
    url: null,
    updates,
  }
}

const states = new Map<string, 'over' | 'open'>([
  ['operational', 'over'],
  ['resolved', 'over'],
  ['maintenance', 'open'],
  ['degraded', 'open'],
  ['downtime', 'open'],
])

type Phase = 'ahead' | 'on' | 'over'
const maintenanceIn = { ahead: 'scheduled', on: 'in_progress', over: 'completed' } as const

/** A report has no lifecycle but its times and its state; `ends_at` is often missing, the state of what is ahead may be any. */
function phaseOf(startedAt: Instant, endsAt: Instant | null, stateIsOver: boolean, now: number): Phase {
  if (Date.parse(startedAt) > now) return 'ahead'
  return stateIsOver || (endsAt !== null && Date.parse(endsAt) <= now) ? 'over' : 'on'
}

type Note = { at: Instant; note: Included }

/** The report's updates, newest first: they name it, or it names them. */
function notesOf(report: Included, included: Included[]): Note[] {
  const named = new Set(report.relationships.status_updates.data.map(({ id }) => id))
  return included
    .filter(({ type, id, attributes }) => {
      return type === 'status_update' && (named.has(id) || attributes.status_report_id === report.id)
    })
    .flatMap((note): Note[] => {
      const at = parseDate(note.attributes.published_at)
      return at === null ? [] : [{ at, note }]
    })
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

function updatesOf(notes: Note[], planned: boolean, startedAt: Instant, phase: Phase): IncidentUpdate[] {
  const updates = notes.flatMap(({ at, note }, index): IncidentUpdate[] => {
    const text = plainText(note.attributes.message)
    if (text === '') return []
    const last = index === 0 && phase === 'over'
    const status = planned
      ? maintenanceIn[last ? 'over' : at < startedAt ? 'ahead' : 'on']
      : last
        ? 'resolved'
        : openLifecycleOf('', text)
    return [{ id: clip(oneLine(note.id), 120) || at, at, status, text }]
  })
  return orderUpdates(updates)
}

/** The worst that report and updates have told: what is over keeps how bad it was. */
const impactOf = (words: string[]): Impact => (words.some(word => /^downtime$/i.test(word)) ? 'major' : 'minor')
