import type { Incident } from '../../shared/domain/incident.ts'
import { descending } from '../../shared/domain/order.ts'
import type { Concern } from '../stacks/standpoint.ts'

export const PREVIEW_DAYS = 90
const DAY_MS = 86_400_000
const MAX_SHOWN = 5

export type StackPreview = {
  /** All incidents of the time, whomever they concern. Where there is none, nothing was recorded, rather than all well. */
  known: number
  /** Incidents that would have concerned the stack, certainly or likely, and those that may have. */
  concerned: number
  mayConcern: number
  /** The newest of those that concern it; where there is none, of those that may. */
  newest: Incident[]
}

/** What a stack would have heard of. Planned work is not counted. Pure. @param now ms */
export function stackPreview(
  incidents: Iterable<Incident>,
  concern: (incident: Incident) => Concern,
  now: number,
): StackPreview {
  const since = sinceOf(now)
  const counted = [...incidents].filter(({ kind, startedAt }) => kind === 'incident' && startedAt >= since)
  const own = counted.filter(incident => concern(incident) === 'concerns')
  const maybe = counted.filter(incident => concern(incident) === 'may')
  return {
    known: counted.length,
    concerned: own.length,
    mayConcern: maybe.length,
    newest: (own.length > 0 ? own : maybe).sort(descending('startedAt')).slice(0, MAX_SHOWN),
  }
}

/** The days that a preview is about: no more than the server keeps. */
export const previewDays = (keptDays: number | null): number => Math.min(PREVIEW_DAYS, keptDays ?? PREVIEW_DAYS)

export const sinceOf = (now: number): string => new Date(now - PREVIEW_DAYS * DAY_MS).toISOString()
