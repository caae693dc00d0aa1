import type { Incident } from '../../shared/domain/incident.ts'
import type { RecordId, RegionId } from '../../shared/domain/primitives.ts'
import type { SceneName } from '../../shared/domain/wall-layout.ts'
import { slotsTo, type Turn, turnAt } from './rotation.ts'
import { acknowledged, hearIncidents, startTakeovers, stepTakeovers, unacknowledged } from './takeovers.ts'

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

/** What a wall does and can be told to do: by its keys, by a remote control, by a test. */
export type WallControls = ReturnType<typeof wallControls>

export type WallControlsDeps = {
  /** Scenes with something to show, in the layout's order. */
  scenes: () => readonly SceneName[]
  /** How long a scene stays, ms. */
  every: () => number
  /** ms since the epoch, by the server's clock; moves on every second. */
  now: () => number
  /** An announcement begins: something may sound. */
  announce: (incident: Incident) => void
  /** What stood unacknowledged when the page was last closed, and where to keep what does now. */
  restored: readonly RecordId[]
  keep: (unacknowledged: readonly RecordId[]) => void
}

/** How long the screen shows its name, ms. */
const IDENTIFIED_MS = 10_000

/** The state of one wall: what is on, what was pinned by hand, what takes over. */
export function wallControls({ scenes, every, now, announce, restored, keep }: WallControlsDeps) {
  let pinned = $state<SceneName | null>(null)
  let shift = $state(0)
  let muted = $state(false)
  let takeovers = $state.raw(startTakeovers(restored))
  let identified = $state.raw<{ name: string; until: number } | null>(null)

  let last: Turn | null = null
  const turn = $derived.by(() => {
    last = turnAt(last, { now: now(), every: every(), scenes: scenes(), shift, pinned })
    return last
  })

  let kept = ''
  const take = (next: typeof takeovers) => {
    takeovers = next
    const ids = unacknowledged(next)
    if (next.seen !== null && ids.join() !== kept) keep(ids)
    kept = ids.join()
  }

  return {
    get scenes() {
      return scenes()
    },
    /** Which scene is on, and its round; null where nothing is. */
    get turn() {
      return turn
    },
    get scene() {
      return turn?.scene ?? null
    },
    get pinned() {
      return pinned
    },
    /** Keeps a scene on; null lets them take turns again. */
    pin(scene: SceneName | null) {
      pinned = scene
    },
    /** Puts a scene on, from which they then take turns; what has nothing to show stays away. */
    show(scene: SceneName) {
      pinned = null
      shift += slotsTo(scene, turn?.scene ?? null, { now: now(), every: every(), scenes: scenes(), shift })
    },
    /** Goes on by so many scenes; back where negative. */
    go(by: number) {
      pinned = null
      shift += by
    },
    /** What is announced on the whole screen. */
    get announced() {
      return takeovers.shown
    },
    /** What was announced and nobody has acknowledged, most urgent first. */
    get alerts() {
      return takeovers.pinned
    },
    /** Somebody has seen what is announced, else all that is pinned. */
    acknowledge() {
      take(stepTakeovers(acknowledged(takeovers), now()))
    },
    get muted() {
      return muted
    },
    mute(silent: boolean) {
      muted = silent
    },
    /** The name that the screen shows, while it does. */
    get identity() {
      return identified !== null && now() < identified.until ? identified.name : null
    },
    /** Shows a name on the whole screen for ten seconds. */
    identify(name: string) {
      identified = { name, until: now() + IDENTIFIED_MS }
    },
    /** Tells what is known of incidents now; `mine` are the regions that matter. */
    hear(incidents: ReadonlyMap<RecordId, Incident>, mine: ReadonlySet<RegionId>) {
      take(hearIncidents(takeovers, incidents, mine))
    },
    /** As time goes on. */
    step() {
      const before = takeovers.shown
      take(stepTakeovers(takeovers, now()))
      const { shown } = takeovers
      if (shown !== null && shown.incident.id !== before?.incident.id && !muted) announce(shown.incident)
    },
  }
}
