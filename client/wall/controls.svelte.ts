import type { Incident } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { SceneName } from '../../shared/domain/wall-layout.ts'
import type { ReasonsOf } from '../stacks/standpoint.ts'
import { type SceneSlot, sceneAt, slotsTo } from './rotation.ts'
import {
  acknowledgeAlerts,
  advanceTakeovers,
  initialTakeovers,
  isSevere,
  readUnacknowledged,
  saveUnacknowledged,
  unacknowledgedIds,
  updateTakeovers,
} from './takeovers.ts'

export type WallControls = ReturnType<typeof wallControls>

export type WallControlsDeps = {
  /** Scenes with content, in the layout's order. */
  scenes: () => readonly SceneName[]
  /** How long a scene stays, ms. */
  every: () => number
  /** ms since the epoch, by the server's clock; changes every second. */
  now: () => number
  /** An announcement begins and is not muted. */
  onannounce: (incident: Incident) => void
  /** Keeps the unacknowledged incidents over a reload; null where it is forbidden. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | null
}

const NAME_SHOWN_MS = 10_000

export function wallControls({ scenes, every, now, onannounce, storage }: WallControlsDeps) {
  let pinned = $state<SceneName | null>(null)
  let shift = $state(0)
  let muted = $state(false)
  let takeovers = $state.raw(initialTakeovers(readUnacknowledged(storage)))
  let identified = $state.raw<{ name: string; until: number } | null>(null)

  let last: SceneSlot | null = null
  const current = $derived.by(() => {
    last = sceneAt(last, { now: now(), every: every(), scenes: scenes(), shift, pinned })
    return last
  })

  let saved = ''
  const setTakeovers = (next: typeof takeovers) => {
    takeovers = next
    const ids = unacknowledgedIds(next)
    if (next.seen !== null && ids.join() !== saved) saveUnacknowledged(storage, ids)
    saved = ids.join()
  }

  const tick = () => {
    const before = takeovers.shown
    setTakeovers(advanceTakeovers(takeovers, now()))
    const { shown } = takeovers
    if (shown !== null && shown.incident.id !== before?.incident.id && !muted) onannounce(shown.incident)
  }

  return {
    get scenes() {
      return scenes()
    },
    get current() {
      return current
    },
    get scene() {
      return current?.scene ?? null
    },
    get pinned() {
      return pinned
    },
    /** Keeps a scene on; null: rotates again. */
    pin(scene: SceneName | null) {
      pinned = scene
    },
    /** Shows a scene and rotates from there. A scene without content is not shown. */
    show(scene: SceneName) {
      pinned = null
      shift += slotsTo(scene, current?.scene ?? null, { now: now(), every: every(), scenes: scenes(), shift })
    },
    /** Skips scenes; negative: back. */
    go(by: number) {
      pinned = null
      shift += by
    },
    /** The alert on the whole screen. */
    get announced() {
      return takeovers.shown
    },
    /** Announced and not acknowledged, most urgent first. */
    get alerts() {
      return takeovers.pinned
    },
    /** Whether an unacknowledged severe incident is on the whole screen or pinned; null for none. */
    get urgent() {
      if (takeovers.shown !== null && isSevere(takeovers.shown.incident)) return 'announced' as const
      return takeovers.pinned.some(({ incident }) => isSevere(incident)) ? ('pinned' as const) : null
    },
    /** Acknowledges the announcement, else everything pinned. */
    acknowledge() {
      setTakeovers(advanceTakeovers(acknowledgeAlerts(takeovers), now()))
    },
    get muted() {
      return muted
    },
    mute(silent: boolean) {
      muted = silent
    },
    /** The name that fills the screen after `identify`; null after ten seconds. */
    get shownName() {
      return identified !== null && now() < identified.until ? identified.name : null
    },
    identify(name: string) {
      identified = { name, until: now() + NAME_SHOWN_MS }
    },
    /** Takes in all known incidents. `reasonsOf`: why they concern the wall's stack. */
    updateIncidents(incidents: ReadonlyMap<RecordId, Incident>, reasonsOf: ReasonsOf) {
      setTakeovers(updateTakeovers(takeovers, incidents, reasonsOf))
      tick()
    },
    tick,
  }
}

const keys: ReadonlyMap<string, (controls: WallControls, name: string) => void> = new Map([
  ['a', controls => controls.acknowledge()],
  ['m', controls => controls.mute(!controls.muted)],
  ['i', (controls, name) => controls.identify(name)],
  // pins the scene, or resumes the rotation
  ['p', controls => controls.pin(controls.pinned === null ? controls.scene : null)],
  ['ArrowRight', controls => controls.go(1)],
  ['ArrowLeft', controls => controls.go(-1)],
])

/** Handles a key on a wall; returns whether it has a meaning. `name` identifies the screen. */
export function handleKey(key: string, controls: WallControls, name: string): boolean {
  keys.get(key)?.(controls, name)
  return keys.has(key)
}
