import { isNight, type NightHours, type NightLook } from '../../shared/domain/time-zone.ts'

/** How much light the screen gives. */
export type Light = 'full' | NightLook

export type LightInput = {
  /** Null where the wall has no night. */
  night: NightHours | null
  look: NightLook
  /** Minutes since midnight where the screen hangs. */
  minute: number
  /** Something grave is announced on the whole screen, or was and nobody has acknowledged it. */
  urgent: 'announced' | 'pinned' | null
  /** Somebody in front of it wants to see it. */
  looked: boolean
}

/** The light of this minute: at night what was chosen; full for what is urgent, and never none while nobody has seen it. */
export function lightOf({ night, look, minute, urgent, looked }: LightInput): Light {
  if (night === null || !isNight(night, minute) || urgent === 'announced' || looked) return 'full'
  return urgent === 'pinned' ? 'dim' : look
}

/** How long the picture stands in one place, in ms. */
const STEP = 60_000

/** How far it strays from the middle, per pixel of the screen's height: 4 px at 1080, 8 px at 2160. */
const STRAY = 1 / 270

export type Shift = { x: number; y: number }

/** How far the picture may stray to each side on a screen of this height, in px: the margin that it needs. */
export const strayOf = (height: number): number => Math.max(2, Math.round(height * STRAY))

/**
 * Where the whole picture stands against burn-in, in px from the middle: it goes to and fro over every place within
 * `stray`, one pixel in one direction a minute, which nobody sees. By the time alone, so that the screens of a video wall go together.
 * @param now ms since the epoch
 */
export function shiftAt(now: number, stray: number): Shift {
  const side = 2 * stray + 1
  const step = Math.floor(now / STEP)
  const row = Math.floor(step / side)
  const along = step % side
  return {
    x: (row % 2 === 0 ? along : side - 1 - along) - stray,
    y: fold(row, side) - stray,
  }
}

/** 0, 1, … side-1, side-1, … 1, 0, 0, 1 …: down and up again, without a jump at the ends. */
function fold(row: number, side: number): number {
  const at = row % (2 * side)
  return at < side ? at : 2 * side - 1 - at
}
