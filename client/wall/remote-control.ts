import {
  ScreenName,
  type ScreenOrders,
  type ScreenReport,
  ScreenScene,
  type ScreenTask,
} from '../../shared/domain/screen.ts'
import { type SceneName, sceneNames } from '../../shared/domain/wall-layout.ts'
import type { LiveState } from '../live/live.svelte.ts'
import { openControlConnection } from './control-connection.ts'
import type { WallControls } from './controls.svelte.ts'
import type { ScreenIdentity } from './screen-identity.ts'

export type RemoteControlDeps = {
  identity: ScreenIdentity
  live: Pick<LiveState, 'extend' | 'build' | 'asOf'>
  controls: WallControls
  shown: () => { name: string | null; theme: string }
}

/** Time for the answer to a reload task to leave. */
const RELOAD_DELAY_MS = 300
const MAX_NAME_LENGTH = 40
const MAX_ADDRESS_LENGTH = 1000

/** Lets the page /walls watch and control this wall while it is started. */
export function remoteControl(window: Window, { identity, live, controls, shown }: RemoteControlDeps) {
  const counter = frameCounter(window)
  let givenName = ''
  let connection: ReturnType<typeof openControlConnection> | null = null

  const nameOf = () => givenName || shown().name || `${window.location.host} ${identity.id.slice(0, 4)}`

  function report(): ScreenReport {
    const { document, location, innerWidth, innerHeight, devicePixelRatio } = window
    const visible = document.visibilityState === 'visible'
    if (visible) counter.start()
    else counter.forget()
    const { name, theme } = shown()
    return {
      id: identity.id,
      name: ScreenName.safeParse(name?.slice(0, MAX_NAME_LENGTH)).data ?? null,
      address: (location.pathname + location.search).slice(0, MAX_ADDRESS_LENGTH),
      build: live.build ?? 'unknown',
      width: Math.round(innerWidth),
      height: Math.round(innerHeight),
      pixelRatio: devicePixelRatio,
      theme,
      scenes: [...controls.scenes].filter(scene => ScreenScene.safeParse(scene).success),
      scene: controls.scene,
      pinned: controls.pinned,
      muted: controls.muted,
      alerting: controls.announced !== null || controls.alerts.length > 0,
      fps: counter.fps,
      visible,
      asOf: live.asOf,
    }
  }

  function perform(task: Exclude<ScreenTask, { kind: 'orders' }>): void {
    if (task.kind === 'scene') {
      const scene = parseScene(task.scene)
      if (!controls.scenes.includes(scene)) throw new Error(`${scene} has nothing to show`)
      controls.show(scene)
    } else if (task.kind === 'identify') controls.identify(nameOf())
    else if (task.kind === 'acknowledge') controls.acknowledge()
    else window.setTimeout(() => window.location.reload(), RELOAD_DELAY_MS)
  }

  /** The first orders may come after a key was pressed: 'nothing pinned' then undoes nothing. */
  let isFirst = true
  function follow({ name, place, pinned, muted }: ScreenOrders): void {
    givenName = [name, place].filter(Boolean).join(' · ')
    if (muted || !isFirst) controls.mute(muted)
    if (pinned !== null || !isFirst) controls.pin(pinned === null ? null : parseScene(pinned))
    isFirst = false
  }

  async function screenshot(): Promise<string | null> {
    const { takeScreenshot } = await import('./screenshot.ts')
    await animationsFinished(window.document.querySelector('main'))
    return takeScreenshot(window.document.documentElement, window)
  }

  return {
    start(): () => void {
      const now = () => window.performance.now()
      const opened = openControlConnection({ extend: live.extend, report, perform, follow, screenshot, now })
      connection = opened
      return () => {
        connection = null
        opened.stop()
      }
    },
    /** To be called after a change of what is reported. */
    reportSoon: () => connection?.reportSoon(),
  }
}

/** A server of another build may name a scene that this build does not have. */
function parseScene(scene: string): SceneName {
  const found = sceneNames.find(one => one === scene)
  if (found === undefined) throw new Error(`there is no scene ${scene}`)
  return found
}

/** A scene that is fading in makes a dark screenshot. */
async function animationsFinished(main: Element | null): Promise<void> {
  await Promise.allSettled(main?.getAnimations({ subtree: true }).map(({ finished }) => finished) ?? [])
}

const COUNT_MS = 1_000

/** Counts the frames that the browser draws, for a second at a time. */
function frameCounter({ performance, requestAnimationFrame: frame }: Window) {
  let fps: number | null = null
  let isCounting = false
  return {
    start(): void {
      if (isCounting) return
      isCounting = true
      const from = performance.now()
      let frames = 0
      const drawn = () => {
        const passed = performance.now() - from
        if (passed < COUNT_MS) {
          frames += 1
          return void frame(drawn)
        }
        fps = Math.round((frames * 1000) / passed)
        isCounting = false
      }
      frame(drawn)
    },
    forget(): void {
      fps = null
    },
    get fps() {
      return fps
    },
  }
}
