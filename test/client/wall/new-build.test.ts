import { expect, test } from 'vitest'
import { awaitBuild, staggerOf } from '../../../client/wall/watchdog.ts'

test('a new build is due after the wait of this screen, however often it is heard of', () => {
  const first = awaitBuild(null, 'b2', 'lobby', 1_000)
  expect(first).toEqual({ build: 'b2', dueAt: 1_000 + staggerOf('lobby', 'b2') })
  expect(awaitBuild(first, 'b2', 'lobby', 9_000)).toBe(first)
})

test('a still newer one begins its own wait, and the page that has it awaits none', () => {
  const first = awaitBuild(null, 'b2', 'lobby', 1_000)
  expect(awaitBuild(first, 'b3', 'lobby', 5_000)).toEqual({ build: 'b3', dueAt: 5_000 + staggerOf('lobby', 'b3') })
  expect(awaitBuild(first, null, 'lobby', 5_000)).toBe(null)
})
