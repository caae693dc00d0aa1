import { compareEventIds, type Event, type EventId } from '../../shared/domain/events.ts'
import {
  applyEvent,
  emptyView,
  trimArticles,
  trimEndedIncidents,
  type View,
  viewLimits,
} from '../../shared/domain/view.ts'

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

/** The newest events in memory, so that most reconnecting clients cost Redis nothing. */
type Recent = {
  push(events: readonly Event[]): void
  /** Events after `id`, oldest first, at most so many; undefined when `id` is not among those kept. */
  after(id: EventId, most?: number): Event[] | undefined
  /** The id before the oldest kept event: from here on everything is in memory. */
  readonly base: EventId
}

/** @param base the id of the last event before the first that will be pushed */
export function recentEvents(base: EventId, capacity = 10_000): Recent {
  let events: Event[] = []
  let floor = base
  return {
    push(more) {
      events.push(...more)
      // Cut rarely and by a quarter, so that a push costs next to nothing.
      if (events.length > capacity * 1.25) {
        const cut = events.length - capacity
        floor = events[cut - 1]?.id ?? floor
        events = events.slice(cut)
      }
    },
    after(id, most = events.length) {
      const index = id === floor ? -1 : find(events, id)
      return index === -1 && id !== floor ? undefined : events.slice(index + 1, index + 1 + most)
    },
    get base() {
      return floor
    },
  }
}

/** Binary search: stream ids only grow. */
function find(events: readonly Event[], id: EventId): number {
  let low = 0
  let high = events.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compareEventIds(events[middle]?.id ?? '', id)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}
