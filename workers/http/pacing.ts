import { setTimeout as sleep } from 'node:timers/promises'

/** Between the starts of two requests to one host, in ms. Hosts that many sources share get one request at a time. */
export const GAP_MS = 250
/** One address may hold back the others of its host for this long at most, in ms; then one of them asks again. */
const LONGEST_HOLD_MS = 60 * 60_000

/** How all requests of one process treat a host. */
export type Pacing = {
  /** Resolves when a request to the host may start; rejects with the signal's reason when it aborts before. */
  begin(host: string, signal: AbortSignal): Promise<void>
  /** The host asked for no requests for so many ms. */
  hold(host: string, ms: number): void
  /** How many ms of that are left; 0 when it may be asked. */
  heldMs(host: string): number
}

export function createPacing(now: () => number): Pacing {
  const enqueue = createQueue(1)
  const holds = new Map<string, number>()
  return {
    begin: (host, signal) =>
      new Promise((resolve, reject) => {
        const passing = enqueue(host, signal, () => {
          resolve()
          return sleep(GAP_MS, undefined, { ref: false })
        })
        passing.catch(reject)
      }),
    hold(host, ms) {
      for (const [other, until] of holds) if (until <= now()) holds.delete(other)
      holds.set(host, Math.max(holds.get(host) ?? 0, now() + Math.min(ms, LONGEST_HOLD_MS)))
    },
    heldMs: host => Math.max(0, Math.ceil((holds.get(host) ?? 0) - now())),
  }
}

/** For hosts that need no care. */
export const unpaced: Pacing = { begin: async () => {}, hold() {}, heldMs: () => 0 }

/** Queues a task, per key. Rejects when the signal aborts before the task starts, else as the task does. */
export type Enqueue = <T>(key: string, signal: AbortSignal, task: () => Promise<T>) => Promise<T>

type Lane = { busy: number; waiting: Set<() => void> }

/** Runs at most `limit` tasks of one key at a time; the others wait, first come, first served. */
export function createQueue(limit: number): Enqueue {
  const lanes = new Map<string, Lane>()

  function enter(key: string, signal: AbortSignal): Promise<void> {
    const lane = lanes.get(key) ?? { busy: 0, waiting: new Set() }
    lanes.set(key, lane)
    if (lane.busy < limit) {
      lane.busy++
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const admit = () => {
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = () => {
        lane.waiting.delete(admit)
        reject(signal.reason)
      }
      lane.waiting.add(admit)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  function leave(key: string): void {
    const lane = lanes.get(key)
    if (!lane) return
    const [next] = lane.waiting
    if (next) {
      lane.waiting.delete(next)
      next()
    } else if (--lane.busy === 0) lanes.delete(key)
  }

  return async (key, signal, task) => {
    signal.throwIfAborted()
    await enter(key, signal)
    try {
      signal.throwIfAborted()
      return await task()
    } finally {
      leave(key)
    }
  }
}
