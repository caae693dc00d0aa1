import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Event, EventId } from '../../shared/domain/events.ts'
import type { View } from '../../shared/domain/view.ts'
import { countLosses, type Log } from '../../shared/redis/connect.ts'
import { awaitEvents, readNewest, standsInStream } from '../../shared/redis/event-stream.ts'
import { loadView } from '../../shared/redis/load-view.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'

/** How long one wait for events lasts, in ms; well under the connection's socket timeout. */
const BLOCK_MS = 5_000
/** The first wait is over at once, in ms: whether Redis answers must be known before a quiet night's next event. 0 would be for ever. */
const FIRST_BLOCK_MS = 1
/** Events read at once. */
const BATCH = 1_000
/** Events read back when a view is loaded, for clients that come again. */
const NEWEST = 1_000
/** Pause after a fault, in ms. */
const PAUSE_MS = 250

export type TailDeps = {
  /**
   * A connection of its own: it is blocked while it waits. What stands in the stream is asked of it too, for another connection may
   * have come to another server when a replica takes over.
   */
  blocked: Redis
  /** The whole store as it is now, and the newest events that made it: at the start, and again whenever the past no longer stands. */
  onView(view: View, newest: readonly Event[]): void
  /** New events, in order, right behind those before. */
  onEvents(events: readonly Event[]): void
  log: Log
  onInvalid: OnInvalid
}

export type Tail = {
  /** Whether Redis answered in the last wait. */
  healthy(): boolean
  stop(): Promise<void>
}

/**
 * Follows the stream. After every loss of the connection, the last id seen must still stand in the stream; where it
 * does not (trimmed, or Redis came back older), the view is loaded anew.
 */
export function startTail(deps: TailDeps): Tail {
  const { blocked, log, onInvalid } = deps
  const losses = countLosses(blocked)
  const stopping = new AbortController()
  let healthy = false
  /** The last event handed on; null before the first view. */
  let last: EventId | null = null

  async function catchUp(): Promise<EventId> {
    if (last !== null && (await standsInStream(blocked, last))) return last
    if (last !== null) log.warn({ last }, 'the last event seen no longer stands in the stream; loading the view anew')
    const view = await loadView(blocked, onInvalid)
    deps.onView(view, await readNewest(blocked, view.head, NEWEST, onInvalid))
    return view.head
  }

  /** Follows until the connection is lost; throws when it is lost in the middle of a wait. */
  async function follow(): Promise<void> {
    const before = losses()
    last = await catchUp()
    for (let blockMs = FIRST_BLOCK_MS; !stopping.signal.aborted; blockMs = BLOCK_MS) {
      const batch = await awaitEvents(blocked, last, BATCH, blockMs, onInvalid)
      // What came over a connection made anew was asked of a Redis whose past was not checked.
      if (losses() !== before) return
      healthy = true
      if (batch.anew) {
        log.warn({}, 'the store was restored or migrated; loading the view anew')
        last = null
        return
      }
      last = batch.last
      if (batch.events.length > 0) deps.onEvents(batch.events)
    }
  }

  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await follow()
      } catch (error) {
        healthy = false
        if (stopping.signal.aborted) return
        log.warn({ error: String(error) }, 'the stream cannot be read; trying again')
        await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  })()

  return {
    healthy: () => healthy,
    async stop() {
      stopping.abort()
      blocked.disconnect()
      await done
    },
  }
}
