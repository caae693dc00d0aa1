import { type Seeded, seeded } from '../seeded.ts'

/** 16:9, and large enough for the widest picture of a page. */
export const WIDTH = 1280
export const HEIGHT = 720

/** Two near hues of a cool night, and a lamp. */
export type Palette = { night: string; deep: string; line: string; glow: string; lamp: string }

const palettes: readonly Palette[] = [
  { night: '#0a1428', deep: '#173a5e', line: '#3f6f9f', glow: '#7fb8ea', lamp: '#ffd9a0' },
  { night: '#0b1a24', deep: '#155063', line: '#3d8a99', glow: '#86d8d6', lamp: '#ffe2b0' },
  { night: '#12122b', deep: '#33336f', line: '#6466a8', glow: '#a9abf0', lamp: '#ffcfa8' },
  { night: '#0c1b1f', deep: '#1c4f4a', line: '#4a8f80', glow: '#98dcc2', lamp: '#f6e0a8' },
  { night: '#15131f', deep: '#40304f', line: '#7d6590', glow: '#cbb0dd', lamp: '#ffd3b0' },
  { night: '#0d1622', deep: '#2a3f57', line: '#5d7b9a', glow: '#b4cfe8', lamp: '#ffd9a0' },
]

/** What a scene is drawn with. */
export type Brush = { chance: Seeded; palette: Palette }

/** A whole picture: a sky, a scene, and grain that keeps gradients from banding. */
export function drawing(words: string, scene: (brush: Brush) => string): string {
  const chance = seeded(words)
  const palette = chance.pick(palettes)
  const { night, deep, glow } = palette
  const [x, y] = [Math.round(chance.between(15, 85)), Math.round(chance.between(10, 55))]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0.25" y2="1"><stop offset="0" stop-color="${night}"/><stop offset="1" stop-color="${deep}"/></linearGradient>
<radialGradient id="halo" cx="${x}%" cy="${y}%" r="55%"><stop offset="0" stop-color="${glow}" stop-opacity="0.38"/><stop offset="1" stop-color="${glow}" stop-opacity="0"/></radialGradient>
<linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${night}" stop-opacity="0"/><stop offset="1" stop-color="${night}" stop-opacity="0.85"/></linearGradient>
</defs>
<rect width="100%" height="100%" fill="url(#sky)"/><rect width="100%" height="100%" fill="url(#halo)"/>
${scene({ chance, palette })}
</svg>`
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

export const round = (value: number): number => Math.round(value * 10) / 10

/** A smooth line through points. */
export function curve(points: readonly (readonly [x: number, y: number])[]): string {
  return points
    .map(([x, y], index) => {
      const before = points[index - 1]
      if (before === undefined) return `M${round(x)} ${round(y)}`
      const middle = round((before[0] + x) / 2)
      return `C${middle} ${round(before[1])} ${middle} ${round(y)} ${round(x)} ${round(y)}`
    })
    .join('')
}
