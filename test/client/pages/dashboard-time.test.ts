import { expect, test } from 'vitest'
import { statusesOfTime } from '../../../client/pages/dashboard-time.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { incident, minutesAgo, NOW, status, statusesOf } from '../builders.ts'

const present = statusesOf(status('aws/us-east-1', { status: 'major_outage' }), status('aws/eu-west-1'))
const bad = incident('aws-status/1', { regions: ['aws/us-east-1'], impact: 'critical', startedAt: minutesAgo(90) })
const hours = (cell: Status) => ({ cellsOf: () => Array<Status>(24).fill(cell) })
const at = (minutes: number, cell: Status = 'operational') =>
  Object.fromEntries(
    [...statusesOfTime(present, [bad], hours(cell), NOW - minutes * 60_000, NOW)].map(([id, one]) => [id, one.status]),
  )

test('the globe of a past time shows what incidents said then', () => {
  expect(at(60)).toEqual({ 'aws/us-east-1': 'major_outage', 'aws/eu-west-1': 'operational' })
  expect(at(120)).toEqual({ 'aws/us-east-1': 'operational', 'aws/eu-west-1': 'operational' })
})

test('in hours in which nobody looked, what no incident tells of is unknown', () => {
  expect(at(60, 'unknown')).toEqual({ 'aws/us-east-1': 'major_outage', 'aws/eu-west-1': 'unknown' })
})
