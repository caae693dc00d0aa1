import { expect, test } from 'vitest'
import { changeText, joinVersions, timeline } from '../../../client/state/incident-changes.ts'
import { english } from '../../../client/words/languages.ts'
import type { Incident, IncidentUpdate } from '../../../shared/domain/incident.ts'
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

const told = (record: Incident, versions: Incident[]) =>
  timeline(record, versions).map(({ text, changes }) => [
    text,
    ...changes.map(change => changeText(change, small, english)),
  ])

test('updates stand oldest first, each with how the status changed', () => {
  expect(told(version([third, second, first]), [])).toEqual([
    ['Word 1.'],
    ['Word 2.', 'Status changed from investigating to identified.'],
    ['Word 3.'],
  ])
})

test('what the records say of places, services and impact stands with the update that came with it', () => {
  const versions = [
    version([first], { impact: 'minor', regions: ['aws/eu-west-1'], services: ['EC2'] }),
    version([second, first], { impact: 'critical', regions: ['aws/eu-west-1', 'aws/us-east-1'], services: ['S3'] }),
    version([third, second, first], { impact: 'critical', regions: ['aws/us-east-1'], services: ['S3'] }),
  ]
  expect(told(version([third, second, first]), versions)).toEqual([
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

test('a change that came without a word has a place of its own', () => {
  const before = version([first], { impact: 'minor' })
  const after = version([first], { impact: 'major', status: 'identified', updatedAt: minutesAgo(10) })
  expect(told(after, [before, after])).toEqual([
    ['Word 1.'],
    ['', 'Status changed from investigating to identified.', 'Impact changed from minor to major.'],
  ])
})

test('the same version twice changes nothing, and what both have told is not told again', () => {
  const old = version([first])
  const now = version([second, first], { impact: 'critical' })
  const newest = version([third, second, first])
  expect(told(now, [now, now])).toEqual(told(now, []))
  expect(joinVersions([old, now], [old, now, newest])).toEqual([old, now, newest])
  expect(joinVersions([], [now])).toEqual([now])
})
