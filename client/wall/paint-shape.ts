/** Paints one shape of a drawing where it stands on the screen. */
export function paintShape(
  shape: SVGGraphicsElement,
  style: CSSStyleDeclaration,
  context: CanvasRenderingContext2D,
): void {
  const outline = outlineOf(shape)
  const matrix = shape.getScreenCTM()
  if (outline === null || matrix === null) return
  context.save()
  // on top of the scale of the picture, not in place of it
  context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
  if (style.fill !== 'none' && !style.fill.startsWith('url')) {
    context.fillStyle = style.fill
    context.fill(outline, style.fillRule === 'evenodd' ? 'evenodd' : 'nonzero')
  }
  if (style.stroke !== 'none' && !style.stroke.startsWith('url')) {
    context.strokeStyle = style.stroke
    context.lineWidth = Number.parseFloat(style.strokeWidth)
    context.stroke(outline)
  }
  context.restore()
}

function outlineOf(shape: SVGGraphicsElement): Path2D | null {
  const number = (name: string): number => Number(shape.getAttribute(name) ?? 0)
  const path = new Path2D()
  switch (shape.tagName) {
    case 'path':
      return new Path2D(shape.getAttribute('d') ?? '')
    case 'circle':
      path.arc(number('cx'), number('cy'), number('r'), 0, 2 * Math.PI)
      return path
    case 'ellipse':
      path.ellipse(number('cx'), number('cy'), number('rx'), number('ry'), 0, 0, 2 * Math.PI)
      return path
    case 'rect':
      path.rect(number('x'), number('y'), number('width'), number('height'))
      return path
    case 'line':
      return new Path2D(`M${number('x1')} ${number('y1')}L${number('x2')} ${number('y2')}`)
    case 'polygon':
      return new Path2D(`M${shape.getAttribute('points') ?? '0 0'}Z`)
    case 'polyline':
      return new Path2D(`M${shape.getAttribute('points') ?? '0 0'}`)
    default:
      return null
  }
}
