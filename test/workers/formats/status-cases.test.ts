import { expect, test } from 'vitest'
import { places } from './reading.ts'
import { scoreStatusCases } from './status-cases.ts'

test('each kind of status source that went wrong once is read right', async () => {
  const { wrong, of } = await scoreStatusCases(places)
  expect(wrong).toEqual([])
  expect(of).toBeGreaterThanOrEqual(16)
})
