import {
  type Incident,
  type IncidentChange,
  type IncidentUpdate,
  isEnded,
  isFaded,
  statusOfIncident,
} from '../../shared/domain/incident.ts'
import { ascending } from '../../shared/domain/order.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Status } from '../../shared/domain/status.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import type { Fact } from '../regions/region-facts.ts'
import { ago, clockTime, period, sinceText, span, type When } from '../ui/time.ts'
import type { Words } from '../words/en/page.ts'
import { sentenceCase } from '../words/formats.ts'
import { byStart, endOf, startOf } from './incidents.ts'

export function incidentFacts(incident: Incident, when: When): Fact[] {
  const { incidentPage: say, lists } = when.words
  const { scheduledFor: from, scheduledUntil: until, services } = incident
  const facts = [
    { label: say.impact, value: say.impacts[incident.impact] },
    { label: say.scope, value: say.scopes[incident.scope] },
  ]
  if (services.length > 0) facts.push({ label: say.services, value: lists.plain(services) })
  if (from !== null) facts.push({ label: say.window, value: period(from, until, when) })
  if (from !== null && until !== null)
    facts.push({ label: say.length, value: span(Date.parse(until) - Date.parse(from), when.words) })
  return facts
}

export type IncidentHead = { status: Status; word: string; times: string[] }

/**
 * Active: 'Partial outage, identified', 'since 14:02 (38 min)', and without news for days 'not updated since 24 Nov'. Scheduled: 'Scheduled', 'begins 26 Nov 22:00'.
 * Ended: 'Resolved after 38 min', '14:02 to 14:40', '2 h ago'.
 */
export function incidentHead(incident: Incident, when: When): IncidentHead {
  const { states, incidents, incidentPage } = when.words
  const stage = states.stage[incident.status]
  const status = statusOfIncident(incident)
  if (incident.status === 'scheduled') {
    const begins = incidentPage.begins(clockTime(startOf(incident), when))
    return { status: 'under_maintenance', word: sentenceCase(stage), times: [begins] }
  }
  if (!isEnded(incident)) {
    const word = sentenceCase(incidents.stateAndStage(states.label[status], stage))
    const since = sinceText(startOf(incident), when)
    if (!isFaded(incident, when.now)) return { status, word, times: [since] }
    return { status: 'unknown', word, times: [since, incidents.notUpdatedSince(clockTime(incident.updatedAt, when))] }
  }
  const length = span(Date.parse(endOf(incident)) - Date.parse(startOf(incident)), when.words)
  return {
    status: 'operational',
    word: sentenceCase(incidentPage.endedAfter(stage, length)),
    times: [period(startOf(incident), endOf(incident), when), ago(endOf(incident), when)],
  }
}

export type Neighbours = { earlier: Incident | null; later: Incident | null }

/**
 * The incidents of the same provider that began before and after this one. An incident outside `known` has none: others
 * may lie between.
 */
export function neighbours(incident: Incident, known: Iterable<Incident>): Neighbours {
  const all = [...known].filter(({ provider }) => provider === incident.provider).sort(byStart)
  const index = all.findIndex(({ id }) => id === incident.id)
  if (index === -1) return { earlier: null, later: null }
  return { earlier: all[index - 1] ?? null, later: all[index + 1] ?? null }
}

/** An update with the changes that came with it. `text` is empty where the record changed without an update. */
export type TimelineEntry = {
  key: string
  at: Instant
  status: IncidentUpdate['status']
  text: string
  changes: IncidentChange[]
}

/** Updates and silent changes of an incident, oldest first, each with its differences from the entry before. */
export function timeline({ updates, steps = [] }: Pick<Incident, 'updates' | 'steps'>): TimelineEntry[] {
  const announced = updates.map(
    ({ id, at, status, text }): TimelineEntry => ({ key: id, at, status, text, changes: [] }),
  )
  const byKey = new Map(announced.map(entry => [entry.key, entry]))
  const silent: TimelineEntry[] = []
  for (const { at, update, status, changes } of steps) {
    const entry = byKey.get(update ?? '')
    // status changes come from neighbouring entries: updates go further back than the recorded steps
    const others = changes.filter(({ kind }) => kind !== 'status')
    if (entry) entry.changes.push(...others)
    else silent.push({ key: `silent-${at}-${silent.length}`, at, status, text: '', changes: others })
  }
  const entries = [...announced, ...silent].sort(ascending('at'))
  for (const [index, entry] of entries.entries()) {
    const previous = entries[index - 1]
    if (previous && previous.status !== entry.status)
      entry.changes.unshift({ kind: 'status', from: previous.status, to: entry.status })
  }
  return entries.filter(entry => entry.changes.length > 0 || !silent.includes(entry))
}

const MAX_NAMES = 6

/** 'Status changed from investigating to identified.' */
export function changeText(
  change: IncidentChange,
  catalogue: Catalogue,
  { states, incidentPage, lists }: Words,
): string {
  const say = incidentPage.changed
  switch (change.kind) {
    case 'status':
      return say.status(states.stage[change.from], states.stage[change.to])
    case 'impact':
      return say.impact(incidentPage.impacts[change.from], incidentPage.impacts[change.to])
    case 'regionsAdded':
    case 'regionsRemoved':
      return say[change.kind](
        lists.sentence(
          change.names.map(id => placeName(catalogue, id)),
          MAX_NAMES,
        ),
      )
    case 'servicesAdded':
    case 'servicesRemoved':
      return say[change.kind](lists.sentence(change.names, MAX_NAMES))
  }
}
