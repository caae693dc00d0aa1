import { MAX_SCREENSHOT_BYTES } from '../../shared/domain/screen.ts'

/** Longer side in px, and quality. The next attempt is for an image that is still too large. */
const attempts = [
  { longest: 512, quality: 0.7 },
  { longest: 384, quality: 0.6 },
  { longest: 256, quality: 0.5 },
  { longest: 192, quality: 0.4 },
]

/** A screenshot of the window as a data URL; null if none can be made. */
export function takeScreenshot(root: Element, { innerWidth, innerHeight }: Window): string | null {
  if (innerWidth === 0 || innerHeight === 0) return null
  const canvas = document.createElement('canvas')
  for (const { longest, quality } of attempts) {
    const scale = longest / Math.max(innerWidth, innerHeight)
    canvas.width = Math.max(1, Math.round(innerWidth * scale))
    canvas.height = Math.max(1, Math.round(innerHeight * scale))
    const context = canvas.getContext('2d')
    if (context === null) return null
    context.scale(scale, scale)
    paintPage(root, context, { width: innerWidth, height: innerHeight })
    const image = encode(canvas, quality)
    if (image.length * 0.75 < MAX_SCREENSHOT_BYTES) return image
  }
  return null
}

/** WebP, else JPEG: a browser that cannot write WebP returns PNG, which is too large. */
function encode(canvas: HTMLCanvasElement, quality: number): string {
  const webp = canvas.toDataURL('image/webp', quality)
  return webp.startsWith('data:image/webp') ? webp : canvas.toDataURL('image/jpeg', quality)
}

/** A wall has far fewer. */
const MAX_WORDS = 2_000

/**
 * Paints the page into a canvas, as far as a small screenshot of a wall needs: backgrounds, borders, text, images,
 * canvases and SVG paths. Libraries that copy the page into an SVG set inline styles, which the content security policy
 * forbids, and copy every computed style.
 * @param context scaled so that its units are CSS pixels
 */
function paintPage(root: Element, context: CanvasRenderingContext2D, view: { width: number; height: number }): void {
  let words = 0

  const isOut = (box: DOMRect): boolean =>
    box.bottom <= 0 || box.right <= 0 || box.top >= view.height || box.left >= view.width

  function paint(element: Element): void {
    const style = getComputedStyle(element)
    if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return
    const box = element.getBoundingClientRect()
    // skip hidden subtrees: a ticker holds far more than it shows
    if (box.width > 0 && box.height > 0 && isOut(box)) return
    context.save()
    context.globalAlpha *= Number(style.opacity)
    if (style.filter !== 'none') context.filter = style.filter
    if (element instanceof SVGPathElement) paintPath(element, style, context)
    else {
      paintBox(box, style, context)
      if (element instanceof HTMLCanvasElement || element instanceof HTMLImageElement) paintImage(element, box, context)
    }
    if (style.overflow !== 'visible' && style.display !== 'inline') clip(box)
    for (const child of element.childNodes) {
      if (child instanceof Element) paint(child)
      else if (child instanceof Text && !(element instanceof SVGElement)) paintText(child, style)
    }
    context.restore()
  }

  function clip({ left, top, width, height }: DOMRect): void {
    context.beginPath()
    context.rect(left, top, width, height)
    context.clip()
  }

  function paintText(node: Text, style: CSSStyleDeclaration): void {
    const text = node.data
    if (text.trim() === '') return
    context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    context.fillStyle = style.color
    const ascent = context.measureText('x').fontBoundingBoxAscent
    const range = document.createRange()
    for (const { index, 0: word } of text.matchAll(/\S+/g)) {
      if (words++ > MAX_WORDS) return
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const [first, second] = range.getClientRects()
      if (first === undefined || isOut(first)) continue
      // a word that wraps is painted letter by letter
      if (second === undefined) context.fillText(word, first.left, first.top + ascent)
      else
        for (let at = index; at < index + word.length; at++) {
          range.setStart(node, at)
          range.setEnd(node, at + 1)
          const { left, top } = range.getBoundingClientRect()
          context.fillText(text.charAt(at), left, top + ascent)
        }
    }
  }

  paint(root)
}

function paintBox(box: DOMRect, style: CSSStyleDeclaration, context: CanvasRenderingContext2D): void {
  const { left, top, right, bottom, width, height } = box
  context.fillStyle = style.backgroundColor
  context.fillRect(left, top, width, height)
  const [above, below] = [Number.parseFloat(style.borderTopWidth), Number.parseFloat(style.borderBottomWidth)]
  const [before, after] = [Number.parseFloat(style.borderLeftWidth), Number.parseFloat(style.borderRightWidth)]
  const edges = [
    [above, style.borderTopColor, left, top, width, above],
    [below, style.borderBottomColor, left, bottom - below, width, below],
    [before, style.borderLeftColor, left, top, before, height],
    [after, style.borderRightColor, right - after, top, after, height],
  ] as const
  for (const [thick, colour, x, y, wide, high] of edges) {
    if (!(thick > 0)) continue
    context.fillStyle = colour
    context.fillRect(x, y, wide, high)
  }
}

function paintImage(
  image: HTMLCanvasElement | HTMLImageElement,
  { left, top, width, height }: DOMRect,
  context: CanvasRenderingContext2D,
): void {
  const isEmpty = image instanceof HTMLImageElement ? image.naturalWidth === 0 : image.width === 0 || image.height === 0
  if (!isEmpty) context.drawImage(image, left, top, width, height)
}

function paintPath(path: SVGPathElement, style: CSSStyleDeclaration, context: CanvasRenderingContext2D): void {
  const outline = new Path2D(path.getAttribute('d') ?? '')
  const matrix = path.getScreenCTM()
  if (matrix === null) return
  context.save()
  // transform(), not setTransform(): the context is scaled already
  context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
  if (style.fill !== 'none') {
    context.fillStyle = style.fill
    context.fill(outline)
  }
  if (style.stroke !== 'none') {
    context.strokeStyle = style.stroke
    context.lineWidth = Number.parseFloat(style.strokeWidth)
    context.stroke(outline)
  }
  context.restore()
}
