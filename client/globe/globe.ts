import { drawArcs } from './arcs.ts'
import { type Camera, clampCamera, dragCamera, type Point, type Size, type View, viewOf, zoomCamera } from './camera.ts'
import { drawDots, drawPlaces } from './draw-places.ts'
import { type Detail, type Earth, type Land, subsolarPoint } from './earth.ts'
import { type GestureListener, listenForGestures } from './gestures.ts'
import type { Lights } from './light-table.ts'
import { drawLights, lightsAt, makeGlow, noLights } from './lights.ts'
import { cameraOfBounds } from './map-bounds.ts'
import { easeInOut, type Motion, startFlight, stepMotion } from './motion.ts'
import { startNight } from './night.ts'
import { drawEarth } from './outlines.ts'
import type { Arc, Coordinates, Place, Pulse } from './place.ts'
import { framesFor, startRings } from './rings.ts'
import { createScene, hitTest, isInFront, projectPlaces, vectorsOf } from './scene.ts'
import { spriteCache } from './sprites.ts'
import { readThemeColors, watchThemeColors } from './theme-colors.ts'

export type GlobeInput = {
  places: readonly Place[]
  pops: readonly Coordinates[]
  pulses: readonly Pulse[]
  arcs: readonly Arc[]
  selected: string | null
  /** ms since the epoch; decides where it is night. */
  now: number
  flat: boolean
  /** A flat map crops to these places and fills its box; empty: the whole earth. */
  bounds: readonly Coordinates[]
  turns: boolean
  reducedMotion: boolean
  /** The scale of the drawing. Gestures need 1. */
  magnify: number
  /** Font size of names before magnification, px. */
  labelSize: number
}

export type GlobeListener = {
  /** A place was selected; `half`: the side of the box it is drawn on. */
  select(id: string, half: 'left' | 'right'): void
  /** The place under the pointer and where it is drawn; null for none. */
  point(at: (Point & { place: Place }) | null): void
  /** It is drawn so close that coarse outlines are seen to be. */
  comeClose(): void
}

/** It turns again after being untouched for this long. */
const IDLE_MS = 15_000
const MORPH_MS = 900
/** While it only turns, a third of a pixel a frame, every second frame of a usual screen is drawn. */
const TURN_FRAME_MS = 30
/** From here on fine outlines are drawn. */
const FINE_ZOOM = 3
/** More device pixels per px cost time without a visible gain. */
const MAX_PIXEL_RATIO = 2
const [MOUSE_REACH_PX, FINGER_REACH_PX] = [12, 22]

/**
 * A globe on a canvas, with rings on an overlay canvas. `swatch` is an element through which the theme's colours are
 * read. A frame is drawn only after a change.
 */
