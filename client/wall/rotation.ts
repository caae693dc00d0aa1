import type { SceneName } from '../../shared/domain/wall-layout.ts'

/** The scene of a time slot. `round` counts how often it has been on, so that it shows another story each time. */
export type SceneSlot = { scene: SceneName; round: number; slot: number }

export type RotationInput = {
  /** ms since the epoch, by the server's clock */
  now: number
  /** How long a scene stays, ms. */
  every: number
  /** Scenes with content, in order. */
  scenes: readonly SceneName[]
  /** Slots skipped by hand; negative: back. */
  shift?: number
  pinned?: SceneName | null
}

/**
 * The scene at `now`; null without scenes. Slots are cut from time itself, so that screens with the same layout show
 * the same scene and a reload changes nothing. A scene stays for its whole slot unless it loses its content.
 */
export function sceneAt(
  before: SceneSlot | null,
  { now, every, scenes, shift = 0, pinned = null }: RotationInput,
): SceneSlot | null {
  const slot = Math.floor(now / every) + shift
  if (pinned !== null) return { scene: pinned, round: slot, slot }
  if (before !== null && before.slot === slot && scenes.includes(before.scene)) return before
  const scene = scenes[modulo(slot, scenes.length)]
  return scene === undefined ? null : { scene, round: Math.floor(slot / scenes.length), slot }
}

/**
 * How many slots to skip so that a scene is on now; 0 if it is on or has no content.
 * @param shown the current scene, which may have stayed from before
 */
export function slotsTo(
  scene: SceneName,
  shown: SceneName | null,
  { now, every, scenes, shift = 0 }: Omit<RotationInput, 'pinned'>,
): number {
  const at = scenes.indexOf(scene)
  if (at < 0 || scene === shown) return 0
  // a whole round if the slot already belongs to the scene: the current one gives way only to a new slot
  return modulo(at - Math.floor(now / every) - shift, scenes.length) || scenes.length
}

export const pickForRound = <T>(list: readonly T[], round: number): T | undefined => list[modulo(round, list.length)]

const modulo = (n: number, by: number): number => ((n % by) + by) % by
