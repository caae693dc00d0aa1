import { expect, test } from 'vitest'
import { createSlots } from '../../../workers/poll/schedule.ts'

test('begins so many tasks at once, the next as soon as one of them ends, and says when all have ended', async () => {
  const slots = createSlots(2)
  const ends: (() => void)[] = []
  const task = () => new Promise<void>(resolve => ends.push(resolve))
  await slots.begin(task)
  await slots.begin(task)
  const third = slots.begin(task)
  await Promise.resolve()
  expect(ends).toHaveLength(2)

  ends[0]?.()
  await third
  expect(ends).toHaveLength(3)

  const idle = slots.idle()
  ends[1]?.()
  ends[2]?.()
  await idle
  await slots.idle()
})
