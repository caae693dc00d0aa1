import type { Channel } from '../shared/domain/channels.ts'
import type { Event, EventId, Reset } from '../shared/domain/events.ts'
import { type ResumeDeps, resume } from './resume.ts'

/** Events that one answer looks through: a quiet channel is read page by page like a loud one. */
const MOST_SEEN = 10_000

export type EventsAfter = {
  /** Why the past no longer stands: take a snapshot and go on from its `head`. Null: it stands. */
  reset: Reset['reason'] | null
  events: Event[]
  /** From here the next page goes on. */
  next: EventId
  /** Whether the next page holds more already. */
  more: boolean
}

/** One page of what happened in these channels after `since`; without it nothing but the place from which to go on. */
export async function eventsAfter(
  wanted: { channels: readonly Channel[]; since?: EventId | undefined; limit: number },
  deps: ResumeDeps,
): Promise<EventsAfter> {
  if (wanted.since === undefined) return { reset: null, events: [], next: deps.current.view.head, more: false }
  const channels = new Set(wanted.channels)
  const page: EventsAfter = { reset: null, events: [], next: wanted.since, more: true }
  let seen = 0
  const isFull = () => page.events.length >= wanted.limit || seen >= MOST_SEEN
  const end = await resume(wanted.since, deps, {
    gone: isFull,
    send(events) {
      for (const event of events) {
        if (isFull()) return
        if (event.channels.some(channel => channels.has(channel))) page.events.push(event)
        page.next = event.id
        seen += 1
      }
    },
    goLive() {
      page.more = page.next !== deps.current.view.head && isFull()
      if (!page.more) page.next = deps.current.view.head
    },
  })
  return end === 'resumed' ? page : { reset: end, events: [], next: deps.current.view.head, more: false }
}
