import { expect, test } from 'vitest'
import { tellStoryUnderKills } from '../support/kill-workers.ts'

test('twenty SIGKILLs of the worker at random lose no event and double none', async () => {
  const { events } = await tellStoryUnderKills(20)
  expect(events).toBeGreaterThan(30)
}, 300_000)
