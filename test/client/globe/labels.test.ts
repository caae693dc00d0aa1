import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Area, labelOrder, placeLabels } from '../../../client/globe/labels.ts'

const box = { width: 300, height: 200 }
const HEIGHT = 16
const wish = (x: number, y: number) => ({ x, y, reach: 8, width: 80 })
const glyphAt = (x: number, y: number): Area => ({ left: x - 8, top: y - 8, right: x + 8, bottom: y + 8 })
const indexes = (...given: Parameters<typeof placeLabels>) => placeLabels(...given).map(({ index }) => index)

describe('a label', () => {
  test('stands right of its glyph, or left of it where the box ends', () => {
    expect(placeLabels([wish(100, 50), wish(250, 120)], [], box, HEIGHT)).toEqual([
      { index: 0, side: 'right', x: 112, y: 50 },
      { index: 1, side: 'left', x: 158, y: 120 },
    ])
  })

  test('stands below or above where there is no room beside its glyph', () => {
    const narrow = { width: 100, height: 200 }
    expect(placeLabels([wish(50, 50)], [], narrow, HEIGHT)).toEqual([{ index: 0, side: 'below', x: 10, y: 66 }])
    expect(placeLabels([wish(50, 190)], [], narrow, HEIGHT)).toEqual([{ index: 0, side: 'above', x: 10, y: 174 }])
  })

  test('covers no glyph that must be seen', () => {
    expect(placeLabels([wish(100, 50)], [glyphAt(150, 50)], box, HEIGHT)).toMatchObject([{ side: 'left' }])
    const around = [glyphAt(150, 50), glyphAt(50, 50), glyphAt(100, 66), glyphAt(100, 34)]
    expect(placeLabels([wish(100, 50)], around, box, HEIGHT)).toEqual([])
  })

  test('stays on its side while there is room', () => {
    expect(placeLabels([{ ...wish(150, 50), side: 'left' }], [], box, HEIGHT)).toMatchObject([{ side: 'left' }])
    const request = { ...wish(150, 50), side: 'left' as const }
    expect(placeLabels([request], [glyphAt(100, 50)], box, HEIGHT)).toMatchObject([{ side: 'right' }])
  })
})

test('the first of the list has the place', () => {
  expect(indexes([wish(50, 35), wish(52, 36)], [], { width: 140, height: 40 }, HEIGHT)).toEqual([0])
})

test('however many there are, no label covers another or a glyph, and all are within the box', () => {
  const spot = fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 200 }) })
  fc.assert(
    fc.property(fc.array(spot, { maxLength: 30 }), fc.array(spot, { maxLength: 10 }), (spots, others) => {
      const requests = spots.map(({ x, y }) => wish(x, y))
      const glyphs = others.map(({ x, y }) => glyphAt(x, y))
      const areas = placeLabels(requests, glyphs, box, HEIGHT).map(({ x, y }) => ({
        left: x,
        right: x + 80,
        top: y - HEIGHT / 2,
        bottom: y + HEIGHT / 2,
      }))
      for (const [index, a] of areas.entries()) {
        expect(a.left >= 0 && a.right <= 300 && a.top >= 0 && a.bottom <= 200).toBe(true)
        for (const b of [...areas.slice(index + 1), ...glyphs])
          expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)
      }
    }),
  )
})

test('the selected place and its pair come first, then trouble, the worst first, then mine; others have no label', () => {
  const place = (id: string, more: Partial<Parameters<typeof labelOrder>[0][number]> = {}) => ({
    id,
    rank: 1,
    mine: false,
    isSelected: false,
    isPaired: false,
    ...more,
  })
  const ordered = labelOrder([
    place('other'),
    place('in maintenance', { rank: 3 }),
    place('mine', { mine: true }),
    place('degraded', { rank: 4 }),
    place('my degraded', { rank: 4, mine: true }),
    place('major', { rank: 6 }),
    place('pair', { isPaired: true }),
    place('selected', { isSelected: true, isPaired: true }),
  ])
  expect(ordered.map(({ id }) => id)).toEqual(['selected', 'pair', 'major', 'my degraded', 'degraded', 'mine'])
})
