import type { Event, EventId } from '../shared/domain/events.ts'
import {
  applyEvent,
  emptyView,
  trimArticles,
  trimEndedIncidents,
  type View,
  viewLimits,
} from '../shared/domain/view.ts'
import { type Recent, recentEvents } from './recent.ts'

/** What this server knows now: the view and the newest events. */
export type Current = {
  readonly view: View
  readonly recent: Recent
  /** Whether a view was loaded at all. */
  readonly loaded: boolean
  /** Starts anew from a loaded view, and the newest of the events that made it, oldest first, without a gap. */
  replace(view: View, newest?: readonly Event[]): void
  /** Takes new events; returns them. */
  apply(events: readonly Event[]): void
}

export function currentState(): Current {
  let view = emptyView()
  let recent = recentEvents(view.head)
  let loaded = false
  return {
    get view() {
      return view
    },
    get recent() {
      return recent
    },
    get loaded() {
      return loaded
    },
    replace(next, newest = []) {
      trimArticles(next, viewLimits.articles)
      trimEndedIncidents(next, viewLimits.endedIncidents)
      view = next
      recent = recentOf(next.head, newest)
      loaded = true
    },
    apply(events) {
      for (const event of events) applyEvent(view, event, viewLimits)
      recent.push(events)
    },
  }
}

/** Clients that come again after a restart find in memory what they missed, as they would have before it. */
function recentOf(head: EventId, newest: readonly Event[]): Recent {
  const [base, ...events] = newest
  if (base === undefined || newest.at(-1)?.id !== head) return recentEvents(head)
  const recent = recentEvents(base.id)
  recent.push(events)
  return recent
}
