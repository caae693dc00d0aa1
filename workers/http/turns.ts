/** Runs a task when its turn comes. Rejects with the signal's reason when it is aborted before that, else as the task does. */
export type InTurn = <T>(key: string, signal: AbortSignal, task: () => Promise<T>) => Promise<T>

type Lane = { busy: number; waiting: Set<() => void> }

/** At most `limit` tasks of one key at a time; the others wait, first come, first served. */
export function createTurns(limit: number): InTurn {
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
