import { type Camera, dragged, limited, type Point, type Size, type View, viewOf, zoomed } from './camera.ts'
import { drawArcs, drawDust, drawPlaces } from './draw-places.ts'
import { type GestureListener, listenForGestures } from './gestures.ts'
import type { Land } from './land.ts'
import { eased, flight, type Motion, moved, nightShades } from './motion.ts'
import { drawEarth, earthOf, type MapPaths, mapPaths, outlinesOf } from './outlines.ts'
import type { Arc, Coordinates, Place, Pulse } from './place.ts'
import { framesFor, startRings } from './rings.ts'
import { hitTest, isInFront, placeAll, sceneOf, vectorsOf } from './scene.ts'
import { spritesIn } from './sprites.ts'
import { readInks, watchInks } from './theme-colors.ts'

/** What the globe shows. */
export type GlobeInput = {
  places: readonly Place[]
  pops: readonly Coordinates[]
  pulses: readonly Pulse[]
  arcs: readonly Arc[]
  dimmed: (id: string) => boolean
  selected: string | null
  /** The present in ms since the epoch: where it is night. */
  now: number
  flat: boolean
  /** Whether it may turn when nobody touches it. */
  turns: boolean
  /** Less motion is asked for: nothing turns, flies, drifts or pulses. */
  calm: boolean
  /** How large all is drawn; what is not 1 cannot be touched. */
  magnify: number
  /** The size of names, px before they are magnified. */
  labelSize: number
}

export type GlobeListener = {
  /** A place was chosen, which stands in this half of the box. */
  select(id: string, half: 'left' | 'right'): void
  /** What the pointer is over, and where it is drawn; null over nothing. */
  point(at: (Point & { place: Place }) | null): void
}

/** Untouched for so long, it turns again, ms. */
const UNTOUCHED = 15_000
const MORPH_MS = 900
/** More pixels than this a px cost time and show nothing. */
const MOST_RATIO = 2
const [MOUSE_REACH, FINGER_REACH] = [12, 22]

/**
 * A globe on a canvas, and rings on another that lies above it. `probe` is an element in which the theme's colours hold. Nothing is
 * drawn that has not changed.
 */
