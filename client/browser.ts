import type { z } from 'zod'

/** Null where storage is forbidden: some browsers throw at the mere mention of it. */
export function storageOrNull(storage: () => Storage): Storage | null {
  try {
    return storage()
  } catch {
    return null
  }
}

/** The JSON that is stored under a key; null where there is none, or not such as the schema asks for. */
export function readStored<T>(storage: Pick<Storage, 'getItem'> | null, key: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(storage?.getItem(key) ?? 'null')).data ?? null
  } catch {
    return null
  }
}

/** Runs it when the browser is idle; Safari does not say when, so there after a second. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 5_000 })
  else setTimeout(run, 1_000)
}

/** A hidden page draws no frames: its events are applied after this long. */
const HIDDEN_FRAME_MS = 250
/** The shortest time between two updates: more could not be read, and a burst of events leaves time for clicks. */
const MIN_FRAME_INTERVAL_MS = 25

/** Runs what it is given before one of the next frames is drawn, or shortly after where none is drawn; not too often. */
export function pacedFrames(): (run: () => void) => void {
  let lastAt = Number.NEGATIVE_INFINITY
  return run => {
    let frame = 0
    const once = () => {
      cancelAnimationFrame(frame)
      clearTimeout(hidden)
      clearTimeout(wait)
      lastAt = performance.now()
      run()
    }
    const request = () => {
      frame = requestAnimationFrame(once)
    }
    const wait = setTimeout(request, Math.max(0, lastAt + MIN_FRAME_INTERVAL_MS - performance.now()))
    const hidden = setTimeout(once, HIDDEN_FRAME_MS)
  }
}

/** Tells a measuring program what the page shows from now on. @see docs/wall.md */
export function dispatchMeasurement(what: 'events' | 'picture', detail: unknown): void {
  dispatchEvent(new CustomEvent(`nephoscope:${what}`, { detail }))
}
