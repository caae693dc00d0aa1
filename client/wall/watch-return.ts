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
