import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pickForRound, type SceneSlot, sceneAt, slotsTo } from '../../../client/wall/rotation.ts'
import type { SceneName } from '../../../shared/domain/wall-layout.ts'

const every = 20_000
const scenes: SceneName[] = ['map', 'mine', 'news']
const at = (slot: number, more = {}, before: SceneSlot | null = null) =>
  sceneAt(before, { now: slot * every + 1, every, scenes, ...more })

test('scenes follow one another, and begin a new round after the last', () => {
  expect([0, 1, 2, 3].map(slot => at(slot))).toEqual([
    { scene: 'map', round: 0, slot: 0 },
    { scene: 'mine', round: 0, slot: 1 },
    { scene: 'news', round: 0, slot: 2 },
    { scene: 'map', round: 1, slot: 3 },
  ])
})

test('screens that start at different moments show the same', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e13 }), fc.nat({ max: 19_999 }), (start, later) => {
      const slot = Math.floor(start / every)
      const early = sceneAt(null, { now: slot * every, every, scenes })
      expect(sceneAt(early, { now: slot * every + later, every, scenes })).toEqual(
        sceneAt(null, { now: slot * every + later, every, scenes }),
      )
    }),
  )
})

test('a scene that comes or goes does not move the one that is on', () => {
  const before = at(4)
  expect(at(4, { scenes: ['map', 'mine', 'quote', 'news'] }, before)).toBe(before)
  expect(at(4, { scenes: ['mine'] }, before)).toBe(before)
})

test('the one that is on leaves when it has nothing to show any more', () => {
  expect(at(4, { scenes: ['map', 'news'] }, at(4))?.scene).toBe('map')
})

test('a scene that is pinned stays, and shows another of its things each time', () => {
  expect([4, 5].map(slot => at(slot, { pinned: 'news' }))).toEqual([
    { scene: 'news', round: 4, slot: 4 },
    { scene: 'news', round: 5, slot: 5 },
  ])
})

test('one may go on and back by hand', () => {
  expect([-1, 0, 1, -4].map(shift => at(1, { shift })?.scene)).toEqual(['map', 'mine', 'news', 'map'])
})

test('no scene at all is no turn', () => {
  expect(at(1, { scenes: [] })).toBeNull()
})

test('each round shows another thing of a list, in its order', () => {
  expect([0, 1, 2, 3, -1].map(round => pickForRound(['a', 'b', 'c'], round))).toEqual(['a', 'b', 'c', 'a', 'c'])
  expect(pickForRound([], 3)).toBeUndefined()
})

test('a scene that is asked for is on at once, and they go on from there', () => {
  const scenes = ['map', 'mine', 'news'] as const
  for (const now of [0, 20_000, 40_000, 1_000_000])
    for (const shift of [0, 5, -4])
      for (const scene of scenes)
        for (const shown of [...scenes, null]) {
          const given = { now, every: 20_000, scenes, shift }
          const before = shown === null ? null : { scene: shown, round: 0, slot: Math.floor(now / 20_000) + shift }
          const after = { ...given, shift: shift + slotsTo(scene, shown, given) }
          expect(sceneAt(before, after)?.scene).toBe(scene)
          const next = scenes[(scenes.indexOf(scene) + 1) % scenes.length]
          const later = sceneAt(sceneAt(before, after), { ...after, now: now + 20_000 })?.scene
          // what stayed in a slot that is another's may be followed by any
          if (shown !== scene) expect(later).toBe(next)
        }
  expect(slotsTo('quote', 'map', { now: 0, every: 20_000, scenes })).toBe(0)
})
