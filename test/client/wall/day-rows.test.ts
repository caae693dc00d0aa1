import { expect, test } from 'vitest'
import { dayLanes } from '../../../client/history/day-lanes.ts'
import { nobody } from '../../../client/stacks/standpoint.ts'
import { dayRows, hourMarks } from '../../../client/wall/day-rows.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { incident, minutesAgo, NOW, standpointOn, when } from '../builders.ts'

const ended = (id: string, more: Partial<Incident> = {}) =>
  incident(id, {
    status: 'resolved',
    impact: 'critical',
    startedAt: minutesAgo(300),
    updatedAt: minutesAgo(200),
    resolvedAt: minutesAgo(200),
    ...more,
  })
const rowsOf = (incidents: Incident[], { concern } = nobody) =>
  dayRows(dayLanes(incidents, [], { concern, now: NOW }, 7), { concern, now: NOW })

test('a lane tells of what goes on, and counts the others of its provider', () => {
  const [row, ...others] = rowsOf([ended('aws-status/over'), incident('aws-status/open'), ended('aws-status/older')])
  expect(others).toEqual([])
  expect(row?.lead.id).toBe('aws-status/open')
  expect(row?.more).toBe(2)
})

test('lanes with something open come first, then those of the stack, however bad the others were', () => {
  const incidents = [ended('azure-status/a'), ended('github-status/b'), incident('aws-status/c', { impact: 'minor' })]
  expect(rowsOf(incidents).map(({ lead }) => lead.provider)[0]).toBe('aws')
  const { concern } = standpointOn(['github'])
  expect(rowsOf(incidents, { ...nobody, concern }).map(({ lead }) => lead.provider)).toEqual(['aws', 'github', 'azure'])
})

test('the axis names hours of the zone that the wall is in', () => {
  const hour = 3_600_000
  const names = (zone: string, every: number) =>
    hourMarks(NOW - 12 * hour, NOW, every, { ...when, zone }).map(({ name }) => name)
  expect(names('UTC', 3)).toEqual(['03:00', '06:00', '09:00', '12:00'])
  expect(names('Europe/Berlin', 6)).toEqual(['06:00', '12:00'])
})