export function startGlobe(
  canvas: HTMLCanvasElement,
  overlay: HTMLCanvasElement,
  swatch: HTMLElement,
  home: Coordinates,
  first: GlobeInput,
  on: GlobeListener,
) {
  const context = canvas.getContext('2d')
  let input = first
  let camera: Camera = clampCamera({ ...home, zoom: 1 })
  let size: Size & { ratio: number } = { width: 1, height: 1, ratio: 1 }
  let motion: Motion = { kind: 'still' }
  let flatness = input.flat ? 1 : 0
  let morphing: { from: number; since: number } | null = null
  const lands: Partial<Record<Detail, Land>> = {}
  let lights = noLights
  let earth: Earth = { land: null, sun: subsolarPoint(input.now) }
  const drawNight = startNight()
  let lit = lightsAt(lights, earth.sun)
  let colors = readThemeColors(swatch)
  let spriteOf = spriteCache(colors, size.ratio)
  let glow = makeGlow(colors.lights)
  let scene = createScene(input.places)
  let popVectors = vectorsOf(input.pops)
  let view: View = viewOf(camera, size, flatness)
  let pointer: Point | null = null
  /** The place focused by keyboard. */
  let highlighted: string | null = null
  /** ms since the last frame that was drawn, of those that follow upon each other. */
  let undrawn = 0
  // turning starts late: a page that was just opened has other work to do
  let touchedAt = performance.now()

  let restTimer = setTimeout(() => frames.request(), IDLE_MS)
  const frames = framesFor(canvas, (now, elapsed) => {
    undrawn += elapsed
    if (motion.kind === 'turning' && undrawn < TURN_FRAME_MS) return true
    const due = undrawn
    undrawn = 0
    return paint(now, due)
  })
  const rings = startRings(overlay, () => ({ scene, pulses: input.reducedMotion ? [] : input.pulses, colors, size }))

  function paint(now: number, elapsed: number): boolean {
    if (!context) return false
    advance(now, elapsed)
    view = viewOf(camera, size, flatness)
    projectPlaces(scene, view)
    const pointed = pointedAt()
    context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0)
    context.fillStyle = colors.ground
    context.fillRect(0, 0, size.width, size.height)
    chooseLand()
    drawEarth(context, view, earth, colors, drawNight, isCropped() && flatness === 1)
    if (!colors.plain) drawLights(context, view, camera.zoom, lit, colors.lights, glow)
    drawDots(context, view, popVectors, colors)
    drawArcs(context, view, input.arcs, colors)
    const paired = input.arcs.flatMap(({ from, to }) => [from.id, to.id])
    const emphasis = { selected: input.selected, pointed: pointed?.place.id ?? null, paired }
    drawPlaces(context, view, scene, spriteOf, colors, emphasis, input.labelSize)
    on.point(pointed)
    rings.request()
    return morphing !== null || motion.kind !== 'still'
  }

  function advance(now: number, elapsed: number): void {
    if (motion.kind === 'still' && mayTurn(now)) motion = { kind: 'turning' }
    if (motion.kind === 'turning' && !mayTurn(now)) motion = { kind: 'still' }
    const step = stepMotion(camera, motion, elapsed, now)
    camera = step.camera
    motion = step.motion
    if (!morphing) return
    const share = input.reducedMotion ? 1 : Math.min(1, (now - morphing.since) / MORPH_MS)
    const to = input.flat ? 1 : 0
    flatness = share === 1 ? to : morphing.from + (to - morphing.from) * easeInOut(share)
    if (share === 1) morphing = null
  }

  const mayTurn = (now: number) =>
    input.turns &&
    !input.reducedMotion &&
    !input.flat &&
    flatness === 0 &&
    pointer === null &&
    highlighted === null &&
    input.selected === null &&
    camera.zoom < 1.5 &&
    now - touchedAt >= IDLE_MS

  function touched(): void {
    touchedAt = performance.now()
    clearTimeout(restTimer)
    restTimer = setTimeout(frames.request, IDLE_MS)
    frames.request()
  }

  function pointedAt(): (Point & { place: Place }) | null {
    const spot = scene.seen.find(({ place, seen }) => seen && place.id === highlighted)
    const hit = spot ?? (pointer && scene.seen[hitTest(scene.seen, pointer, MOUSE_REACH_PX)])
    canvas.classList.toggle('over', !spot && Boolean(hit))
    return hit ? { x: hit.x, y: hit.y, place: hit.place } : null
  }

  function flyTo(to: Coordinates & Partial<Camera>): void {
    if (input.reducedMotion) camera = clampCamera({ ...camera, ...to })
    else motion = startFlight(camera, to, performance.now())
    touched()
  }

  function zoomBy(factor: number, at: Point = { x: size.width / 2, y: size.height / 2 }): void {
    if (morphing) return
    camera = zoomCamera(camera, size, flatness, factor, at)
    motion = { kind: 'still' }
    touched()
  }

  const isCropped = () => input.flat && input.bounds.length > 0
  const homeCamera = () => (isCropped() ? cameraOfBounds(input.bounds, size) : clampCamera({ ...home, zoom: 1 }))

  const halfOf = ({ x }: Point) => (x < size.width * 0.55 ? 'left' : 'right')

  const gestures: GestureListener = {
    press() {
      motion = { kind: 'still' }
      pointer = null
      touched()
    },
    drag(dx, dy) {
      if (!morphing) camera = dragCamera(camera, viewOf(camera, size, flatness), dx, dy)
      touched()
    },
    release(vx, vy) {
      if (input.reducedMotion || flatness !== 0) return
      const degree = view.scale * (Math.PI / 180)
      motion = { kind: 'drifting', lonSpeed: -vx / degree, latSpeed: vy / degree }
      touched()
    },
    zoom: zoomBy,
    tap(at, coarse) {
      const hit = scene.seen[hitTest(scene.seen, at, coarse ? FINGER_REACH_PX : MOUSE_REACH_PX)]
      if (hit) on.select(hit.place.id, halfOf(hit))
      pointer = coarse ? null : at
      touched()
    },
    doubleTap(at) {
      if (hitTest(scene.seen, at, MOUSE_REACH_PX) >= 0 || morphing) return
      flyTo(zoomCamera(camera, size, flatness, 2, at))
    },
    hover(at) {
      pointer = at
      touched()
    },
  }

  const resize = () => {
    const ratio = Math.min(MAX_PIXEL_RATIO, devicePixelRatio) * input.magnify
    const box = canvas.getBoundingClientRect()
    if (ratio !== size.ratio) spriteOf = spriteCache(colors, ratio)
    size = { width: box.width / input.magnify, height: box.height / input.magnify, ratio }
    canvas.width = Math.round(size.width * ratio)
    canvas.height = Math.round(size.height * ratio)
    if (isCropped()) camera = homeCamera()
    frames.request()
  }
  // at once, and again in the frame in which its box changes: an empty canvas would flash
  const drawNow = () => {
    resize()
    paint(performance.now(), 0)
  }
  const observer = new ResizeObserver(drawNow)
  observer.observe(canvas)
  drawNow()
  // draw the labels again in the page's font
  document.fonts.ready.then(frames.request)
  const stopGestures = listenForGestures(canvas, gestures)
  const stopWatchingColors = watchThemeColors(() => {
    colors = readThemeColors(swatch)
    spriteOf = spriteCache(colors, size.ratio)
    glow = makeGlow(colors.lights)
    frames.request()
  })

  function focus(id: string): void {
    const place = input.places.find(one => one.id === id)
    if (place) flyTo({ lat: place.lat, lon: place.lon })
  }

  return {
    /** Replaces the input. Objects that stay the same are not processed again. */
    update(next: GlobeInput) {
      const before = input
      input = next
      if (next.places !== before.places) scene = createScene(next.places)
      if (next.pops !== before.pops) popVectors = vectorsOf(next.pops)
      if (next.now !== before.now) setSun()
      if (next.flat !== before.flat) morphing = { from: flatness, since: performance.now() }
      if (next.magnify !== before.magnify) resize()
      if (next.bounds !== before.bounds) camera = homeCamera()
      const keys = Object.keys(next) as (keyof GlobeInput)[] // Object.keys() returns string[]
      if (keys.some(key => key !== 'pulses' && next[key] !== before[key])) frames.request()
      rings.request()
    },
    setLand(detail: Detail, land: Land) {
      lands[detail] = land
      frames.request()
    },
    setLights(next: Lights) {
      lights = next
      setSun()
    },
    focus,
    /** Flies to a place unless it is well visible. */
    reveal(id: string) {
      projectPlaces(scene, view)
      if (!isInFront(scene, id, view)) focus(id)
    },
    /** Selects a place as a tap would. */
    select(id: string) {
      const spot = scene.seen.find(({ place }) => place.id === id)
      if (spot) on.select(id, halfOf(spot))
    },
    /** Labels the place that the keyboard focuses; null: none. */
    highlight(id: string | null) {
      highlighted = id
      touched()
    },
    zoomBy,
    /** Drags by keyboard, px. */
    nudge(dx: number, dy: number) {
      motion = { kind: 'still' }
      gestures.drag(dx, dy)
    },
    reset: () => flyTo(homeCamera()),
    stop() {
      clearTimeout(restTimer)
      observer.disconnect()
      stopGestures()
      stopWatchingColors()
      rings.stop()
      frames.stop()
    },
  }

  function setSun(): void {
    earth = { ...earth, sun: subsolarPoint(input.now) }
    lit = lightsAt(lights, earth.sun)
    frames.request()
  }

  /** Close up the coast is fine, as soon as it has been loaded. */
  function chooseLand(): void {
    const isClose = camera.zoom >= FINE_ZOOM
    if (isClose) on.comeClose()
    const land = (isClose ? lands.fine : undefined) ?? lands.coarse ?? null
    if (land !== earth.land) earth = { ...earth, land }
  }
}
