import type { Incident, IncidentUpdate } from '../../shared/domain/incident.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Impact } from '../../shared/domain/status.ts'
import type { Words } from '../words/words.ts'
import { type Catalogue, placeName } from './catalogue.ts'

type Stage = IncidentUpdate['status']

/** One thing that became different. */
export type Change =
  | { kind: 'status'; from: Stage; to: Stage }
  | { kind: 'impact'; from: Impact; to: Impact }
  | { kind: 'regionsAdded' | 'regionsRemoved' | 'servicesAdded' | 'servicesRemoved'; names: readonly string[] }

/** What was told at one moment, and what changed with it. `text` is empty where the record changed without a word. */
export type TimelineEntry = { key: string; at: Instant; status: Stage; text: string; changes: Change[] }

/**
 * An incident's updates, oldest first, each with what changed since the one before. `versions` are the records that its
 * events carried, oldest first: only they tell which places and services came and went. Where they are not known, just the
 * statuses are compared.
 */
export function timeline(incident: Incident, versions: readonly Incident[]): TimelineEntry[] {
  const told = incident.updates
    .map(({ id, at, status, text }): TimelineEntry => ({ key: id, at, status, text, changes: [] }))
    .sort((a, b) => a.at.localeCompare(b.at))
  const byKey = new Map(told.map(entry => [entry.key, entry]))
  const silent: TimelineEntry[] = []
  for (const [index, version] of versions.entries()) {
    const previous = versions[index - 1]
    const changes = previous ? recordChanges(previous, version) : []
    if (previous === undefined || changes.length === 0) continue
    const entry = byKey.get(newUpdate(previous, version)?.id ?? '')
    if (entry) entry.changes.push(...changes)
    else silent.push({ key: version.updatedAt, at: version.updatedAt, status: version.status, text: '', changes })
  }
  const entries = [...told, ...silent].sort((a, b) => a.at.localeCompare(b.at))
  for (const [index, entry] of entries.entries()) {
    const previous = entries[index - 1]
    if (previous && previous.status !== entry.status)
      entry.changes.unshift({ kind: 'status', from: previous.status, to: entry.status })
  }
  return entries
}

/**
 * What events told, and what a page has seen since it was opened, without those that both have: an incident's `updatedAt` never
 * goes back.
 */
export function joinVersions(told: readonly Incident[], seen: readonly Incident[]): Incident[] {
  const last = told.at(-1)
  return [...told, ...(last ? seen.filter(version => version.updatedAt > last.updatedAt) : seen)]
}

/** The newest word that the later of two versions has and the earlier has not. */
function newUpdate(previous: Incident, version: Incident): IncidentUpdate | undefined {
  const known = new Set(previous.updates.map(update => update.id))
  return version.updates.find(update => !known.has(update.id))
}

/** What of the record itself became different, but for the status, which updates tell. */
function recordChanges(from: Incident, to: Incident): Change[] {
  const listed = (kind: 'regionsAdded' | 'regionsRemoved' | 'servicesAdded' | 'servicesRemoved', names: string[]) =>
    names.length === 0 ? [] : [{ kind, names }]
  const impact: Change[] = from.impact === to.impact ? [] : [{ kind: 'impact', from: from.impact, to: to.impact }]
  return [
    ...impact,
    ...listed('regionsAdded', without(to.regions, from.regions)),
    ...listed('regionsRemoved', without(from.regions, to.regions)),
    ...listed('servicesAdded', without(to.services, from.services)),
    ...listed('servicesRemoved', without(from.services, to.services)),
  ]
}

function without(names: readonly string[], known: readonly string[]): string[] {
  const set = new Set(known)
  return names.filter(name => !set.has(name))
}

/** Beyond these, names are counted. */
const MOST_NAMES = 6

/** 'Status changed from investigating to identified.' */
export function changeText(change: Change, catalogue: Catalogue, { states, incidentPage, lists }: Words): string {
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
          MOST_NAMES,
        ),
      )
    case 'servicesAdded':
    case 'servicesRemoved':
      return say[change.kind](lists.sentence(change.names, MOST_NAMES))
  }
}
