export type Stopwatch = {
  /** Runs a task; its time counts. */
  during<T>(task: () => Promise<T>): Promise<T>
  /** What all tasks took together, the one under way included, in whole ms; null before the first. */
  ms(): number | null
}

/** @param now ms, of a clock that never goes backwards */
export function stopwatch(now: () => number): Stopwatch {
  let spent: number | null = null
  let since: number | null = null
  return {
    async during(task) {
      since = now()
      spent ??= 0
      try {
        return await task()
      } finally {
        spent += now() - since
        since = null
      }
    },
    ms: () => (spent === null ? null : Math.round(spent + (since === null ? 0 : now() - since))),
  }
}
