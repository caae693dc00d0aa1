import { type Incident, isEnded, isFaded, statusOfIncident } from '../../shared/domain/incident.ts'
import { type FullEntry, keyOfEntry, timeOfEntry, withStates } from '../../shared/domain/ledger.ts'
import { ascending, firstOf } from '../../shared/domain/order.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Status } from '../../shared/domain/status.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import type { Fact } from '../regions/region-facts.ts'
import { ago, clockTime, period, span, type When } from '../ui/time.ts'
import { sentenceCase } from '../words/formats.ts'
import { byStart, endOf, lengthText, startOf, startText } from './incidents.ts'

export function incidentFacts(incident: Incident, when: When): Fact[] {
  const { incidentPage: say } = when.words
  const { scheduledFor: from, scheduledUntil: until } = incident
  const facts = [
    { label: say.impact, value: say.impacts[incident.impact] },
    { label: say.scope, value: say.scopes[incident.scope] },
  ]
  if (from !== null) facts.push({ label: say.window, value: period(from, until, when) })
  if (from !== null && until !== null)
    facts.push({ label: say.length, value: span(Date.parse(until) - Date.parse(from), when.words) })
  facts.push({ label: say.clock, value: say.clocks[clockOf(incident)] })
  return facts
}

/** Whose clock gave the times of the head. The end is ours where the source only stopped listing the incident. */
function clockOf(incident: Incident): 'source' | 'ours' | 'both' {
  const isOurStart = incident.saidAt === null
  const isOurEnd = isEnded(incident) && incident.entries[0]?.saidAt === null
  if (isOurStart) return 'ours'
  return isOurEnd ? 'both' : 'source'
}

export type IncidentHead = { status: Status; word: string; times: string[] }

/**
 * Active: 'Partial outage, identified', 'since 14:02 (38 min)', and without news for days 'not updated since 24 Nov'. Scheduled: 'Scheduled', 'begins 26 Nov 22:00'.
 * Ended: 'Resolved after 38 min', '14:02 to 14:40', '2 h ago'; where the length is unknown 'Resolved by 14:02'.
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
    const since = startText(incident, when)
    if (!isFaded(incident, when.now)) return { status, word, times: [since] }
    return { status: 'unknown', word, times: [since, incidents.notUpdatedSince(clockTime(incident.updatedAt, when))] }
  }
  const length = lengthText(incident, when.words)
  if (length === null)
    return {
      status: 'operational',
      word: sentenceCase(incidents.endedBy(stage, clockTime(endOf(incident), when))),
      times: [],
    }
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

/** One difference between two entries of a ledger. */
export type EntryChange =
  | { kind: 'status'; from: FullEntry['status']; to: FullEntry['status'] }
  | { kind: 'impact'; from: Incident['impact']; to: Incident['impact'] }
  | { kind: 'scope'; to: Incident['scope'] }
  | { kind: 'title'; to: string }
  | { kind: 'window'; from: Instant | null; until: Instant | null }
  | { kind: 'regionsAdded' | 'regionsRemoved' | 'servicesAdded' | 'servicesRemoved'; names: string[] }

/** An entry of the ledger with what it changed. `text` is empty where the source gave no words. */
export type TimelineEntry = Pick<FullEntry, 'n' | 'saidAt' | 'seenAt' | 'impact'> & {
  key: string
  at: Instant
  /** Whether `at` is our time, because the source gives none. */
  isOurTime: boolean
  isRewrite: boolean
  status: FullEntry['status']
  text: string
  changes: EntryChange[]
}

/** The entries of an incident, oldest first, each with its differences from the entry before. */
export function timeline(incident: Incident): TimelineEntry[] {
  const oldestFirst = withStates(incident.entries, incident).sort(firstOf(ascending(timeOfEntry), ascending('n')))
  return oldestFirst
    .map((entry, index) => ({
      n: entry.n,
      saidAt: entry.saidAt,
      seenAt: entry.seenAt,
      impact: entry.impact,
      key: keyOfEntry(entry),
      at: timeOfEntry(entry),
      isOurTime: entry.saidAt === null,
      isRewrite: entry.isRewrite === true,
      status: entry.status,
      text: entry.text,
      changes: changesBetween(oldestFirst[index - 1], entry),
    }))
    .filter(({ text, changes }, index) => index === 0 || text !== '' || changes.length > 0)
}

function changesBetween(before: FullEntry | undefined, after: FullEntry): EntryChange[] {
  if (before === undefined) return []
  const { status, impact, scope, title, regions, services, scheduledFor, scheduledUntil } = after
  const isMoved = before.scheduledFor !== scheduledFor || before.scheduledUntil !== scheduledUntil
  const listed = (kind: 'regionsAdded' | 'regionsRemoved' | 'servicesAdded' | 'servicesRemoved', names: string[]) =>
    names.length === 0 ? [] : [{ kind, names }]
  return [
    ...(before.status === status ? [] : [{ kind: 'status' as const, from: before.status, to: status }]),
    ...(before.impact === impact ? [] : [{ kind: 'impact' as const, from: before.impact, to: impact }]),
    ...(before.title === title ? [] : [{ kind: 'title' as const, to: title }]),
    ...(before.scope === scope ? [] : [{ kind: 'scope' as const, to: scope }]),
    ...(isMoved ? [{ kind: 'window' as const, from: scheduledFor, until: scheduledUntil }] : []),
    ...listed('regionsAdded', without(regions, before.regions)),
    ...listed('regionsRemoved', without(before.regions, regions)),
    ...listed('servicesAdded', without(services, before.services)),
    ...listed('servicesRemoved', without(before.services, services)),
  ]
}

function without(names: readonly string[], known: readonly string[]): string[] {
  const set = new Set(known)
  return names.filter(name => !set.has(name))
}

const MAX_NAMES = 6

/** 'Status changed from investigating to identified.' */
export function changeText(change: EntryChange, catalogue: Catalogue, when: When): string {
  const { states, incidentPage, lists } = when.words
  const say = incidentPage.changed
  switch (change.kind) {
    case 'status':
      return say.status(states.stage[change.from], states.stage[change.to])
    case 'impact':
      return say.impact(incidentPage.impacts[change.from], incidentPage.impacts[change.to])
    case 'scope':
      return say.scope(incidentPage.scopes[change.to])
    case 'title':
      return say.title(change.to)
    case 'window':
      return change.from === null ? incidentPage.noWindow : say.window(period(change.from, change.until, when))
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