export function startGlobe(
  canvas: HTMLCanvasElement,
  above: HTMLCanvasElement,
  probe: HTMLElement,
  home: Coordinates,
  first: GlobeInput,
  on: GlobeListener,
) {
  const ink = canvas.getContext('2d', { alpha: false })
  let input = first
  let camera: Camera = limited({ ...home, zoom: 1 })
  let size: Size & { ratio: number } = { width: 1, height: 1, ratio: 1 }
  let motion: Motion = { kind: 'still' }
  let flatness = input.flat ? 1 : 0
  let morphing: { from: number; since: number } | null = null
  let land: Land | null = null
  let earth = earthOf(land, nightShades(input.now))
  let paths: MapPaths | null = null
  let inks = readInks(probe)
  let spriteOf = spritesIn(inks, size.ratio)
  let scene = sceneOf(input.places, input.dimmed)
  let dust = vectorsOf(input.pops)
  let view: View = viewOf(camera, size, flatness)
  /** Where the mouse rests; null beside the globe. */
  let pointer: Point | null = null
  /** What the keyboard points at. */
  let named: string | null = null
  // whoever has just opened the page looks first, and the page has other things to do
  let touchedAt = performance.now()

  let restTimer = setTimeout(() => frames.request(), UNTOUCHED)
  const frames = framesFor(canvas, (now, elapsed) => {
    if (!ink) return false
    advance(now, elapsed)
    view = viewOf(camera, size, flatness)
    placeAll(scene, view)
    const pointed = pointedAt()
    ink.setTransform(size.ratio, 0, 0, size.ratio, 0, 0)
    ink.fillStyle = inks.ground
    ink.fillRect(0, 0, size.width, size.height)
    drawEarth(
      ink,
      outlinesOf(ink, view, earth, () => (paths ??= mapPaths(earth))),
      earth.shades.length,
      inks,
    )
    drawDust(ink, view, dust, inks)
    drawArcs(ink, view, input.arcs, inks)
    const pointedId = pointed?.place.id ?? null
    drawPlaces(ink, view, scene, spriteOf, inks, { selected: input.selected, pointed: pointedId }, input.labelSize)
    on.point(pointed)
    rings.request()
    return morphing !== null || motion.kind !== 'still'
  })
  const rings = startRings(above, () => ({ scene, pulses: input.calm ? [] : input.pulses, inks, size }))

  function advance(now: number, elapsed: number): void {
    if (motion.kind === 'still' && mayTurn(now)) motion = { kind: 'turning' }
    if (motion.kind === 'turning' && !mayTurn(now)) motion = { kind: 'still' }
    const step = moved(camera, motion, elapsed, now)
    camera = step.camera
    motion = step.motion
    if (!morphing) return
    const share = input.calm ? 1 : Math.min(1, (now - morphing.since) / MORPH_MS)
    const to = input.flat ? 1 : 0
    flatness = share === 1 ? to : morphing.from + (to - morphing.from) * eased(share)
    if (share === 1) morphing = null
  }

  const mayTurn = (now: number) =>
    input.turns &&
    !input.calm &&
    !input.flat &&
    flatness === 0 &&
    pointer === null &&
    named === null &&
    input.selected === null &&
    camera.zoom < 1.5 &&
    now - touchedAt >= UNTOUCHED

  function touched(): void {
    touchedAt = performance.now()
    clearTimeout(restTimer)
    restTimer = setTimeout(frames.request, UNTOUCHED)
    frames.request()
  }

  function pointedAt(): (Point & { place: Place }) | null {
    const spot = named !== null ? scene.seen.find(({ place, seen }) => seen && place.id === named) : undefined
    const hit = spot ?? (pointer && scene.seen[hitTest(scene.seen, pointer, MOUSE_REACH)])
    canvas.classList.toggle('over', !spot && Boolean(hit))
    return hit ? { x: hit.x, y: hit.y, place: hit.place } : null
  }

  function flyTo(to: Coordinates & { zoom?: number }): void {
    if (input.calm) camera = limited({ ...camera, ...to })
    else motion = flight(camera, to, performance.now())
    touched()
  }

  function zoomBy(factor: number, at: Point = { x: size.width / 2, y: size.height / 2 }): void {
    if (morphing) return
    camera = zoomed(camera, size, flatness, factor, at)
    motion = { kind: 'still' }
    touched()
  }

  const halfOf = ({ x }: Point) => (x < size.width * 0.55 ? 'left' : 'right')

  const gestures: GestureListener = {
    hold() {
      motion = { kind: 'still' }
      pointer = null
      touched()
    },
    drag(dx, dy) {
      if (!morphing) camera = dragged(camera, viewOf(camera, size, flatness), dx, dy)
      touched()
    },
    release(vx, vy) {
      if (input.calm || flatness !== 0) return
      const degree = view.scale * (Math.PI / 180)
      motion = { kind: 'drifting', lonSpeed: -vx / degree, latSpeed: vy / degree }
      touched()
    },
    zoom: zoomBy,
    tap(at, coarse) {
      const hit = scene.seen[hitTest(scene.seen, at, coarse ? FINGER_REACH : MOUSE_REACH)]
      if (hit) on.select(hit.place.id, halfOf(hit))
      pointer = coarse ? null : at
      touched()
    },
    leap(at) {
      if (hitTest(scene.seen, at, MOUSE_REACH) >= 0 || morphing) return
      const target = zoomed(camera, size, flatness, 2, at)
      flyTo(target)
    },
    hover(at) {
      pointer = at
      touched()
    },
  }

  const resize = () => {
    const ratio = Math.min(MOST_RATIO, devicePixelRatio) * input.magnify
    const box = canvas.getBoundingClientRect()
    if (ratio !== size.ratio) spriteOf = spritesIn(inks, ratio)
    size = { width: box.width / input.magnify, height: box.height / input.magnify, ratio }
    canvas.width = Math.round(size.width * ratio)
    canvas.height = Math.round(size.height * ratio)
    frames.request()
  }
  const observer = new ResizeObserver(resize)
  observer.observe(canvas)
  // labels are written in the page's type as soon as it is there
  document.fonts.ready.then(frames.request)
  const stopGestures = listenForGestures(canvas, gestures)
  const stopInks = watchInks(() => {
    inks = readInks(probe)
    spriteOf = spritesIn(inks, size.ratio)
    frames.request()
  })

  /** Brings a place to the front. False where there is no such place. */
  function focus(id: string): boolean {
    const place = input.places.find(one => one.id === id)
    if (place) flyTo({ lat: place.lat, lon: place.lon })
    return place !== undefined
  }

  return {
    /** Shows something else; what is the same object as before is not looked at again. */
    show(next: GlobeInput) {
      const before = input
      input = next
      if (next.places !== before.places || next.dimmed !== before.dimmed) scene = sceneOf(next.places, next.dimmed)
      if (next.pops !== before.pops) dust = vectorsOf(next.pops)
      if (next.now !== before.now) setEarth(land)
      if (next.flat !== before.flat) morphing = { from: flatness, since: performance.now() }
      if (next.magnify !== before.magnify) resize()
      const keys = Object.keys(next) as (keyof GlobeInput)[] // an object's own keys are of its type
      if (keys.some(key => key !== 'pulses' && next[key] !== before[key])) frames.request()
      rings.request()
    },
    setLand: (next: Land) => setEarth(next),
    focus,
    /** Brings a place to the front unless it is well in sight. */
    reveal(id: string) {
      placeAll(scene, view)
      if (!isInFront(scene, id, view)) focus(id)
    },
    /** Chooses a place as a tap on it would. */
    choose(id: string) {
      const spot = scene.seen.find(({ place }) => place.id === id)
      if (spot) on.select(id, halfOf(spot))
    },
    /** What the keyboard points at; null: nothing. */
    name(id: string | null) {
      named = id
      touched()
    },
    zoomBy,
    /** As if by hand, px. */
    nudge(dx: number, dy: number) {
      motion = { kind: 'still' }
      gestures.drag(dx, dy)
    },
    reset: () => flyTo({ ...home, zoom: 1 }),
    stop() {
      clearTimeout(restTimer)
      observer.disconnect()
      stopGestures()
      stopInks()
      rings.stop()
      frames.stop()
    },
  }

  function setEarth(next: Land | null): void {
    land = next
    earth = earthOf(land, nightShades(input.now))
    paths = null
    frames.request()
  }
}
