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
  outlines('sphere', pen => {
    ink.fillStyle = inks.sphere
    pen.fill()
  })
  outlines('graticule', pen => {
    ink.strokeStyle = inks.line
    ink.globalAlpha = inks.plain ? GRATICULE / 4 : GRATICULE
    pen.stroke(0.75)
  })
  outlines('land', pen => {
    ink.fillStyle = inks.line
    ink.globalAlpha = LAND
    if (!inks.plain) pen.fill()
    ink.strokeStyle = inks.muted
    ink.globalAlpha = COAST
    pen.stroke(0.75)
  })
  if (!inks.plain)
    outlines('borders', pen => {
      ink.strokeStyle = inks.sphere
      ink.globalAlpha = BORDERS
      pen.stroke(0.75)
    })

  ink.globalAlpha = 1
  ink.fillStyle = inks.night
  for (let shade = 0; shade < shades; shade++) outlines(shade, pen => pen.fill())
  outlines('sphere', pen => {
    ink.strokeStyle = inks.line
    pen.stroke(1.25)
  })
}
