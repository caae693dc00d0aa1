import type { Incident, IncidentChange, IncidentUpdate } from '../../shared/domain/incident.ts'
import { ascending } from '../../shared/domain/order.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { type Catalogue, placeName } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'

/** What was told at one moment, and what changed with it. `text` is empty where the record changed without a word. */
export type TimelineEntry = {
  key: string
  at: Instant
  status: IncidentUpdate['status']
  text: string
  changes: IncidentChange[]
}

/** An incident's updates and what changed without one, oldest first, each with what became different since the one before. */
export function timeline({ updates, steps = [] }: Pick<Incident, 'updates' | 'steps'>): TimelineEntry[] {
  const told = updates.map(({ id, at, status, text }): TimelineEntry => ({ key: id, at, status, text, changes: [] }))
  const byKey = new Map(told.map(entry => [entry.key, entry]))
  const silent: TimelineEntry[] = []
  for (const { at, update, status, changes } of steps) {
    const entry = byKey.get(update ?? '')
    // How the status changed is told by what stands next to each other: updates have it from the beginning, steps since we watch.
    const others = changes.filter(({ kind }) => kind !== 'status')
    if (entry) entry.changes.push(...others)
    else silent.push({ key: `silent-${at}-${silent.length}`, at, status, text: '', changes: others })
  }
  const entries = [...told, ...silent].sort(ascending('at'))
  for (const [index, entry] of entries.entries()) {
    const previous = entries[index - 1]
    if (previous && previous.status !== entry.status)
      entry.changes.unshift({ kind: 'status', from: previous.status, to: entry.status })
  }
  return entries.filter(entry => entry.changes.length > 0 || !silent.includes(entry))
}

/** Beyond these, names are counted. */
const MOST_NAMES = 6

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
          MOST_NAMES,
        ),
      )
    case 'servicesAdded':
    case 'servicesRemoved':
      return say[change.kind](lists.sentence(change.names, MOST_NAMES))
  }
}
