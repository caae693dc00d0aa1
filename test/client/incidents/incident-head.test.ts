import { expect, test } from 'vitest'
import { incidentFacts, incidentHead, neighbours } from '../../../client/incidents/incident-head.ts'
import { endedDays } from '../../../client/incidents/past-incidents.svelte.ts'
import { incident, minutesAgo, when } from '../builders.ts'

test('what goes on has its state and since when, what is over how long it took', () => {
  expect(incidentHead(incident('aws-status/1', { impact: 'major', status: 'identified' }), when)).toEqual({
    status: 'partial_outage',
    word: 'Partial outage, identified',
    times: ['since 14:02 (38 min)'],
  })
  const over = incident('aws-status/1', { status: 'resolved', resolvedAt: minutesAgo(8) })
  expect(incidentHead(over, when)).toEqual({
    status: 'operational',
    word: 'Resolved after 30 min',
    times: ['14:02 to 14:32', '8 min ago'],
  })
  const ahead = incident('aws-status/1', { status: 'scheduled', scheduledFor: minutesAgo(-60) })
  expect(incidentHead(ahead, when)).toEqual({
    status: 'under_maintenance',
    word: 'Scheduled',
    times: ['begins 15:40'],
  })
})

test('a window is told with its length, and services where there are any', () => {
  const window = { scheduledFor: minutesAgo(-60), scheduledUntil: minutesAgo(-180) }
  const facts = incidentFacts(incident('aws-status/1', { services: ['S3', 'EC2'], ...window }), when)
  expect(facts.map(({ value }) => value)).toEqual(expect.arrayContaining(['S3, EC2', '15:40 to 17:40', '2 h']))
  expect(incidentFacts(incident('aws-status/1', { services: [] }), when)).toHaveLength(2)
})

test('neighbours are the provider’s own, by when they began; what is not known has none', () => {
  const at = (id: string, minutes: number) => incident(id, { startedAt: minutesAgo(minutes) })
  const [first, second, third] = [at('aws-status/1', 90), at('aws-status/2', 60), at('aws-status/3', 30)]
  const known = [third, at('azure-status/1', 70), first, second]
  expect(neighbours(second, known)).toEqual({ earlier: first, later: third })
  expect(neighbours(first, known)).toEqual({ earlier: null, later: second })
  expect(neighbours(at('aws-status/old', 9000), known)).toEqual({ earlier: null, later: null })
})

test('what is over stands under the day on which it ended in the chosen zone', () => {
  const ended = (id: string, resolvedAt: string) => incident(`aws-status/${id}`, { status: 'resolved', resolvedAt })
  const all = [ended('a', '2026-11-23T20:00:00Z'), ended('b', '2026-11-24T01:00:00Z'), incident('aws-status/now')]
  const days = (zone: string) =>
    endedDays(all, { ...when, zone }).map(({ day, incidents }) => [day, incidents.map(({ id }) => id.slice(-1))])
  expect(days('UTC')).toEqual([
    ['2026-11-24', ['b']],
    ['2026-11-23', ['a']],
  ])
  expect(days('Asia/Tokyo')).toEqual([['2026-11-24', ['b', 'a']]])
  expect(endedDays(all, when)[0]?.name).toMatch(/Tuesday.*24 November 2026/)
})
