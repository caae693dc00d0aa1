import {
  ScreenName,
  type ScreenOrders,
  type ScreenReport,
  ScreenScene,
  type ScreenTask,
} from '../../shared/domain/screen.ts'
import { type SceneName, sceneNames } from '../../shared/domain/wall-layout.ts'
import type { SocketUse } from '../live/connection.ts'
import type { WallControls } from './controls.svelte.ts'
import { startLink } from './link.ts'
import type { ScreenIdentity } from './screen-identity.ts'

/** Frames are counted over so long, ms. */
const COUNTED_MS = 1_000

/**
 * Frames that the browser drew in the last second it was asked about, counted for one second at a time; null while it draws none.
 * @param frame asks for the next frame, and is told when it is drawn
 */
function frameRate(frame: (drawn: () => void) => void, now: () => number) {
  let rate: number | null = null
  let counting = false
  return {
    /** Counts anew, unless it does. */
    count(): void {
      if (counting) return
      counting = true
      const from = now()
      let frames = 0
      const drawn = () => {
        const passed = now() - from
        if (passed < COUNTED_MS) {
          frames += 1
          return frame(drawn)
        }
        rate = Math.round((frames * 1000) / passed)
        counting = false
      }
      frame(drawn)
    },
    forget(): void {
      rate = null
    },
    get rate() {
      return rate
    },
  }
}

export type RemoteControlDeps = {
  identity: ScreenIdentity
  extend: (use: SocketUse) => () => void
  controls: WallControls
  /** What else there is to tell of this screen. */
  shown: () => { name: string | null; build: string | null; theme: string; asOf: string | null }
}

/** How long a screen takes to say that it reloads, ms. */
const RELOAD_AFTER_MS = 300

/** Lets those on /walls see and control this wall, for as long as it is started. */
export function remoteControl(window: Window, { identity, extend, controls, shown }: RemoteControlDeps) {
  const fps = frameRate(
    drawn => window.requestAnimationFrame(drawn),
    () => window.performance.now(),
  )
  let called = ''
  let link: ReturnType<typeof startLink> | null = null

  const nameOf = () => called || shown().name || `${window.location.host} ${identity.id.slice(0, 4)}`

  function report(): ScreenReport {
    const { document, location, innerWidth, innerHeight, devicePixelRatio } = window
    const visible = document.visibilityState === 'visible'
    if (visible) fps.count()
    else fps.forget()
    const { name, build, theme, asOf } = shown()
    return {
      id: identity.id,
      name: ScreenName.safeParse(name?.slice(0, 40)).data ?? null,
      address: (location.pathname + location.search).slice(0, 1000),
      build: build ?? 'unknown',
      width: Math.round(innerWidth),
      height: Math.round(innerHeight),
      pixelRatio: devicePixelRatio,
      theme,
      scenes: [...controls.scenes].filter(scene => ScreenScene.safeParse(scene).success),
      scene: controls.scene,
      pinned: controls.pinned,
      muted: controls.muted,
      alerting: controls.announced !== null || controls.alerts.length > 0,
      fps: fps.rate,
      visible,
      asOf,
    }
  }

  function perform(task: Exclude<ScreenTask, { kind: 'orders' }>): void {
    switch (task.kind) {
      case 'identify':
        controls.identify(nameOf())
        return
      case 'acknowledge':
        controls.acknowledge()
        return
      case 'reload':
        window.setTimeout(() => window.location.reload(), RELOAD_AFTER_MS)
        return
      case 'scene': {
        const scene = known(task.scene)
        if (!controls.scenes.includes(scene)) throw new Error(`${scene} has nothing to show`)
        controls.show(scene)
      }
    }
  }

  function follow({ name, place, pinned, muted }: ScreenOrders): void {
    called = [name, place].filter(Boolean).join(' · ')
    controls.mute(muted)
    controls.pin(pinned === null ? null : known(pinned))
  }

  return {
    /** Returns how to stop. */
    start(): () => void {
      const started = startLink({
        extend,
        report,
        perform,
        follow,
        picture: () =>
          import('./screenshot.ts').then(async ({ screenPicture }) => {
            await settled(window.document.querySelector('main'))
            return screenPicture(window.document.documentElement, window)
          }),
        now: () => window.performance.now(),
      })
      link = started
      return () => {
        link = null
        started.stop()
      }
    },
    /** Something is different from what was told. */
    changed: () => link?.changed(),
  }
}

/** A scene of this build; those of a newer one are not known here. */
function known(scene: string): SceneName {
  const found = sceneNames.find(one => one === scene)
  if (found === undefined) throw new Error(`there is no scene ${scene}`)
  return found
}

/** A scene that is still fading in would leave a dark picture. */
async function settled(main: Element | null): Promise<void> {
  await Promise.allSettled(main?.getAnimations({ subtree: true }).map(({ finished }) => finished) ?? [])
}
