import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Channel } from '../../shared/domain/channels.ts'
import { compareEventIds, type Event, type EventId, type Reset } from '../../shared/domain/events.ts'
import { readEvents, standsInStream } from '../../shared/redis/event-stream.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { Current } from './current.ts'

/** Events read from Redis at once. */
const PAGE = 500
/** Events given at once out of memory: few, so that a client that goes live has nearly read them all. */
const AT_ONCE = 100
/** How long this server may need to see an event that another has already told of, in ms. */
const BEHIND_MS = 3_000
const LOOK_AGAIN_MS = 20

export type ResumeDeps = { redis: Redis; current: Current; onInvalid: OnInvalid; now: () => number }

type Resuming = {
  /** Whether the client has left meanwhile. */
  gone(): boolean
  send(events: readonly Event[]): void
  /** Waits until the client has read what it was sent; absent where the transport sees to that. */
  room?(): Promise<void>
  /** From this call on the client gets live events. */
  goLive(): void
}

/**
 * Gives a client everything after `since`, in order, and lets it go live with no event between. The named id must still
 * stand in the stream, else the answer is the reason for a reset.
 */
async function resume(since: EventId, deps: ResumeDeps, client: Resuming): Promise<'resumed' | Reset['reason']> {
  const deadline = deps.now() + BEHIND_MS
  let seen = since
  while (!client.gone()) {
    // No await between here and `goLive`: events are applied and delivered in other turns of the event loop.
    const part = deps.current.recent.after(seen, AT_ONCE)
    if (part !== undefined) {
      client.send(part)
      if (part.length < AT_ONCE) {
        client.goLive()
        return 'resumed'
      }
      seen = part.at(-1)?.id ?? seen
      await client.room?.()
      continue
    }
    if (!(await standsInStream(deps.redis, seen)))
      return compareEventIds(seen, deps.current.view.head) > 0 ? 'lost' : 'trimmed'
    if (compareEventIds(seen, deps.current.view.head) > 0) {
      if (deps.now() > deadline) return 'lost'
      await sleep(LOOK_AGAIN_MS)
      continue
    }
    const page = await readEvents(deps.redis, seen, PAGE, deps.onInvalid)
    // What stands in memory is taken from memory, so that the two never overlap.
    const older = page.filter(event => compareEventIds(event.id, deps.current.recent.base) <= 0)
    client.send(older)
    const last = older.at(-1)
    if (last === undefined) return 'rebuilt'
    seen = last.id
    await client.room?.()
  }
  return 'resumed'
}

export type CatchingUp = Resuming & {
  /** Gives the client a snapshot to start anew from; returns its head. */
  reset(reason: Reset['reason']): EventId
}

/**
 * Brings a client to the present and lets it go live: from the last event that it saw, or from now on where it names none.
 * Every client, whatever its transport, gets each event once, in order, or a reset and everything after that.
 */
export async function catchUp(
  since: EventId | undefined,
  deps: ResumeDeps,
  client: CatchingUp,
): Promise<'live' | 'resumed' | 'reset'> {
  if (since === undefined) {
    client.goLive()
    return 'live'
  }
  const end = await resume(since, deps, client)
  if (end === 'resumed') return 'resumed'
  await startAnew(end, deps, client)
  return 'reset'
}

/** A snapshot, and what happened after it: the one that is given may be a moment old. */
export async function startAnew(reason: Reset['reason'], deps: ResumeDeps, client: CatchingUp): Promise<void> {
  for (let end: Reset['reason'] | 'resumed' = reason; end !== 'resumed'; ) {
    const head = client.reset(end)
    await client.room?.()
    end = await resume(head, deps, client)
  }
}

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
