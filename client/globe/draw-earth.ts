import type { Inks } from './inks.ts'
import type { Outlines } from './outlines.ts'

/** How strongly each is drawn, 0 to 1. */
const LAND = 0.75
const COAST = 0.4
const BORDERS = 0.75
const GRATICULE = 0.55

/** Sphere, graticule, land and the night, from below to above; lines are hairlines. `shades`: how many the night has. */
export function drawEarth(ink: CanvasRenderingContext2D, outlines: Outlines, shades: number, inks: Inks): void {
  ink.lineJoin = 'round'
  ink.fillStyle = inks.sphere
  outlines.fill('sphere')

  ink.strokeStyle = ink.fillStyle = inks.line
  ink.globalAlpha = inks.plain ? GRATICULE / 4 : GRATICULE
  outlines.stroke('graticule', 0.75)
  if (!inks.plain) {
    ink.globalAlpha = LAND
    outlines.fill('land')
    ink.strokeStyle = inks.sphere
    ink.globalAlpha = BORDERS
    outlines.stroke('borders', 0.75)
  }
  ink.strokeStyle = inks.muted
  ink.globalAlpha = COAST
  outlines.stroke('land', 0.75)

  ink.fillStyle = inks.night
  ink.globalAlpha = 1
  for (let shade = 0; shade < shades; shade++) outlines.fill(shade)

  ink.strokeStyle = inks.line
  outlines.stroke('sphere', 1.25)
}
