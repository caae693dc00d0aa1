import { expect, test } from 'vitest'
import { previewDays, stackPreview } from '../../../client/picker/stack-preview.ts'
import { incident, minutesAgo, NOW, standpointOn } from '../builders.ts'

const DAY = 24 * 60
const { concern } = standpointOn(['aws/eu-west-1', 'github'])
const inDublin = (id: string, days: number, more = {}) =>
  incident(`aws-status/${id}`, { regions: ['aws/eu-west-1'], startedAt: minutesAgo(days * DAY), ...more })

test('it counts what would have concerned the stack, and shows the newest five', () => {
  const all = [1, 30, 2, 80, 5, 6, 7].map(days => inDublin(`d${days}`, days))
  const preview = stackPreview(all, concern, NOW)
  expect(preview.concerned).toBe(7)
  expect(preview.newest.map(({ id }) => id)).toEqual(['d1', 'd2', 'd5', 'd6', 'd7'].map(id => `aws-status/${id}`))
})

test('neither planned work nor what is older or elsewhere counts', () => {
  const all = [
    inDublin('planned', 3, { kind: 'maintenance' }),
    inDublin('old', 91),
    incident('azure-status/1', { regions: ['azure/westeurope'] }),
  ]
  expect(stackPreview(all, concern, NOW)).toEqual({ known: 1, concerned: 0, mayConcern: 0, newest: [] })
  expect(stackPreview(all.slice(0, 2), concern, NOW).known).toBe(0)
})

test('what may concern it is counted apart, and shown where nothing else is', () => {
  const maybe = incident('aws-status/m', { regions: [], scope: 'unspecified' })
  const alone = stackPreview([maybe], concern, NOW)
  expect([alone.concerned, alone.mayConcern, alone.newest.length]).toEqual([0, 1, 1])
  const both = stackPreview([maybe, inDublin('a', 1)], concern, NOW)
  expect([both.concerned, both.mayConcern, both.newest.map(({ id }) => id)]).toEqual([1, 1, ['aws-status/a']])
})

test('it is about no more days than the server keeps', () => {
  expect([30, 90, 365, null].map(previewDays)).toEqual([30, 90, 90, 90])
})
