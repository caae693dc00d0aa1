import type { SceneName } from '../../shared/domain/wall-layout.ts'

/** What is on: the scene, how often it has been on before (so that it can show another story each time), and in which slot of time. */
export type Turn = { scene: SceneName; round: number; slot: number }

export type RotationInput = {
  /** ms since the epoch, by the server's clock */
  now: number
  /** How long a scene stays, ms. */
  every: number
  /** Scenes with something to show, in their order. */
  scenes: readonly SceneName[]
  /** Slots by which somebody went on (or back) by hand. */
  shift?: number
  pinned?: SceneName | null
}

/**
 * Which scene is on. Time itself is cut into slots, so that screens with the same layout show the same at the same moment and
 * a reload changes nothing. Within its slot a scene stays though others come and go, unless it has itself nothing to show any
 * more. Null where no scene has anything to show.
 */
export function turnAt(
  before: Turn | null,
  { now, every, scenes, shift = 0, pinned = null }: RotationInput,
): Turn | null {
  const slot = Math.floor(now / every) + shift
  if (pinned !== null) return { scene: pinned, round: slot, slot }
  if (before !== null && before.slot === slot && scenes.includes(before.scene)) return before
  const scene = scenes[modulo(slot, scenes.length)]
  return scene === undefined ? null : { scene, round: Math.floor(slot / scenes.length), slot }
}

/**
 * By how many slots more to go on, so that this scene is on now; 0 where it is, or has nothing to show.
 * @param shown what is on, which may have stayed from before
 */
export function slotsTo(
  scene: SceneName,
  shown: SceneName | null,
  { now, every, scenes, shift = 0 }: Omit<RotationInput, 'pinned'>,
): number {
  const at = scenes.indexOf(scene)
  if (at < 0 || scene === shown) return 0
  // a whole round where the slot is that of the scene: what stayed in it gives way to a new slot only
  return modulo(at - Math.floor(now / every) - shift, scenes.length) || scenes.length
}

/** One of a list, another each round; undefined of none. */
export const ofRound = <T>(list: readonly T[], round: number): T | undefined => list[modulo(round, list.length)]

const modulo = (n: number, by: number): number => ((n % by) + by) % by
