import { MOST_PICTURE_BYTES } from '../../shared/domain/screen.ts'
import { paintPage } from './paint-page.ts'

/** The longer side of a picture, px, and how much of the detail is kept; smaller ones are for what is still too large. */
const attempts = [
  { longest: 512, quality: 0.7 },
  { longest: 384, quality: 0.6 },
  { longest: 256, quality: 0.5 },
  { longest: 192, quality: 0.4 },
]

/** A small picture of what the window shows, as a data address; null when none can be made. */
export function screenPicture(root: Element, { innerWidth, innerHeight }: Window): string | null {
  if (innerWidth === 0 || innerHeight === 0) return null
  const canvas = document.createElement('canvas')
  let painted = 0
  for (const { longest, quality } of attempts) {
    if (painted !== longest) {
      const scale = longest / Math.max(innerWidth, innerHeight)
      canvas.width = Math.max(1, Math.round(innerWidth * scale))
      canvas.height = Math.max(1, Math.round(innerHeight * scale))
      const context = canvas.getContext('2d')
      if (context === null) return null
      context.scale(scale, scale)
      paintPage(root, context, { width: innerWidth, height: innerHeight })
      painted = longest
    }
    const image = encoded(canvas, quality)
    if (image.length * 0.75 < MOST_PICTURE_BYTES) return image
  }
  return null
}

/** WebP where the browser writes it; what it cannot write it gives as PNG, which is too large. */
function encoded(canvas: HTMLCanvasElement, quality: number): string {
  const webp = canvas.toDataURL('image/webp', quality)
  return webp.startsWith('data:image/webp') ? webp : canvas.toDataURL('image/jpeg', quality)
}
