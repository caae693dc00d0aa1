/** Red, green and blue, each 0 to 1, linear in light. */
export type Linear = readonly [number, number, number]
/** CIELAB under D65. */
export type Lab = { L: number; a: number; b: number }

/** `#rrggbb` → light. @see https://www.w3.org/TR/css-color-4/#color-conversion-code */
export function linear(hex: string): Linear {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: Linear, b: Linear): number {
  const luminance = ([r, g, blue]: Linear) => 0.2126 * r + 0.7152 * g + 0.0722 * blue
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

export type Sight = 'common' | 'protanopia' | 'deuteranopia' | 'tritanopia'

/** Severity 1.0. @see https://doi.org/10.1109/TVCG.2009.113 (Machado, Oliveira, Fernandes 2009) */
const machado: Readonly<Record<Sight, readonly [Linear, Linear, Linear]>> = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** The colour as these eyes see it. */
export function seenBy(sight: Sight, [r, g, b]: Linear): Linear {
  const [x, y, z] = machado[sight]
  const mix = (row: Linear) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b))
  return [mix(x), mix(y), mix(z)]
}

export function lab([r, g, b]: Linear): Lab {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4123908 * r + 0.3575843 * g + 0.1804808 * b) / 0.9504559)
  const y = f(0.212639 * r + 0.7151687 * g + 0.0721923 * b)
  const z = f((0.0193308 * r + 0.1191948 * g + 0.9505322 * b) / 1.0890578)
  return { L: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) }
}

/** CIEDE2000. @see https://doi.org/10.1002/col.20070 (Sharma, Wu, Dalal 2005) */
export function deltaE(one: Lab, two: Lab): number {
  const meanC = (Math.hypot(one.a, one.b) + Math.hypot(two.a, two.b)) / 2
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)))
  const [a1, a2] = [one.a * (1 + g), two.a * (1 + g)]
  const [c1, c2] = [Math.hypot(a1, one.b), Math.hypot(a2, two.b)]
  const [h1, h2] = [hue(a1, one.b), hue(a2, two.b)]
  const turn = c1 * c2 === 0 ? 0 : ((((h2 - h1 + 180) % 360) + 360) % 360) - 180
  const dL = two.L - one.L
  const dC = c2 - c1
  const dH = 2 * Math.sqrt(c1 * c2) * sin(turn / 2)
  const L = (one.L + two.L) / 2
  const C = (c1 + c2) / 2
  const H = c1 * c2 === 0 ? h1 + h2 : h1 + turn / 2
  const t = 1 - 0.17 * cos(H - 30) + 0.24 * cos(2 * H) + 0.32 * cos(3 * H + 6) - 0.2 * cos(4 * H - 63)
  const sL = 1 + (0.015 * (L - 50) ** 2) / Math.sqrt(20 + (L - 50) ** 2)
  const sC = 1 + 0.045 * C
  const sH = 1 + 0.015 * C * t
  const around = (((H % 360) + 360) % 360) - 275
  const rT = -2 * Math.sqrt(C ** 7 / (C ** 7 + 25 ** 7)) * sin(60 * Math.exp(-((around / 25) ** 2)))
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH))
}

const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180)
const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180)
const hue = (a: number, b: number) => (a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360)
