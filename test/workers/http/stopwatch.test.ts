import { expect, test } from 'vitest'
import { stopwatch } from '../../../workers/http/http.ts'

test('it counts what tasks take together, failed and unfinished ones too, and nothing between them', async () => {
  let now = 0
  const watch = stopwatch(() => now)
  expect(watch.ms()).toBeNull()
  await watch.during(async () => {
    now += 10.4
  })
  now += 1_000
  const failing = watch.during(async () => {
    now += 20.2
    throw new Error('cut')
  })
  await expect(failing).rejects.toThrow('cut')
  expect(watch.ms()).toBe(31)
  void watch.during(() => new Promise(() => {}))
  now += 5
  expect(watch.ms()).toBe(36)
})
