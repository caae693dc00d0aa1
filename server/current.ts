import type { Event } from '../shared/domain/events.ts'
import {
  applyEvent,
  emptyView,
  trimArticles,
  trimEndedIncidents,
  type View,
  type ViewLimits,
} from '../shared/domain/view.ts'
import { type Recent, recentEvents } from './recent.ts'

/** What a server keeps of the past for its first answer; the rest is in Redis. */
const limits: ViewLimits = { endedIncidents: 200, articles: 500 }

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
      trimArticles(next, limits.articles)
      trimEndedIncidents(next, limits.endedIncidents)
      view = next
      recent = recentEvents(next.head)
      loaded = true
    },
    apply(events) {
      for (const event of events) applyEvent(view, event, limits)
      recent.push(events)
    },
  }
}
