import type { WallControls } from './controls.svelte.ts'

/**
 * Does what a key on a wall stands for; false where it stands for nothing. `a` acknowledges, `m` mutes, `i` shows `name` large, `p` pins the
 * scene or lets it rotate, arrows go on and back.
 */
export function pressed(key: string, controls: WallControls, name: string): boolean {
  switch (key) {
    case 'a':
      controls.acknowledge()
      return true
    case 'm':
      controls.mute(!controls.muted)
      return true
    case 'i':
      controls.identify(name)
      return true
    case 'p':
      controls.pin(controls.pinned === null ? controls.scene : null)
      return true
    case 'ArrowRight':
      controls.go(1)
      return true
    case 'ArrowLeft':
      controls.go(-1)
      return true
    default:
      return false
  }
}
