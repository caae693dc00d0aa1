import { expect, test } from 'vitest'
import { tellStoryUnderKills } from '../support/kill-workers.ts'

test('two hundred SIGKILLs of the worker at random lose no event and double none', async () => {
  const { events } = await tellStoryUnderKills(200)
  expect(events).toBeGreaterThan(30)
})
