import type { Event } from '../shared/domain/events.ts'
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
  /** Starts anew from a loaded view. */
  replace(view: View): void
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
    replace(next) {
      trimArticles(next, viewLimits.articles)
      trimEndedIncidents(next, viewLimits.endedIncidents)
      view = next
      recent = recentEvents(next.head)
      loaded = true
    },
    apply(events) {
      for (const event of events) applyEvent(view, event, viewLimits)
      recent.push(events)
    },
  }
}
