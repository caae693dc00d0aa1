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
