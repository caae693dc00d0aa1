import { expect, test } from 'vitest'
import { leadText } from '../../../client/incidents/lead-text.ts'
import { when } from '../builders.ts'

test('the lead is told by our clock, and by theirs where both are dated', () => {
  expect(leadText({ ours: 840, theirs: null }, when)).toBe('Your account was told 14 min before the status page.')
  expect(leadText({ ours: -120, theirs: 840 }, when)).toBe(
    'Your account was told 2 min after the status page. By their own clocks: Your account was told 14 min before the status page.',
  )
  expect(leadText({ ours: 840, theirs: 850 }, when)).toBe('Your account was told 14 min before the status page.')
  expect(leadText({ ours: 5, theirs: null }, when)).toBe('Your account and the status page were told at the same time.')
  expect(leadText({ ours: null, theirs: null }, when)).toBe('It is not known which was told first.')
})
