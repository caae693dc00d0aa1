import { expect, test } from 'vitest'
import { reloadMemory } from '../../../client/wall/watchdog.ts'

function storage(text: string | null): Storage {
  const texts = new Map<string, string>(text === null ? [] : [['nephoscope.wall.reloads', text]])
  // only what is used of it is there
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
  } as unknown as Storage
}

test('reloads are remembered, those of yesterday are not', () => {
  const day = 24 * 3_600_000
  const memory = reloadMemory(storage(null))
  memory.add(1_000)
  memory.add(2_000)
  expect(memory.past()).toEqual([1_000, 2_000])
  memory.add(1_500 + day)
  expect(memory.past()).toEqual([2_000, 1_500 + day])
})

test.each(['{', '"x"', '[-1]', '["1"]', JSON.stringify(Array(200).fill(1))])('%s counts as none', text => {
  expect(reloadMemory(storage(text)).past()).toEqual([])
})

test('without a storage each page starts anew', () => {
  expect(reloadMemory(null).past()).toEqual([])
})
