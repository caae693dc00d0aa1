import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Event, EventId } from '../../shared/domain/events.ts'
import type { View } from '../../shared/domain/view.ts'
import { countLosses, type Log } from '../../shared/redis/connect.ts'
import { awaitEvents, isInStream, readNewestEvents } from '../../shared/redis/event-stream.ts'
import { loadView } from '../../shared/redis/load-view.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'

/** How long one wait for events lasts; well under the connection's socket timeout. */
const BLOCK_MS = 5_000
/** The first wait is short: readiness must not depend on the next event of a quiet night. 0 would wait for ever. */
const FIRST_BLOCK_MS = 1
const EVENT_BATCH = 1_000
/** Past events that are loaded with a view, for clients that reconnect. */
const RECENT_EVENTS = 1_000
const RETRY_DELAY_MS = 250

export type TailDeps = {
  /**
   * A connection of its own, as waiting blocks it. It also checks what is in the stream: when a replica takes over,
   * other connections may already be at another server.
   */
  blocked: Redis
  /** The whole store, and the newest events that led to it: at the start, and again whenever the stream was rebuilt. */
  onView(view: View, newest: readonly Event[]): void
  onEvents(events: readonly Event[]): void
  log: Log
  onInvalid: OnInvalid
}

export type Tail = {
  /** Whether Redis answered in the last wait. */
  isHealthy(): boolean
  stop(): Promise<void>
}

/**
 * Follows the stream. Where the last id is not in it after a loss of the connection (trimmed, or Redis came back
 * older), the view is loaded again.
 */
export function startTail(deps: TailDeps): Tail {
  const { blocked, log, onInvalid } = deps
  const losses = countLosses(blocked)
  const stopping = new AbortController()
  let isHealthy = false
  /** The last event passed on; null before the first view. */
  let last: EventId | null = null

  async function catchUp(): Promise<EventId> {
    if (last !== null && (await isInStream(blocked, last))) return last
    if (last !== null) log.warn({ last }, 'the last event seen no longer stands in the stream; loading the view anew')
    const view = await loadView(blocked, onInvalid)
    deps.onView(view, await readNewestEvents(blocked, view.head, RECENT_EVENTS, onInvalid))
    return view.head
  }

  async function follow(): Promise<void> {
    const before = losses()
    last = await catchUp()
    for (let blockMs = FIRST_BLOCK_MS; !stopping.signal.aborted; blockMs = BLOCK_MS) {
      const batch = await awaitEvents(blocked, last, EVENT_BATCH, blockMs, onInvalid)
      // After a reconnect the answer came from a Redis whose past was not checked.
      if (losses() !== before) return
      isHealthy = true
      if (batch.mustReload || batch.hasGap) {
        const why = batch.mustReload
          ? 'the store was restored or migrated'
          : 'events were trimmed before they were read'
        log.warn({}, `${why}; loading the view anew`)
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
        isHealthy = false
        if (stopping.signal.aborted) return
        log.warn({ error: String(error) }, 'the stream cannot be read; trying again')
        await sleep(RETRY_DELAY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  })()

  return {
    isHealthy: () => isHealthy,
    async stop() {
      stopping.abort()
      blocked.disconnect()
      await done
    },
  }
}
