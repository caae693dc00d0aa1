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
/** Larger lights have a glow, so many times as wide and so much dimmer. */
const GLOW = { size: 0.3, reach: 2, opacity: 0.35 }
/** Lights grow slower than the earth when it comes closer. */
const GROWTH = 0.35

/** They do not twinkle. `zoom`: of the camera. A path for each brightness is a tenth of the work of as many pictures. */
export function drawLights(context: CanvasRenderingContext2D, view: View, zoom: number, lit: LitLights, color: string) {
  const growth = zoom ** GROWTH
  context.fillStyle = color
  for (const { opacity, vectors, sizes } of lit) {
    const glow = new Path2D()
    context.beginPath()
    for (const [index, size] of sizes.entries()) {
      locate(view, vectors[3 * index] ?? 0, vectors[3 * index + 1] ?? 0, vectors[3 * index + 2] ?? 0, found)
      const { x, y, front } = found
      if (front <= view.rim || x < 0 || y < 0 || x > view.width || y > view.height) continue
      const side = growth * (SIDE_PX.least + (SIDE_PX.most - SIDE_PX.least) * size)
      context.rect(x - side / 2, y - side / 2, side, side)
      if (size < GLOW.size) continue
      const reach = side * GLOW.reach
      glow.moveTo(x + reach, y)
      glow.lineTo(x, y + reach)
      glow.lineTo(x - reach, y)
      glow.lineTo(x, y - reach)
      glow.closePath()
    }
    context.globalAlpha = opacity
    context.fill()
    context.globalAlpha = opacity * GLOW.opacity
    context.fill(glow)
  }
  context.globalAlpha = 1
}

const found = { x: 0, y: 0, front: 0 }
