import { expect, test } from 'vitest'
import { storyAt } from '../../../client/news/news-keys.ts'

test('j and k lead through the stories from anywhere, and stop at the ends', () => {
  expect(storyAt('j', -1, 3)).toBe(0)
  expect(storyAt('j', 0, 3)).toBe(1)
  expect(storyAt('j', 2, 3)).toBe(2)
  expect(storyAt('k', 1, 3)).toBe(0)
  expect(storyAt('k', -1, 3)).toBe(0)
  expect(storyAt('j', -1, 0)).toBeNull()
})

test('arrows lead on from a story, and scroll where there is none', () => {
  expect(storyAt('ArrowDown', 0, 3)).toBe(1)
  expect(storyAt('ArrowUp', 1, 3)).toBe(0)
  expect(storyAt('ArrowDown', -1, 3)).toBeNull()
  expect(storyAt('Enter', 0, 3)).toBeNull()
})
