import { isNight, type NightHours, type NightLook } from '../../shared/domain/time-zone.ts'
import type { WallTheme } from '../../shared/domain/wall-layout.ts'
import { setTheme } from '../ui/preferences.svelte.ts'
import { cached } from '../ui/time.ts'

const themes = { night: 'dark', day: 'light', contrast: 'contrast', auto: 'auto' } as const

export const setWallTheme = (root: HTMLElement, theme: WallTheme): void => setTheme(root, themes[theme])

export type Light = 'full' | NightLook

export type LightInput = {
  /** Null if the wall has no night. */
  night: NightHours | null
  look: NightLook
  /** Minutes since midnight in the wall's zone. */
  minute: number
  /** Whether an unacknowledged severe incident is on the whole screen or pinned; null for none. */
  urgent: 'announced' | 'pinned' | null
  /** Somebody in front of the screen is using it. */
  isAttended: boolean
}

/**
 * The light of this minute. At night it is the chosen look, but full for an announcement and never off for a pinned
 * one.
 */
export function lightOf({ night, look, minute, urgent, isAttended }: LightInput): Light {
  if (night === null || !isNight(night, minute) || urgent === 'announced' || isAttended) return 'full'
  return urgent === 'pinned' ? 'dim' : look
}

const clockIn = cached(
  (timeZone: string) =>
    new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
)

/** Minutes since midnight in a zone (IANA name). `now` in ms since the epoch. */
export function minuteOfDay(now: number, zone: string): number {
  const [hour = 0, minute = 0] = clockIn(zone).format(now).split(':').map(Number)
  return hour * 60 + minute
}

const SHIFT_INTERVAL_MS = 60_000
/** The largest shift per pixel of the screen's height: 4 px at 1080, 8 px at 2160. */
const MAX_SHIFT_SHARE = 1 / 270

export type Shift = { x: number; y: number }

/** The largest shift to each side on a screen of this height, px. */
export const maxPixelShift = (height: number): number => Math.max(2, Math.round(height * MAX_SHIFT_SHARE))

/**
 * The shift of the page against burn-in, px. It visits every position within `max`, one pixel a minute. It depends on
 * time only, so that the screens of a video wall move together.
 * @param now ms since the epoch
 */
export function pixelShift(now: number, max: number): Shift {
  const side = 2 * max + 1
  const step = Math.floor(now / SHIFT_INTERVAL_MS)
  const row = Math.floor(step / side)
  const column = step % side
  return { x: (row % 2 === 0 ? column : side - 1 - column) - max, y: pingPong(row, side) - max }
}

/** 0, 1, … side-1, side-1, … 1, 0, 0, 1 … */
function pingPong(row: number, side: number): number {
  const at = row % (2 * side)
  return at < side ? at : 2 * side - 1 - at
}

const LOCK_RETRY_MS = 30_000

/** `none`: the browser has no wake lock, as on plain http from another machine. */
export type WakeLockState = 'held' | 'asked' | 'refused' | 'none'

export type WakeLockDeps = {
  /** Undefined if the page is neither https nor localhost. */
  wakeLock: WakeLock | undefined
  document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
  onstate(state: WakeLockState): void
}

/**
 * Keeps the screen awake while the page is open. The browser releases the lock when the page is hidden or the battery
 * is low; it is requested again then. There is no video fallback: it would need `media-src` in the content policy, and
 * browsers differ in whether a muted video keeps a screen awake. Returns a function that releases the lock.
 * @see https://w3c.github.io/screen-wake-lock/
 */
export function keepAwake({ wakeLock, document, onstate }: WakeLockDeps): () => void {
  if (wakeLock === undefined) {
    onstate('none')
    return () => undefined
  }
  let lock: WakeLockSentinel | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  let isRequesting = false

  const retryLater = () => {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(request, LOCK_RETRY_MS)
  }

  async function request(): Promise<void> {
    clearTimeout(timer)
    if (isStopped || isRequesting || lock !== null || document.visibilityState !== 'visible' || wakeLock === undefined)
      return
    isRequesting = true
    onstate('asked')
    try {
      const given = await wakeLock.request('screen')
      if (isStopped) return void given.release()
      lock = given
      given.addEventListener('release', () => {
        lock = null
        onstate('asked')
        retryLater()
      })
      onstate('held')
    } catch {
      onstate('refused')
      retryLater()
    } finally {
      isRequesting = false
    }
  }

  const onVisible = () => void request()
  document.addEventListener('visibilitychange', onVisible)
  void request()
  return () => {
    isStopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
    void lock?.release()
  }
}
