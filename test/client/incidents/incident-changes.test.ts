import { expect, test } from 'vitest'
import { changeText, timeline } from '../../../client/incidents/incident-changes.ts'
import { english } from '../../../client/words/languages.ts'
import { type Incident, type IncidentUpdate, MOST_STEPS, withStep } from '../../../shared/domain/incident.ts'
import { incident, minutesAgo, small } from '../builders.ts'

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
  const many = Array.from({ length: MOST_STEPS + 5 }, (_, i) => version([first], { services: [`s${i}`] }))
  const [start, ...later] = [version([first]), ...many]
  expect(start && later.reduce(withStep, start).steps).toHaveLength(MOST_STEPS)
})
