import { describe, expect, test } from 'vitest'
import { severitySpans, statusesAt, worstByHour } from '../../../shared/domain/severity-spans.ts'
import { entry, incident, minutesAgo, NOON } from '../../support/builders.ts'

const MINUTE = 60_000
const inMinutes = (one: Parameters<typeof severitySpans>[0]) =>
  severitySpans(one, NOON).map(({ from, until, status, regions }) => [
    (from - NOON) / MINUTE,
    (until - NOON) / MINUTE,
    status,
    regions.join(),
  ])

const grown = incident('aws-status/1', {
  startedAt: minutesAgo(120),
  status: 'investigating',
  impact: 'critical',
  regions: ['aws/us-east-1', 'aws/us-west-2'],
  entries: [
    entry(3, 30, { impact: 'critical', regions: ['aws/us-east-1', 'aws/us-west-2'] }),
    entry(2, 60, { impact: 'critical' }),
    entry(1, 100, { impact: 'minor', regions: ['aws/us-east-1'] }),
  ],
})

describe('the spans of an incident', () => {
  test('follow its ledger from its start to now', () => {
    expect(inMinutes(grown)).toEqual([
      [-120, -60, 'degraded_performance', 'aws/us-east-1'],
      [-60, -30, 'major_outage', 'aws/us-east-1'],
      [-30, 0, 'major_outage', 'aws/us-east-1,aws/us-west-2'],
    ])
  })

  test('end when it ended', () => {
    const over = { ...grown, status: 'resolved' as const, resolvedAt: minutesAgo(10) }
    expect(inMinutes({ ...over, entries: [entry(4, 10, { status: 'resolved' }), ...grown.entries] }).at(-1)).toEqual([
      -30,
      -10,
      'major_outage',
      'aws/us-east-1,aws/us-west-2',
    ])
  })

  test('are one where only the newest words are known, or none', () => {
    const whole = [[-120, 0, 'major_outage', 'aws/us-east-1,aws/us-west-2']]
    expect(inMinutes({ ...grown, entries: grown.entries.slice(0, 1) })).toEqual(whole)
    expect(inMinutes({ ...grown, entries: [] })).toEqual(whole)
  })

  test('of planned maintenance lie ahead', () => {
    const planned = incident('azure-status/2', {
      kind: 'maintenance',
      status: 'scheduled',
      impact: 'maintenance',
      scheduledFor: minutesAgo(-60),
      scheduledUntil: minutesAgo(-180),
      regions: ['azure/westeurope'],
    })
    expect(inMinutes(planned)).toEqual([[60, 180, 'under_maintenance', 'azure/westeurope']])
  })
})

test('the worst of each hour', () => {
  const hours = worstByHour(severitySpans(grown, NOON), NOON)
  expect(hours).toHaveLength(24)
  expect(hours.slice(-3)).toEqual(['operational', 'degraded_performance', 'major_outage'])
})

test('what was said of regions at a time', () => {
  const at = (minutes: number) => Object.fromEntries(statusesAt([grown], NOON - minutes * MINUTE, NOON))
  expect(at(121)).toEqual({})
  expect(at(90)).toEqual({ 'aws/us-east-1': 'degraded_performance' })
  expect(at(10)).toEqual({ 'aws/us-east-1': 'major_outage', 'aws/us-west-2': 'major_outage' })
})
