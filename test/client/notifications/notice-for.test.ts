import { expect, test } from 'vitest'
import { noticeFor, noticesFor } from '../../../client/notifications/notification-for.ts'
import { incident } from '../builders.ts'

const mine = new Set(['aws/eu-west-1', 'azure/westeurope'])
const here = (more = {}) => incident('aws-status/1', { regions: ['aws/eu-west-1'], impact: 'minor', ...more })

test('an incident that reaches one of my regions is told, once', () => {
  expect(noticeFor(undefined, here(), mine)).toBe('opened')
  expect(noticeFor(here(), here({ title: 'Now with more words' }), mine)).toBeNull()
  expect(noticeFor(here({ regions: ['aws/us-east-1'] }), here(), mine)).toBe('opened')
})

test('an incident elsewhere, or that names no region, is not told', () => {
  expect(noticeFor(undefined, here({ regions: ['aws/us-east-1'] }), mine)).toBeNull()
  expect(noticeFor(undefined, here({ regions: [], scope: 'global' }), mine)).toBeNull()
  expect(noticeFor(undefined, here(), new Set())).toBeNull()
})

test('it is told again when it grows worse or spreads to a further region of mine, not when it gets better', () => {
  expect(noticeFor(here(), here({ impact: 'critical' }), mine)).toBe('worsened')
  expect(noticeFor(here(), here({ regions: ['aws/eu-west-1', 'azure/westeurope'] }), mine)).toBe('worsened')
  expect(noticeFor(here(), here({ regions: ['aws/eu-west-1', 'aws/us-east-1'] }), mine)).toBeNull()
  expect(noticeFor(here({ impact: 'critical' }), here(), mine)).toBeNull()
})

test('its end is told to whom its trouble was', () => {
  expect(noticeFor(here(), here({ status: 'resolved' }), mine)).toBe('resolved')
  expect(noticeFor(undefined, here({ status: 'resolved' }), mine)).toBeNull()
  expect(noticeFor(here({ regions: ['aws/us-east-1'] }), here({ status: 'resolved' }), mine)).toBeNull()
})

test('planned work and what harms nobody calls nobody', () => {
  expect(
    noticeFor(undefined, here({ kind: 'maintenance', status: 'in_progress', impact: 'maintenance' }), mine),
  ).toBeNull()
  expect(noticeFor(undefined, here({ impact: 'none' }), mine)).toBeNull()
})

test('of many changes at once each incident is told at most once, and what is the same record not at all', () => {
  const known = here()
  const fresh = incident('aws-status/2', { regions: ['aws/eu-west-1'], impact: 'major' })
  const after = new Map([known, fresh].map(one => [one.id, one]))
  expect(noticesFor(new Map([[known.id, known]]), after, mine)).toEqual([{ kind: 'opened', incident: fresh }])
})
