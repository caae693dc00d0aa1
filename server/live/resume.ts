import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { type Channel, reaches } from '../../shared/domain/channels.ts'
import { compareEventIds, type Event, type EventId } from '../../shared/domain/events.ts'
import type { Reset } from '../../shared/domain/socket-protocol.ts'
import { isInStack } from '../../shared/domain/stack-channels.ts'
import { isInStream, readEvents } from '../../shared/redis/event-stream.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { Current } from './current.ts'

/** Events read from Redis at once. */
const STORE_BATCH = 100
/** Events sent at once from memory: few, so a client has read nearly all of them before it goes live. */
const MEMORY_BATCH = 100
const MEMORY_BATCH_BYTES = 256 * 1024
/** How far this server may lag behind another from which the client has an event already. */
const MAX_LAG_MS = 3_000
const LAG_CHECK_MS = 20

export type ResumeDeps = { redis: Redis; current: Current; onInvalid: OnInvalid; now: () => number }

type Resuming = {
  channels(): Iterable<Channel>
  isGone(): boolean
  send(events: readonly Event[]): void
  /** Waits until the client has read what it was sent. Absent where the transport takes care of that. */
  room?(): Promise<void>
  /** The client gets live events from this call on. */
  goLive(): void
}

/**
 * Sends a client everything after `since`, in order, and lets it go live with no event lost in between.
 * @returns 'resumed', or the reason for a reset where `since` is no longer in the stream
 */
async function resume(since: EventId, deps: ResumeDeps, client: Resuming): Promise<'resumed' | Reset['reason']> {
  const deadline = deps.now() + MAX_LAG_MS
  let seen = since
  while (!client.isGone()) {
    // No await between here and `goLive`: events are applied and delivered in other turns of the event loop.
    const { recent } = deps.current
    const part = recent.after(seen, MEMORY_BATCH, MEMORY_BATCH_BYTES)
    if (part !== undefined) {
      if (isReassigned(part, client)) return 'rebuilt'
      client.send(part)
      seen = part.at(-1)?.id ?? seen
      if (seen === recent.newest) {
        client.goLive()
        return 'resumed'
      }
      await client.room?.()
      continue
    }
    // Read before the check: what is trimmed between the two would be missing.
    const page = await readEvents(deps.redis, seen, STORE_BATCH, deps.onInvalid)
    if (!(await isInStream(deps.redis, seen)))
      return compareEventIds(seen, deps.current.view.head) > 0 ? 'lost' : 'trimmed'
    if (compareEventIds(seen, deps.current.view.head) > 0) {
      if (deps.now() > deadline) return 'lost'
      await sleep(LAG_CHECK_MS)
      continue
    }
    // Events that are in memory are taken from memory, so the two sources never overlap.
    const { recent: fresh, stacks } = deps.current
    const older = page.filter(event => compareEventIds(event.id, fresh.base) <= 0).map(stacks.address)
    if (isReassigned(older, client)) return 'rebuilt'
    client.send(older.filter(({ data }) => deps.current.tells(data)))
    const last = older.at(-1)
    if (last === undefined) return 'rebuilt'
    seen = last.id
    await client.room?.()
  }
  return 'resumed'
}

/** Whether it is not known which of the events belong to the stacks of a client: these may have changed on the way. */
const isReassigned = (events: readonly Event[], client: Resuming): boolean =>
  events.some(({ type }) => type === 'office.changed') && isInStack(client.channels())

export type CatchingUp = Resuming & {
  /** Sends the client a snapshot to start from; returns its head. */
  reset(reason: Reset['reason']): EventId
}

/**
 * Brings a client live: from the last event that it saw, or from now on where it names none. Over every transport a
 * client gets each event once, in order, or a reset and everything after it.
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
  await startFromSnapshot(end, deps, client)
  return 'reset'
}

/** Sends a snapshot, which may be a moment old, and the events after it. */
export async function startFromSnapshot(reason: Reset['reason'], deps: ResumeDeps, client: CatchingUp): Promise<void> {
  for (let end: Reset['reason'] | 'resumed' = reason; end !== 'resumed'; ) {
    const head = client.reset(end)
    await client.room?.()
    end = await resume(head, deps, client)
  }
}

/** Events that one answer looks through: a quiet channel is read in pages like a busy one. */
const MAX_SCANNED = 10_000

export type EventsAfter = {
  /** Set where `since` is no longer in the stream: take a snapshot and go on from its `head`. */
  reset: Reset['reason'] | null
  events: Event[]
  next: EventId
  more: boolean
}

/** One page of the events of these channels after `since`. Without `since` the page has no events, only `next`. */
export async function eventsAfter(
  wanted: { channels: readonly Channel[]; since?: EventId | undefined; limit: number },
  deps: ResumeDeps,
): Promise<EventsAfter> {
  if (wanted.since === undefined) return { reset: null, events: [], next: deps.current.view.head, more: false }
  const channels = new Set(wanted.channels)
  const page: EventsAfter = { reset: null, events: [], next: wanted.since, more: true }
  let scanned = 0
  const isFull = () => page.events.length >= wanted.limit || scanned >= MAX_SCANNED
  const end = await resume(wanted.since, deps, {
    channels: () => channels,
    isGone: isFull,
    send(events) {
      for (const event of events) {
        if (isFull()) return
        if (reaches(event.channels, channels)) page.events.push(event)
        page.next = event.id
        scanned += 1
      }
    },
    goLive() {
      page.more = page.next !== deps.current.view.head && isFull()
      if (!page.more) page.next = deps.current.view.head
    },
  })
  return end === 'resumed' ? page : { reset: end, events: [], next: deps.current.view.head, more: false }
}
