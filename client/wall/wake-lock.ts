/** After this long, in ms, a lock that was refused or taken away is asked for again. */
const AGAIN = 30_000

/** Whether the browser keeps the screen awake: `none` where it has no such thing, as on plain http from another machine. */
export type Awake = 'held' | 'asked' | 'refused' | 'none'

export type WakeLockDeps = {
  /** Undefined where the page is neither https nor localhost. */
  wakeLock: WakeLock | undefined
  document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
  on(awake: Awake): void
}

/**
 * Asks the browser to keep the screen awake for as long as the page is open, and again each time that it takes the lock
 * away: a hidden page loses it, an empty battery too. A looping video in its place would need a hole in the content policy
 * (`media-src`), and browsers differ in what a muted one is worth: where there is no lock, the system has to be told.
 * Returns what gives the screen free.
 * @see https://w3c.github.io/screen-wake-lock/
 */
export function keepAwake({ wakeLock, document, on }: WakeLockDeps): () => void {
  if (wakeLock === undefined) {
    on('none')
    return () => undefined
  }
  let lock: WakeLockSentinel | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let asking = false

  const later = () => {
    clearTimeout(again)
    if (!stopped) again = setTimeout(ask, AGAIN)
  }

  async function ask(): Promise<void> {
    clearTimeout(again)
    if (stopped || asking || lock !== null || document.visibilityState !== 'visible' || wakeLock === undefined) return
    asking = true
    on('asked')
    try {
      const given = await wakeLock.request('screen')
      if (stopped) return void given.release()
      lock = given
      given.addEventListener('release', () => {
        lock = null
        on('asked')
        later()
      })
      on('held')
    } catch {
      on('refused')
      later()
    } finally {
      asking = false
    }
  }

  const onVisible = () => void ask()
  document.addEventListener('visibilitychange', onVisible)
  void ask()
  return () => {
    stopped = true
    clearTimeout(again)
    document.removeEventListener('visibilitychange', onVisible)
    void lock?.release()
  }
}
