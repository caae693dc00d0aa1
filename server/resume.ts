import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { compareEventIds, type Event, type EventId, type Reset } from '../shared/domain/events.ts'
import { readEvents, standsInStream } from '../shared/redis/event-stream.ts'
import type { OnInvalid } from '../shared/redis/records.ts'
import type { Current } from './current.ts'

/** Events read from Redis at once. */
const PAGE = 500
/** Events given at once out of memory: few, so that a client that goes live has nearly read them all. */
const AT_ONCE = 100
/** How long this server may need to see an event that another has already told of, in ms. */
const BEHIND_MS = 3_000
const LOOK_AGAIN_MS = 20

export type ResumeDeps = { redis: Redis; current: Current; onInvalid: OnInvalid; now: () => number }

export type Resuming = {
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
export async function resume(since: EventId, deps: ResumeDeps, client: Resuming): Promise<'resumed' | Reset['reason']> {
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
