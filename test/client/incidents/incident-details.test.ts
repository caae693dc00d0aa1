import { expect, test } from 'vitest'
import { endedDays } from '../../../client/incidents/incident-archive.svelte.ts'
import {
  changeText,
  incidentFacts,
  incidentHead,
  neighbours,
  timeline,
} from '../../../client/incidents/incident-details.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { type Incident, type IncidentUpdate, MAX_STEPS, withStep } from '../../../shared/domain/incident.ts'
import { incident, minutesAgo, small, when } from '../builders.ts'

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

const update = (id: string, minutes: number, status: IncidentUpdate['status']): IncidentUpdate => ({
  id,
  at: minutesAgo(minutes),
  status,
  text: `Word ${id}.`,
})
const first = update('1', 38, 'investigating')
const second = update('2', 20, 'identified')
const third = update('3', 5, 'identified')
const version = (updates: IncidentUpdate[], more: Partial<Incident> = {}) =>
  incident('aws-status/1', { updates, updatedAt: updates[0]?.at ?? minutesAgo(38), ...more })

/** The last of an incident's versions as it is stored after all of them were read, and what its page tells. */
const told = (...versions: [Incident, ...Incident[]]) => {
  const [first, ...later] = versions
  const stored = later.reduce(withStep, first)
  return timeline(stored).map(({ text, changes }) => [
    text,
    ...changes.map(change => changeText(change, small, english)),
  ])
}

test('updates stand oldest first, each with how the status changed', () => {
  expect(told(version([third, second, first]))).toEqual([
    ['Word 1.'],
    ['Word 2.', 'Status changed from investigating to identified.'],
    ['Word 3.'],
  ])
})

test('what the records say of places, services and impact stands with the update that came with it', () => {
  expect(
    told(
      version([first], { impact: 'minor', regions: ['aws/eu-west-1'], services: ['EC2'] }),
      version([second, first], {
        status: 'identified',
        impact: 'critical',
        regions: ['aws/eu-west-1', 'aws/us-east-1'],
        services: ['S3'],
      }),
      version([third, second, first], {
        status: 'identified',
        impact: 'critical',
        regions: ['aws/us-east-1'],
        services: ['S3'],
      }),
    ),
  ).toEqual([
    ['Word 1.'],
    [
      'Word 2.',
      'Status changed from investigating to identified.',
      'Impact changed from minor to critical.',
      'Affected from now on: AWS us-east-1.',
      'Services affected from now on: S3.',
      'Services no longer affected: EC2.',
    ],
    ['Word 3.', 'No longer affected: AWS eu-west-1.'],
  ])
})

test('changes that came without a word have places of their own', () => {
  const before = version([first], { impact: 'minor' })
  const after = version([first], { impact: 'major', status: 'identified', updatedAt: minutesAgo(10) })
  const again = { ...after, impact: 'critical' as const }
  expect(told(before, after, again)).toEqual([
    ['Word 1.'],
    ['', 'Status changed from investigating to identified.', 'Impact changed from minor to major.'],
    ['', 'Impact changed from major to critical.'],
  ])
  expect(new Set(timeline([after, again].reduce(withStep, before)).map(({ key }) => key)).size).toBe(3)
})

test('the same version twice changes nothing, and only the newest steps are kept', () => {
  expect(told(version([first]), version([first]))).toEqual(told(version([first])))
  const many = Array.from({ length: MAX_STEPS + 5 }, (_, i) => version([first], { services: [`s${i}`] }))
  const [start, ...later] = [version([first]), ...many]
  expect(start && later.reduce(withStep, start).steps).toHaveLength(MAX_STEPS)
})
