import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  distances,
  firstDraft,
  layoutOf,
  moved,
  screenInches,
  shownScenes,
  type WallDraft,
  wallLine,
  wallPath,
} from '../../../client/walls/wall-draft.ts'
import { nightLooks } from '../../../shared/domain/time-zone.ts'
import { defaultLayout, parseWallLayout, sceneNames, wallThemes } from '../../../shared/domain/wall-layout.ts'

const draft = (more: Partial<WallDraft> = {}): WallDraft => ({ ...firstDraft, ...more })
const read = (path: string) => parseWallLayout(new URL(path, 'http://a.example').searchParams)

test('who changes nothing gets the usual wall, under the shortest link', () => {
  expect(wallPath(firstDraft)).toBe('/wall')
  expect(layoutOf(firstDraft)).toEqual(defaultLayout)
  expect(wallLine(firstDraft)).toBe('walls:\n  lobby: {}')
})

test('a link says what was chosen, and can be read by people', () => {
  const chosen = draft({
    inches: 75,
    metres: 6.5,
    stack: 'shop',
    order: ['news', 'map', ...sceneNames.filter(name => name !== 'news' && name !== 'map')],
    ticked: new Set(['map', 'news']),
    theme: 'day',
    night: { from: '22:00', until: '06:30' },
    look: 'off',
  })
  expect(wallPath(chosen)).toBe(
    '/wall?screen=75in&distance=6.5m&stack=shop&scenes=news,map&theme=day&night=22:00-06:30&night-look=off',
  )
  expect(wallLine(chosen)).toBe(
    "walls:\n  lobby: { screen: 75in, distance: 6.5m, stack: shop, scenes: [news, map], theme: day, night: '22:00-06:30', night-look: off }",
  )
})

test('every link that can be made is understood entirely', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(parts => parts.map(part => String(part).padStart(2, '0')).join(':'))
  const drafts = fc.record<WallDraft>({
    inches: fc.constantFrom(...screenInches),
    metres: fc
      .integer({ min: distances.least / distances.step, max: distances.most / distances.step })
      .map(steps => steps * distances.step),
    stack: fc.constantFrom(null, 'shop', 'payments-eu'),
    order: fc.shuffledSubarray([...sceneNames], { minLength: sceneNames.length }),
    ticked: fc.subarray([...sceneNames], { minLength: 1 }).map(names => new Set(names)),
    theme: fc.constantFrom(...wallThemes),
    night: fc.option(fc.record({ from: fc.oneof(time, fc.constant('')), until: time })),
    look: fc.constantFrom(...nightLooks),
  })
  fc.assert(
    fc.property(drafts, made => {
      const { layout, problems } = read(wallPath(made))
      expect(problems).toEqual([])
      expect(layout).toEqual({ ...layoutOf(made), stack: made.stack })
      expect(layout.scenes).toEqual(shownScenes(made))
      expect(layout.screen).toBeCloseTo(made.inches * 25.4)
      expect(layout.distance).toBe(made.metres * 1_000)
    }),
  )
})

test('a whole stack stands in the link as it is, and a sources file names it elsewhere', () => {
  const chosen = draft({ stack: 'Shop & more:aws/lambda@eu-west-1;stripe' })
  expect(wallPath(chosen)).toBe('/wall?stack=Shop%20%26%20more:aws/lambda@eu-west-1;stripe')
  expect(new URL(wallPath(chosen), 'http://a.example').searchParams.get('stack')).toBe(chosen.stack)
  expect(wallLine(chosen)).toBe('walls:\n  lobby: {}')
})

test('a scene moves by a place, and stays at the ends', () => {
  const order = ['map', 'mine', 'day'] as const
  expect(moved(order, 'day', -1)).toEqual(['map', 'day', 'mine'])
  expect(moved(order, 'map', 1)).toEqual(['mine', 'map', 'day'])
  expect(moved(order, 'map', -1)).toEqual(order)
  expect(moved(order, 'day', 1)).toEqual(order)
})
