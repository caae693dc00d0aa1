import type { IncidentUpdate } from '../../shared/domain/incident.ts'
import { clip } from './clip.ts'

/** Updates as the record wants them: newest first, ids unique, texts bounded, at most 100. */
export function orderUpdates(updates: IncidentUpdate[]): IncidentUpdate[] {
  const newestFirst = updates.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  const uses = new Map<string, number>()
  return newestFirst.slice(0, 100).map(update => {
    const use = (uses.get(update.id) ?? 0) + 1
    uses.set(update.id, use)
    const id = use === 1 ? update.id : `${update.id.slice(0, 100)}-${use}`
    return { ...update, id, text: clip(update.text, 4000) }
  })
}
