import type { Point } from './camera.ts'

/** Gestures on the globe. Points in px within the element. */
export type GestureListener = {
  press(): void
  drag(dx: number, dy: number): void
  /** The pointer was lifted while moving, px/ms. */
  release(vx: number, vy: number): void
  zoom(factor: number, at: Point): void
  tap(at: Point, coarse: boolean): void
  doubleTap(at: Point): void
  /** null: the pointer left. */
  hover(at: Point | null): void
}

/** A press that moves less is a tap. */
const TAP_REACH_PX = 5
/** A pointer that rests longer before it is lifted throws nothing. */
const REST_MS = 60
const WHEEL_DOUBLE_PX = 400
const LINE_HEIGHT_PX = 16

/** Translates pointer, pinch and wheel events. Returns a function that stops it. */
export function listenForGestures(element: HTMLElement, on: GestureListener): () => void {
  const held = new Map<number, Point>()
  let origin: Point | null = null
  let speed = { x: 0, y: 0, at: 0 }

  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const spread = () => {
    const [a, b] = [...held.values()]
    if (!a || !b) return null
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, width: Math.hypot(a.x - b.x, a.y - b.y) || 1 }
  }

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return
    const point = pointOf(event)
    held.set(event.pointerId, point)
    element.setPointerCapture(event.pointerId)
    origin = held.size === 1 ? point : null
    speed = { x: 0, y: 0, at: event.timeStamp }
    on.press()
  }
  const move = (event: PointerEvent) => {
    const point = pointOf(event)
    const before = held.get(event.pointerId)
    if (!before) return on.hover(event.pointerType === 'mouse' ? point : null)
    if (origin && Math.hypot(point.x - origin.x, point.y - origin.y) < TAP_REACH_PX) return
    origin = null
    const was = spread()
    held.set(event.pointerId, point)
    const is = spread()
    if (was && is) {
      on.drag(is.middle.x - was.middle.x, is.middle.y - was.middle.y)
      on.zoom(is.width / was.width, is.middle)
      return
    }
    const [dx, dy] = [point.x - before.x, point.y - before.y]
    const elapsed = Math.max(1, event.timeStamp - speed.at)
    speed = { x: dx / elapsed, y: dy / elapsed, at: event.timeStamp }
    on.drag(dx, dy)
  }
  const up = (event: PointerEvent) => {
    if (!held.delete(event.pointerId)) return
    if (event.type === 'pointercancel' || held.size > 0) return
    if (origin) on.tap(pointOf(event), event.pointerType !== 'mouse')
    else if (event.timeStamp - speed.at < REST_MS) on.release(speed.x, speed.y)
  }
  const leave = () => on.hover(null)
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    // a touchpad pinch arrives as a wheel event with ctrl, in smaller steps
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT_PX : 1)
    on.zoom(2 ** ((-pixels * (event.ctrlKey ? 6 : 1)) / WHEEL_DOUBLE_PX), pointOf(event))
  }
  const double = (event: MouseEvent) => on.doubleTap(pointOf(event))

  const stop = new AbortController()
  const { signal } = stop
  element.addEventListener('pointerdown', down, { signal })
  element.addEventListener('pointermove', move, { signal })
  element.addEventListener('pointerup', up, { signal })
  element.addEventListener('pointercancel', up, { signal })
  element.addEventListener('pointerleave', leave, { signal })
  element.addEventListener('wheel', wheel, { signal, passive: false })
  element.addEventListener('dblclick', double, { signal })
  return () => stop.abort()
}
