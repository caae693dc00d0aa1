import { expect, test } from 'vitest'
import { keyFigures } from '../../../client/incidents/key-figures.ts'
import { nobody } from '../../../client/stacks/standpoint.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import { entry, incident, minutesAgo, small, standpointOn, status, statusesOf, when } from '../builders.ts'

const quiet = statusesOf(status('azure/westeurope'), status('aws/eu-west-1'), status('aws/us-east-1'))
const told = (incidents: Incident[], { standpoint = nobody, statuses = quiet, isBlind = false } = {}) =>
  Object.fromEntries(
    keyFigures(
      { catalogue: small, statuses, incidents: new Map(incidents.map(one => [one.id, one])), standpoint, isBlind },
      when,
    ).map(({ label, value, note }) => [label, note === null ? value : `${value} (${note})`]),
  )

const past = incident('aws-status/past', {
  regions: ['aws/us-east-1'],
  impact: 'critical',
  status: 'resolved',
  startedAt: minutesAgo(400),
  resolvedAt: minutesAgo(192),
  updatedAt: minutesAgo(192),
})
const open = incident('azure-status/open', {
  regions: ['azure/westeurope'],
  impact: 'minor',
  entries: [entry(2, 10), entry(1, 38)],
})
const planned = incident('aws-status/planned', {
  kind: 'maintenance',
  status: 'scheduled',
  regions: ['aws/eu-west-1'],
  scheduledFor: minutesAgo(-120),
  scheduledUntil: minutesAgo(-180),
})

test('the figures are those that matter, each with what it is about', () => {
  expect(told([past, open, planned])).toEqual({
    'since last major outage': '3 h 12 min',
    'longest open': '38 min (Azure West Europe)',
    'changes today': '2',
    'next maintenance': 'in 2 h (AWS eu-west-1)',
    'read just now': '100% (of all 3 regions)',
  })
})

test('with a stack they follow it, and the share of what was read stays that of all', () => {
  expect(told([past, open, planned], { standpoint: standpointOn(['azure/westeurope']) })).toEqual({
    'since last major outage': 'none (on record since 08:00)',
    'longest open': '38 min (Azure West Europe)',
    'changes today': '2',
    'next maintenance': 'none told',
    'read just now': '100% (of all 3 regions)',
  })
})

test('a major outage that goes on is now, also where only a region’s state tells of it', () => {
  const statuses = statusesOf(status('azure/westeurope', { status: 'major_outage' }))
  expect(told([past], { statuses })['since last major outage']).toBe('now (Azure West Europe)')
  expect(told([incident('aws-status/1', { impact: 'critical' })])['since last major outage']).toBe('now (AWS)')
})

test('what is unknown is not told as none', () => {
  expect(told([])['since last major outage']).toBeNull()
  expect(told([past, open], { isBlind: true })).toMatchObject({
    'since last major outage': null,
    'longest open': null,
    'changes today': null,
    'read just now': '0% (of all 3 regions)',
  })
})
