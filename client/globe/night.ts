import { geoEqualEarthRaw } from 'd3-geo'
import type { View } from './camera.ts'
import type { Coordinates } from './place.ts'
import { RADIANS, unit } from './sphere.ts'

/** The night is computed for points so far apart, px, and smooth between them. */
const CELL_PX = 8
/** Solar depressions of sunset and of the end of astronomical twilight. */
const [SUNSET, DARK] = [Math.sin(0.8 * RADIANS), Math.sin(18 * RADIANS)]

/** Draws the night of the earth in a colour, into what is clipped. The returned function keeps its small picture. */
export function startNight() {
  const image = document.createElement('canvas')
  const cells = image.getContext('2d', { willReadFrequently: true })
  let pixels = new ImageData(1, 1)

  return (context: CanvasRenderingContext2D, view: View, sun: Coordinates, color: string): void => {
    const share = nightShare(view)
    if (!cells || share === 0) return
    const [columns, rows] = [Math.ceil(view.width / CELL_PX) + 1, Math.ceil(view.height / CELL_PX) + 1]
    if (pixels.width !== columns || pixels.height !== rows) {
      Object.assign(image, { width: columns, height: rows })
      pixels = new ImageData(columns, rows)
    }
    const darkness = darknessOf(view, sun)
    for (let row = 0, at = 3; row < rows; row++) {
      const darkAt = darkness(row * CELL_PX)
      for (let column = 0; column < columns; column++, at += 4) pixels.data[at] = 255 * darkAt(column * CELL_PX)
    }
    cells.putImageData(pixels, 0, 0)
    // what is opaque so far takes this colour
    cells.globalCompositeOperation = 'source-in'
    cells.fillStyle = color
    cells.fillRect(0, 0, columns, rows)
    context.globalAlpha = share
    context.drawImage(image, -CELL_PX / 2, -CELL_PX / 2, columns * CELL_PX, rows * CELL_PX)
    context.globalAlpha = 1
  }
}

/** Between globe and map there is no way back from a point to its place: the night fades, and comes again. */
const nightShare = ({ flatness }: View): number => Math.max(0, flatness < 0.5 ? 1 - 4 * flatness : 4 * flatness - 3)

/** How dark it is at points of the screen: of y, then of x, px; 0 by day to 1. Beside the globe it is as at its rim. */
export function darknessOf(view: View, sun: Coordinates): (y: number) => (x: number) => number {
  return view.flatness < 0.5 ? darknessOfGlobe(view, sun) : darknessOfMap(view, sun)
}

function darknessOfGlobe({ turn, x: middleX, y: middleY, scale }: View, sun: Coordinates) {
  const [x, y, z] = unit(sun.lon, sun.lat)
  const [right, up, out] = [0, 3, 6].map(
    row => (turn[row] ?? 0) * x + (turn[row + 1] ?? 0) * y + (turn[row + 2] ?? 0) * z,
  )
  return (screenY: number) => {
    const b = (middleY - screenY) / scale
    return (screenX: number) => {
      const a = (screenX - middleX) / scale
      const square = a * a + b * b
      const shrink = square > 1 ? 1 / Math.sqrt(square) : 1
      const front = square > 1 ? 0 : Math.sqrt(1 - square)
      return shade(-((right ?? 0) * a * shrink + (up ?? 0) * b * shrink + (out ?? 0) * front))
    }
  }
}

function darknessOfMap({ lon, x: middleX, y: middleY, scale }: View, sun: Coordinates) {
  const [sinSun, cosSun] = [Math.sin(sun.lat * RADIANS), Math.cos(sun.lat * RADIANS)]
  return (screenY: number) => {
    // all points of a row are on one parallel, on which longitudes are evenly apart
    const [turn, phi] = geoEqualEarthRaw.invert?.(1, (middleY - screenY) / scale) ?? [0, 0]
    const [sine, cosine] = [Math.sin(phi) * sinSun, Math.cos(phi) * cosSun]
    return (screenX: number) => {
      const lambda = (turn * (screenX - middleX)) / scale
      return shade(-(sine + cosine * Math.cos(lambda + (lon - sun.lon) * RADIANS)))
    }
  }
}

/** The sine of the sun's depression → 0 by day to 1 in full night. */
function shade(depression: number): number {
  const share = Math.min(1, Math.max(0, (depression - SUNSET) / (DARK - SUNSET)))
  return share * share * (3 - 2 * share)
}
