import { expect, test } from 'vitest'
import { rereadAt } from '../../../workers/poll/poll.ts'
import { readIncident } from '../../support/builders.ts'

const now = Date.parse('2026-11-28T08:00:00Z')
const planned = (status: 'scheduled' | 'completed', scheduledFor: string, scheduledUntil: string) =>
  readIncident('page/1', { kind: 'maintenance', status, scheduledFor, scheduledUntil })

test('an answer is read again when the next of what it dates ahead comes, and after a day at the latest', () => {
  const [begun, ahead, over] = [
    planned('scheduled', '2026-11-28T07:00:00.000Z', '2026-11-28T10:00:00.000Z'),
    planned('scheduled', '2026-11-28T09:00:00.000Z', '2026-11-28T12:00:00.000Z'),
    planned('completed', '2026-11-28T08:30:00.000Z', '2026-11-28T08:45:00.000Z'),
  ]
  expect(rereadAt({ incidents: [] }, now)).toBe('2026-11-29T08:00:00.000Z')
  expect(rereadAt({ incidents: [begun, over] }, now)).toBe('2026-11-28T10:00:00.000Z')
  expect(rereadAt({ incidents: [begun, ahead] }, now)).toBe('2026-11-28T09:00:00.000Z')
  expect(rereadAt({ incidents: [begun, ahead], moreAt: '2026-11-28T08:00:01.000Z' }, now)).toBe(
    '2026-11-28T08:00:01.000Z',
  )
  expect(rereadAt({ incidents: [], moreAt: '2026-11-28T08:00:00.000Z' }, now)).toBe('2026-11-29T08:00:00.000Z')
})
