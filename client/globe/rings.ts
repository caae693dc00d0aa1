import type { Size } from './camera.ts'
import { ring } from './draw-places.ts'
import type { Pulse } from './place.ts'
import type { Scene } from './scene.ts'
import type { ThemeColors } from './theme-colors.ts'

export type Frames = { request(): void; stop(): void }

/**
 * Animation frames on request. `draw` receives the time of the page and since the previous frame (0 after a pause), in
 * ms, and returns whether another frame follows. While the element is out of sight, a request waits until it is
 * visible.
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

export type RingsInput = { scene: Scene; pulses: readonly Pulse[]; colors: ThemeColors; size: Size & { ratio: number } }

const RING_MS = 1200
const START_RADIUS_PX = 6
const GROWTH_PX = 30

/**
 * Draws a growing ring around each pulse, on a canvas of its own so that the earth is not drawn again meanwhile.
 * `request` draws after `input` has changed.
 */
export function startRings(canvas: HTMLCanvasElement, input: () => RingsInput) {
  const context = canvas.getContext('2d')
  let isDrawn = false

  const frames = framesFor(canvas, () => {
    if (!context) return false
    const given = input()
    const { size } = given
    const width = Math.round(size.width * size.ratio)
    const height = Math.round(size.height * size.ratio)
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    else if (isDrawn) context.clearRect(0, 0, width, height)
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0)
    isDrawn = drawRings(context, given, Date.now())
    return isDrawn
  })

  return {
    request() {
      if (isDrawn || input().pulses.length > 0) frames.request()
    },
    stop: frames.stop,
  }
}

/** Returns whether a ring is still growing. `now` in ms since the epoch. */
function drawRings(context: CanvasRenderingContext2D, { scene, pulses, colors }: RingsInput, now: number): boolean {
  let isGrowing = false
  for (const { placeId, status, at } of pulses) {
    const age = (now - at) / RING_MS
    if (age < 0 || age >= 1) continue
    isGrowing = true
    const spot = scene.seen.find(({ place }) => place.id === placeId)
    if (!spot?.seen) continue
    const eased = 1 - (1 - age) ** 2
    context.globalAlpha = 1 - age
    ring(context, spot, START_RADIUS_PX + GROWTH_PX * eased, 2.5 - 2 * age, colors.states[status])
  }
  return isGrowing
}
