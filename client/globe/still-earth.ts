type Ink = CanvasRenderingContext2D

/** Draws what lies below the places, or what was kept of it. `madeOf`: all that it is drawn from, compared by identity. */
export type StillEarth = (ink: Ink, madeOf: readonly unknown[], draw: (ink: Ink) => void) => void

/**
 * Keeps the earth as it was drawn while nothing of it changes, so that a ring which grows on it costs no coastlines. While
 * it moves nothing is kept, for no frame is like the one before.
 */
export function stillEarth(): StillEarth {
  const layer = document.createElement('canvas')
  const kept = layer.getContext('2d', { alpha: false })
  let last: readonly unknown[] = []
  let isKept = false

  return (ink, madeOf, draw) => {
    const same = madeOf.length === last.length && madeOf.every((part, index) => part === last[index])
    last = madeOf
    if (!same || kept === null) {
      isKept = false
      draw(ink)
      return
    }
    if (!isKept) {
      layer.width = ink.canvas.width
      layer.height = ink.canvas.height
      kept.setTransform(ink.getTransform())
      draw(kept)
      isKept = true
    }
    const transform = ink.getTransform()
    ink.resetTransform()
    ink.drawImage(layer, 0, 0)
    ink.setTransform(transform)
  }
}
