import type { Redis } from 'ioredis'
import type { Event } from '../../shared/domain/events.ts'
import { applyEvent, trimView, type ViewLimits, viewLimits } from '../../shared/domain/view.ts'
import { awaitEvents } from '../../shared/redis/event-stream.ts'
import { keys } from '../../shared/redis/keys.ts'
import { holdLease } from '../../shared/redis/lease.ts'
import { startLeasedWork } from '../../shared/redis/leased-work.ts'
import { loadView } from '../../shared/redis/load-view.ts'
import type { Http } from '../http/http.ts'
import { type KeepDeps, keepPictures } from './keep-pictures.ts'

/** Another worker takes over this long after a worker died, in ms. */
const LEASE_MS = 10_000
/** How long events are waited for before the next pictures are begun, and while there is none to fetch, in ms. */
const TICK_MS = 250
const IDLE_TICK_MS = 1_000
/** How often the lease is renewed, and what is due by the clock is looked for, in ms. */
const LOOK_MS = 3_000
/** Images that are fetched at once. Polls need the network and the processor too. */
const CONCURRENCY = 2
/** Articles alone, as many as pages have. */
const limits: ViewLimits = { ...viewLimits, incidents: 0 }

export type PictureDeps = KeepDeps & {
  /** Its own, because waiting for events blocks it. */
  blocked: Redis
  /** Its own, so that no poll waits for a picture. It is closed with the work. */
  http: Pick<Http, 'get' | 'close'>
}

/**
 * Gives articles their pictures, after they are stored: news never wait for one. One worker at a time follows the
 * stream. What is to do follows from the stored articles alone, an image without a picture, so a successor needs no
 * hand-over and nothing is lost or done twice.
 */
export function startPictures(deps: PictureDeps): { stop(): Promise<void> } {
  const working = startLeasedWork({
    ...deps,
    lease: keys.pictureLease,
    leaseMs: LEASE_MS,
    name: 'the fetching of pictures',
    work: (who, losses, signal) => follow(deps, who, losses, signal),
  })
  return {
    async stop() {
      const stopped = working.stop()
      await deps.http.close() // ends requests under way; what they would have told is not written any more
      await stopped
    },
  }
}

async function follow(deps: PictureDeps, who: string, losses: () => number, signal: AbortSignal): Promise<void> {
  const { redis, blocked, maxBytes, now, onInvalid } = deps
  const lossesBefore = losses()
  const view = await loadView(blocked, onInvalid)
  trimView(view, limits)
  const keeper = await keepPictures(deps, view.articles, signal)
  const underWay = new Map<string, Promise<void>>()
  let failure: unknown = null
  let lookAt = 0
  while (!signal.aborted && failure === null) {
    // A monotonic clock: the system clock may be set back by an hour.
    if (performance.now() >= lookAt) {
      if (!(await holdLease(redis, keys.pictureLease, who, LEASE_MS))) break
      lookAt = performance.now() + LOOK_MS
      await keeper.tellLost()
    }
    const free = underWay.size < CONCURRENCY && maxBytes > 0 ? keeper.wanted(now()) : []
    const next = free.find(({ image }) => !underWay.has(image))
    if (next !== undefined) {
      const obtaining = keeper.obtain(next).catch(error => {
        failure = error
      })
      underWay.set(
        next.image,
        obtaining.finally(() => underWay.delete(next.image)),
      )
    }
    const tickMs = underWay.size > 0 ? TICK_MS : IDLE_TICK_MS
    const { events, last, mustReload, hasGap } = await awaitEvents(blocked, view.head, 1_000, tickMs, onInvalid)
    if (losses() !== lossesBefore || mustReload || hasGap) break
    for (const event of events) if (isOfArticles(event)) applyEvent(view, event, limits)
    view.head = last
  }
  if (!signal.aborted) await Promise.all(underWay.values())
  if (failure !== null) throw failure
}

const isOfArticles = ({ type }: Event): boolean => type.startsWith('article.') || type === 'source.removed'
