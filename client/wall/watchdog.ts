/** A lost server is asked so often whether it is back, in ms, more or less by chance so that screens do not ask as one. */
const ASK_EVERY = 2_000

/** So long a woken line has, in ms, before it is woken again while the server answers. */
const PATIENCE = 8_000

export type WatchReturnDeps = {
  /** Whether the line to the server is down. */
  lost: () => boolean
  /** Whether the server says that it is ready. */
  answers: () => Promise<boolean>
  /** Has the line be tried at once. */
  wake: () => void
  /** ms of a clock that nobody sets */
  ticks: () => number
  /** In [0, 1). */
  random: () => number
}

/**
 * Has a wall that lost its server come back within seconds of the server's return: the line itself waits up to ten seconds
 * between two attempts, for there may be thousands of pages; of walls there are few. Returns what ends it.
 */
export function watchReturn({ lost, answers, wake, ticks, random }: WatchReturnDeps): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let answered = false
  let wokenAt = Number.NEGATIVE_INFINITY

  const ask = async () => {
    if (lost()) {
      const ready = await answers()
      if (!stopped && ready && lost() && (!answered || ticks() - wokenAt > PATIENCE)) {
        wokenAt = ticks()
        wake()
      }
      answered = ready
    } else answered = false
    if (!stopped) next()
  }
  const next = () => {
    timer = setTimeout(() => void ask(), ASK_EVERY * (0.75 + random() / 2))
  }

  next()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** How often the watchdog looks, in ms. */
export const LOOK_EVERY = 5_000

/** No frame for so long, in ms, while the page is visible: it draws no more. */
const FRAMES_STOPPED = 30_000

/** No word from the server for so long, in ms: four times what the line itself gives up after, and tries anew. */
const SIGNS_STOPPED = 90_000

/** A look that comes so much later than it was due tells of a sleep, not of a fault. */
const OVERSLEPT = 3 * LOOK_EVERY

/** When the page last lived, in ms of a clock that nobody sets. */
export type Vitals = { lookedAt: number; framedAt: number; signedAt: number }

export type Verdict =
  | { kind: 'well' }
  /** What has stopped; whether reloading helps is for the server's answer to say. */
  | { kind: 'stopped'; what: 'frames' | 'signs' }

export type Look = {
  /** ms of the clock of the vitals */
  now: number
  visible: boolean
  /** False where the page waits for something that no reload brings, such as a token. */
  listening: boolean
}

/** One look at the vitals: what it finds, and the vitals from there on. Time that was slept or hidden is not held against the page. */
export function look(vitals: Vitals, { now, visible, listening }: Look): { vitals: Vitals; verdict: Verdict } {
  if (now - vitals.lookedAt > OVERSLEPT)
    return { vitals: { lookedAt: now, framedAt: now, signedAt: now }, verdict: { kind: 'well' } }
  const framedAt = visible ? vitals.framedAt : now
  const signedAt = listening ? vitals.signedAt : now
  const next = { lookedAt: now, framedAt, signedAt }
  if (now - framedAt > FRAMES_STOPPED) return { vitals: next, verdict: { kind: 'stopped', what: 'frames' } }
  if (now - signedAt > SIGNS_STOPPED) return { vitals: next, verdict: { kind: 'stopped', what: 'signs' } }
  return { vitals: next, verdict: { kind: 'well' } }
}
