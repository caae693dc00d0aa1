import { expect, test } from 'vitest'
import { endedDays } from '../../../client/incidents/incident-archive.svelte.ts'
import {
  changeText,
  incidentFacts,
  incidentHead,
  neighbours,
  timeline,
} from '../../../client/incidents/incident-details.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import type { LedgerEntry } from '../../../shared/domain/ledger.ts'
import { entry, incident, minutesAgo, small, when } from '../builders.ts'

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
  expect(incidentHead(ahead, when)).toEqual({ status: 'under_maintenance', word: 'Scheduled', times: ['begins 15:40'] })
})

test('what its source has not touched for long says since when', () => {
  const quiet = incident('aws-status/1', { updatedAt: minutesAgo(30), fadesAfterMs: 60_000 })
  expect(incidentHead(quiet, when)).toMatchObject({
    status: 'unknown',
    times: [expect.any(String), 'not updated since 14:10'],
  })
})

test('a window is told with its length, where there is one', () => {
  const window = { scheduledFor: minutesAgo(-60), scheduledUntil: minutesAgo(-180) }
  const facts = incidentFacts(incident('aws-status/1', window), when)
  expect(facts.map(({ value }) => value)).toEqual(expect.arrayContaining(['15:40 to 17:40', '2 h']))
  expect(incidentFacts(incident('aws-status/1'), when)).toHaveLength(3)
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

const first = entry(1, 38)
const second = entry(2, 20, { status: 'identified' })
const third = entry(3, 5, { status: 'identified' })

/** What the page of an incident tells of these entries, newest first. */
const told = (entries: LedgerEntry[], more: Partial<Incident> = {}) =>
  timeline(incident('aws-status/1', { entries, ...more })).map(({ text, changes }) => [
    text,
    ...changes.map(change => changeText(change, small, when)),
  ])

test('entries stand oldest first, each with how the status changed', () => {
  expect(told([third, second, first])).toEqual([
    ['Words 1'],
    ['Words 2', 'Status changed from investigating to identified.'],
    ['Words 3'],
  ])
})

test('what changed of places, services, impact, title and window stands with its entry', () => {
  const states = [
    { ...third, regions: ['aws/us-east-1'], title: 'EC2 is down', scheduledFor: minutesAgo(0) },
    { ...second, impact: 'critical' as const, regions: ['aws/eu-west-1', 'aws/us-east-1'], services: ['S3'] },
    { ...first, impact: 'minor' as const, regions: ['aws/eu-west-1'], services: ['EC2'], title: 'EC2 is slow' },
  ]
  expect(told(states, { scheduledFor: null })).toEqual([
    ['Words 1'],
    [
      'Words 2',
      'Status changed from investigating to identified.',
      'Impact changed from minor to critical.',
      'Affected from now on: AWS us-east-1.',
      'Services affected from now on: S3.',
      'Services no longer affected: EC2.',
    ],
    ['Words 3', 'New title: EC2 is down', 'Moved to 14:40.', 'No longer affected: AWS eu-west-1.'],
  ])
})

test('changes that came without a word have places of their own, by our clock where the source gave none', () => {
  const silent = entry(2, 10, { update: null, text: '', saidAt: null, impact: 'major' })
  const entries = timeline(incident('aws-status/1', { entries: [silent, { ...first, impact: 'minor' }] }))
  expect(entries).toMatchObject([
    { key: 'u1', text: 'Words 1', isOurTime: false },
    { key: '#2', text: '', at: minutesAgo(9), isOurTime: true, changes: [{ kind: 'impact' }] },
  ])
})

test('the facts say whose clock the times are by', () => {
  const clockOf = (more: Partial<Incident>) => incidentFacts(incident('aws-status/1', more), when).at(-1)?.value
  const gone = entry(2, 5, { saidAt: null })
  expect(clockOf({})).toBe('the source’s')
  expect(clockOf({ status: 'resolved', entries: [gone, first] })).toBe('the source’s; the end is ours')
  expect(clockOf({ saidAt: null })).toBe('ours: the source gives no time')
})
