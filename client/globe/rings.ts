import type { Size } from './camera.ts'
import { ring } from './draw-places.ts'
import type { Pulse } from './place.ts'
import type { Scene } from './scene.ts'
import type { Inks } from './theme-colors.ts'

/** Draws when something has changed, and never else. */
export type Frames = {
  /** Something changed: draw before the next frame is shown. */
  request(): void
  stop(): void
}

/**
 * `draw` is called with the time (ms, of the page) and the time since the frame before it (0 after a rest), and says whether another
 * frame is to follow. While the element is out of sight nothing is drawn; what was asked for meanwhile is drawn when it is back.
 */
export function framesFor(element: Element, draw: (now: number, elapsed: number) => boolean): Frames {
  let frame = 0
  let wanted = false
  let inSight = true
  let last: number | null = null

  const run = (now: number) => {
    frame = 0
    wanted = false
    const more = draw(now, last === null ? 0 : now - last)
    last = more ? now : null
    if (more) request()
  }
  const request = () => {
    wanted = true
    if (frame === 0 && inSight && document.visibilityState === 'visible') frame = requestAnimationFrame(run)
  }
  const look = () => {
    if (inSight && document.visibilityState === 'visible') {
      if (wanted) request()
      return
    }
    cancelAnimationFrame(frame)
    frame = 0
    last = null
  }
  const observer = new IntersectionObserver(entries => {
    inSight = entries.at(-1)?.isIntersecting ?? true
    look()
  })
  observer.observe(element)
  document.addEventListener('visibilitychange', look)

  return {
    request,
    stop() {
      observer.disconnect()
      document.removeEventListener('visibilitychange', look)
      cancelAnimationFrame(frame)
      frame = -1
    },
  }
}

/** What rings are drawn from. */
export type RingsInput = { scene: Scene; pulses: readonly Pulse[]; inks: Inks; size: Size & { ratio: number } }

/** How long a ring grows and fades, ms. */
const PULSE_MS = 1200
const FROM = 6
const GROWTH = 30

/**
 * A ring around every place where something has just happened, on a canvas of its own: while rings grow, the earth below them need
 * not be drawn again. `input` gives what holds now; `request` is for when it has changed.
 */
export function startRings(canvas: HTMLCanvasElement, input: () => RingsInput) {
  const ink = canvas.getContext('2d')
  /** Whether there is anything on the canvas. */
  let used = false

  const frames = framesFor(canvas, () => {
    if (!ink) return false
    const { scene, pulses, inks, size } = input()
    const width = Math.round(size.width * size.ratio)
    const height = Math.round(size.height * size.ratio)
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    else if (used) ink.clearRect(0, 0, width, height)
    ink.setTransform(size.ratio, 0, 0, size.ratio, 0, 0)
    used = drawRings(ink, scene, pulses, inks, Date.now())
    return used
  })

  return {
    request() {
      if (used || input().pulses.length > 0) frames.request()
    },
    stop: frames.stop,
  }
}

/** Returns whether a ring is still under way. `now` in ms since the epoch. */
function drawRings(
  ink: CanvasRenderingContext2D,
  scene: Scene,
  pulses: readonly Pulse[],
  inks: Inks,
  now: number,
): boolean {
  let underWay = false
  for (const { placeId, status, at } of pulses) {
    const age = (now - at) / PULSE_MS
    if (age < 0 || age >= 1) continue
    underWay = true
    const spot = scene.seen.find(({ place }) => place.id === placeId)
    if (!spot?.seen) continue
    const eased = 1 - (1 - age) ** 2
    ink.globalAlpha = 1 - age
    ring(ink, spot, FROM + GROWTH * eased, 2.5 - 2 * age, inks.states[status])
  }
  return underWay
}
