import { compareEventIds, type Event, type EventId } from '../shared/domain/events.ts'

/** The newest events in memory, so that most reconnecting clients cost Redis nothing. */
export type Recent = {
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
