import type { Incident } from '../../shared/domain/incident.ts'
import { startOf } from './incidents.ts'

export type Neighbours = { earlier: Incident | null; later: Incident | null }

/**
 * The incidents of the same provider that began before and after this one. An incident that is not among those that are known has
 * none: what lies between is not known either.
 */
export function neighbours(incident: Incident, known: Iterable<Incident>): Neighbours {
  const all = [...known]
    .filter(({ provider }) => provider === incident.provider)
    .sort((a, b) => startOf(a).localeCompare(startOf(b)) || a.id.localeCompare(b.id))
  const at = all.findIndex(({ id }) => id === incident.id)
  if (at === -1) return { earlier: null, later: null }
  return { earlier: all[at - 1] ?? null, later: all[at + 1] ?? null }
}
