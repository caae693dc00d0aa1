import { expect, test } from 'vitest'
import { alertKind, alertsBetween } from '../../../client/notifications/incident-alerts.ts'
import { nobody } from '../../../client/stacks/standpoint.ts'
import { incident, minutesAgo, standpointOn } from '../builders.ts'

const { reasonsOf: mine } = standpointOn(['aws/eu-west-1', 'azure/westeurope'])
const { reasonsOf: vendor } = standpointOn(['github'])
const here = (more = {}) => incident('aws-status/1', { regions: ['aws/eu-west-1'], impact: 'minor', ...more })

test('an incident that reaches one of my regions is told, once', () => {
  expect(alertKind(undefined, here(), mine)).toBe('opened')
  expect(alertKind(here(), here({ title: 'Now with more words' }), mine)).toBeNull()
  expect(alertKind(here({ regions: ['aws/us-east-1'] }), here(), mine)).toBe('opened')
})

test('an incident elsewhere, or that only may concern me as it names no place, is not told', () => {
  expect(alertKind(undefined, here({ regions: ['aws/us-east-1'] }), mine)).toBeNull()
  expect(alertKind(undefined, here({ regions: [], scope: 'unspecified' }), mine)).toBeNull()
  expect(alertKind(undefined, here(), nobody.reasonsOf)).toBeNull()
  expect(alertKind(undefined, here({ regions: [], scope: 'global' }), vendor)).toBeNull()
})

test('an incident of a whole provider is told to whom it likely concerns', () => {
  expect(alertKind(undefined, here({ regions: [], scope: 'global' }), mine)).toBe('opened')
})

test('a vendor’s trouble is told to whose stack has the vendor, and to no stack of regions alone', () => {
  const trouble = (more = {}) => incident('github-status/1', { scope: 'unspecified', impact: 'minor', ...more })
  expect(alertKind(undefined, trouble(), vendor)).toBe('opened')
  expect(alertKind(trouble(), trouble({ impact: 'major' }), vendor)).toBe('worsened')
  expect(alertKind(trouble(), trouble({ status: 'resolved' }), vendor)).toBe('resolved')
  expect(alertKind(undefined, trouble(), mine)).toBeNull()
})

test('what an incident says more exactly is no news, a further part of the stack is', () => {
  const { reasonsOf } = standpointOn(['aws/lambda@eu-west-1', 'aws/s3@eu-west-1'])
  const named = (...serviceIds: string[]) => here({ services: serviceIds, serviceIds })
  expect(alertKind(here(), named('aws/lambda', 'aws/s3'), reasonsOf)).toBeNull()
  expect(alertKind(named('aws/lambda'), named('aws/lambda', 'aws/s3'), reasonsOf)).toBe('worsened')
})

test('what has left my region is in trouble there no more', () => {
  const spell = { region: 'aws/eu-west-1', from: minutesAgo(30), to: minutesAgo(1) }
  const left = here({ regions: ['aws/us-east-1'], everRegions: [spell] })
  expect(alertKind(left, { ...left, impact: 'critical' }, mine)).toBeNull()
})

test('it is told again when it grows worse or spreads to a further region of mine, not when it gets better', () => {
  expect(alertKind(here(), here({ impact: 'critical' }), mine)).toBe('worsened')
  const { reasonsOf: both } = standpointOn(['aws/eu-west-1', 'aws/us-east-1'])
  expect(alertKind(here(), here({ regions: ['aws/eu-west-1', 'aws/us-east-1'] }), both)).toBe('worsened')
  expect(alertKind(here(), here({ regions: ['aws/eu-west-1', 'aws/us-east-1'] }), mine)).toBeNull()
  expect(alertKind(here({ impact: 'critical' }), here(), mine)).toBeNull()
})

test('its end is told to whom its trouble was', () => {
  expect(alertKind(here(), here({ status: 'resolved' }), mine)).toBe('resolved')
  expect(alertKind(undefined, here({ status: 'resolved' }), mine)).toBeNull()
  expect(alertKind(here({ regions: ['aws/us-east-1'] }), here({ status: 'resolved' }), mine)).toBeNull()
})

test('planned work and what harms nobody calls nobody', () => {
  expect(
    alertKind(undefined, here({ kind: 'maintenance', status: 'in_progress', impact: 'maintenance' }), mine),
  ).toBeNull()
  expect(alertKind(undefined, here({ impact: 'none' }), mine)).toBeNull()
})

test('of many changes at once each incident is told at most once, and what is the same record not at all', () => {
  const known = here()
  const fresh = incident('aws-status/2', { regions: ['aws/eu-west-1'], impact: 'major' })
  const after = new Map([known, fresh].map(one => [one.id, one]))
  expect(alertsBetween(new Map([[known.id, known]]), after, mine)).toEqual([{ kind: 'opened', incident: fresh }])
})
