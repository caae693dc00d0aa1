import { expect, test } from 'vitest'
import { alertKind, alertsBetween } from '../../../client/notifications/incident-alerts.ts'
import { incident } from '../builders.ts'

const mine = new Set(['aws/eu-west-1', 'azure/westeurope'])
const here = (more = {}) => incident('aws-status/1', { regions: ['aws/eu-west-1'], impact: 'minor', ...more })

test('an incident that reaches one of my regions is told, once', () => {
  expect(alertKind(undefined, here(), mine)).toBe('opened')
  expect(alertKind(here(), here({ title: 'Now with more words' }), mine)).toBeNull()
  expect(alertKind(here({ regions: ['aws/us-east-1'] }), here(), mine)).toBe('opened')
})

test('an incident elsewhere, or that names no region, is not told', () => {
  expect(alertKind(undefined, here({ regions: ['aws/us-east-1'] }), mine)).toBeNull()
  expect(alertKind(undefined, here({ regions: [], scope: 'global' }), mine)).toBeNull()
  expect(alertKind(undefined, here(), new Set())).toBeNull()
})

test('it is told again when it grows worse or spreads to a further region of mine, not when it gets better', () => {
  expect(alertKind(here(), here({ impact: 'critical' }), mine)).toBe('worsened')
  expect(alertKind(here(), here({ regions: ['aws/eu-west-1', 'azure/westeurope'] }), mine)).toBe('worsened')
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
