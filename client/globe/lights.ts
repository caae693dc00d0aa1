import { locate, type View } from './camera.ts'
import { type Lights, readLightTable } from './light-table.ts'
import type { Coordinates } from './place.ts'
import { RADIANS, unit } from './sphere.ts'
import type { ThemeColors } from './theme-colors.ts'

/** Lights that are on, the largest first. */
export type LitLights = Lights & { opacities: Float32Array }

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

/** From the smallest town to the largest city. */
const OPACITY = { least: 0.1, most: 0.6 }
/** Solar depression at which all lights are on, degrees. */
const ALL_LIT_DEG = 9

/** The lights of places where the sun is down when it stands in the zenith of `sun`. */
export function lightsAt({ vectors, sizes }: Lights, sun: Coordinates): LitLights {
  const [sunX, sunY, sunZ] = unit(sun.lon, sun.lat)
  const full = Math.sin(ALL_LIT_DEG * RADIANS)
  const lit = { vectors: new Float32Array(vectors.length), sizes: new Float32Array(sizes.length) }
  const opacities = new Float32Array(sizes.length)
  let count = 0
  for (const [index, size] of sizes.entries()) {
    const [x = 0, y = 0, z = 0] = vectors.subarray(3 * index, 3 * index + 3)
    const depression = -(x * sunX + y * sunY + z * sunZ)
    if (depression <= 0) continue
    lit.vectors.set([x, y, z], 3 * count)
    lit.sizes[count] = size
    opacities[count] = OPACITY.least + (OPACITY.most - OPACITY.least) * size * Math.min(1, depression / full)
    count++
  }
  return {
    vectors: lit.vectors.subarray(0, 3 * count),
    sizes: lit.sizes.subarray(0, count),
    opacities: opacities.subarray(0, count),
  }
}

export type LightSprites = readonly { image: HTMLCanvasElement; size: number }[]

/** Radius of the smallest and the largest light with its glow, px. */
const RADIUS_PX = { least: 1.5, most: 4.5 }
const SPRITES = 6
/** Lights grow slower than the earth when it comes closer. */
const GROWTH = 0.3

/** A light of each size, in these colours. `ratio`: device pixels per px. */
export const lightSprites = (colors: ThemeColors, ratio: number): LightSprites =>
  Array.from({ length: SPRITES }, (_, index) => {
    const size = 2 * (RADIUS_PX.least + ((RADIUS_PX.most - RADIUS_PX.least) * index) / (SPRITES - 1))
    const image = document.createElement('canvas')
    image.width = image.height = Math.ceil(size * ratio)
    const context = image.getContext('2d')
    if (!context) return { image, size }
    context.fillStyle = colors.lights
    const middle = image.width / 2
    // circles over each other: a bright middle in a glow
    for (const [share, opacity] of glow) {
      context.globalAlpha = opacity
      context.beginPath()
      context.arc(middle, middle, middle * share, 0, 2 * Math.PI)
      context.fill()
    }
    return { image, size }
  })

/** Share of the radius, and opacity. */
const glow = [
  [1, 0.1],
  [0.75, 0.15],
  [0.5, 0.35],
  [0.32, 1],
] as const

/** They do not twinkle. `zoom`: of the camera. */
export function drawLights(
  context: CanvasRenderingContext2D,
  view: View,
  zoom: number,
  lit: LitLights,
  sprites: LightSprites,
) {
  const growth = zoom ** GROWTH
  const { vectors, sizes, opacities } = lit
  for (let index = 0; index < sizes.length; index++) {
    locate(view, vectors[3 * index] ?? 0, vectors[3 * index + 1] ?? 0, vectors[3 * index + 2] ?? 0, found)
    if (found.front <= view.rim) continue
    const { x, y } = found
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue
    const sprite = sprites[Math.round((sizes[index] ?? 0) * (SPRITES - 1))]
    if (!sprite) continue
    const size = sprite.size * growth
    context.globalAlpha = opacities[index] ?? 0
    context.drawImage(sprite.image, x - size / 2, y - size / 2, size, size)
  }
  context.globalAlpha = 1
}

const found = { x: 0, y: 0, front: 0 }
