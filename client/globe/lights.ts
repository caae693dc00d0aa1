import { locate, type View } from './camera.ts'
import { type Lights, readLightTable } from './light-table.ts'
import type { Coordinates } from './place.ts'
import { RADIANS, unit } from './sphere.ts'

export const noLights: Lights = { vectors: new Float32Array(), sizes: new Float32Array() }

let loaded: Promise<Lights> | null = null

/** Loads the lights from this server, once. Rejects on failure; the next call tries again. */
export function loadLights(): Promise<Lights> {
  loaded ??= import('virtual:lights?raw').then(
    ({ default: text }) => readLightTable(text),
    (error: Error) => {
      loaded = null
      throw error
    },
  )
  return loaded
}

/** Lights that are on, together by brightness: x, y, z of each, the largest first. */
export type LitLights = readonly { opacity: number; vectors: readonly number[]; sizes: readonly number[] }[]

/** From the smallest to the largest; so that each can be drawn as one path, there are few. */
const OPACITIES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] as const
/** Solar depression at which all lights are on, degrees. */
const ALL_LIT_DEG = 9

/** The lights of places where the sun is down when it stands in the zenith of `sun`. */
export function lightsAt({ vectors, sizes }: Lights, sun: Coordinates): LitLights {
  const [sunX, sunY, sunZ] = unit(sun.lon, sun.lat)
  const full = Math.sin(ALL_LIT_DEG * RADIANS)
  const lit = OPACITIES.map(opacity => ({ opacity, vectors: [] as number[], sizes: [] as number[] }))
  for (const [index, size] of sizes.entries()) {
    const [x = 0, y = 0, z = 0] = vectors.subarray(3 * index, 3 * index + 3)
    const depression = -(x * sunX + y * sunY + z * sunZ)
    if (depression <= 0) continue
    const group = lit[Math.round((OPACITIES.length - 1) * size * Math.min(1, depression / full))]
    group?.vectors.push(x, y, z)
    group?.sizes.push(size)
  }
  return lit
}

/** Side of the smallest and the largest light, px. */
const SIDE_PX = { least: 1, most: 2.6 }
/** The largest lights have a glow, so many times as wide. */
const GLOW = { size: 0.4, reach: 2.2 }
/** Lights grow slower than the earth when it comes closer. */
const GROWTH = 0.35

/**
 * They do not twinkle. `zoom`: of the camera; `glow`: from `makeGlow`. A path for each brightness is a fifth of the work
 * of a picture for each light, and only the largest have one.
 */
export function drawLights(
  context: CanvasRenderingContext2D,
  view: View,
  zoom: number,
  lit: LitLights,
  color: string,
  glow: HTMLCanvasElement,
) {
  const growth = zoom ** GROWTH
  context.fillStyle = color
  for (const { opacity, vectors, sizes } of lit) {
    context.globalAlpha = opacity
    context.beginPath()
    for (const [index, size] of sizes.entries()) {
      locate(view, vectors[3 * index] ?? 0, vectors[3 * index + 1] ?? 0, vectors[3 * index + 2] ?? 0, found)
      const { x, y, front } = found
      if (front <= view.rim || x < 0 || y < 0 || x > view.width || y > view.height) continue
      const side = growth * (SIDE_PX.least + (SIDE_PX.most - SIDE_PX.least) * size)
      context.rect(x - side / 2, y - side / 2, side, side)
      const reach = side * GLOW.reach
      if (size > GLOW.size) context.drawImage(glow, x - reach, y - reach, 2 * reach, 2 * reach)
    }
    context.fill()
  }
  context.globalAlpha = 1
}

const found = { x: 0, y: 0, front: 0 }

const GLOW_SIDE = 24
/** Share of its radius, and opacity, of the circles that make a glow. */
const glowCircles = [
  [1, 0.08],
  [0.8, 0.1],
  [0.6, 0.14],
  [0.4, 0.2],
] as const

/** A soft round glow in a colour. */
export function makeGlow(color: string): HTMLCanvasElement {
  const image = document.createElement('canvas')
  image.width = image.height = GLOW_SIDE
  const context = image.getContext('2d')
  if (!context) return image
  context.fillStyle = color
  for (const [share, opacity] of glowCircles) {
    context.globalAlpha = opacity
    context.beginPath()
    context.arc(GLOW_SIDE / 2, GLOW_SIDE / 2, (GLOW_SIDE / 2) * share, 0, 2 * Math.PI)
    context.fill()
  }
  return image
}
