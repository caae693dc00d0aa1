import { expect, test } from 'vitest'
import {
  activeCounts,
  barWindow,
  countsText,
  endedText,
  incidentGroups,
  lastWords,
  mostUrgentFirst,
  splitByConcern,
  startText,
  whereText,
} from '../../../client/incidents/incidents.ts'
import { nobody } from '../../../client/stacks/standpoint.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { entry, incident, minutesAgo, NOW, small, standpointOn, when } from '../builders.ts'

test('incidents stand in three groups: now by urgency, ahead by time, over by lateness', () => {
  const groups = incidentGroups(
    [
      incident('aws-status/minor'),
      incident('aws-status/critical', { impact: 'critical' }),
      incident('aws-status/later', { status: 'scheduled', scheduledFor: minutesAgo(-600) }),
      incident('aws-status/soon', { status: 'scheduled', scheduledFor: minutesAgo(-60) }),
      incident('aws-status/long-over', { status: 'resolved', resolvedAt: minutesAgo(300) }),
      incident('aws-status/just-over', { status: 'completed', resolvedAt: minutesAgo(3) }),
    ],
    { concern: nobody.concern, now: NOW },
  )
  const names = (list: { id: string }[]) => list.map(one => one.id.slice('aws-status/'.length))
  expect(names(groups.active)).toEqual(['critical', 'minor'])
  expect(names(groups.scheduled)).toEqual(['soon', 'later'])
  expect(names(groups.ended)).toEqual(['just-over', 'long-over'])
})

test('where it happens is a place, a world, or the provider alone', () => {
  const at = (more: Parameters<typeof incident>[1]) => whereText(incident('aws-status/1', more), small, english)
  expect(at({ regions: ['aws/eu-west-1', 'aws/us-east-1'] })).toBe('AWS eu-west-1 and us-east-1')
  expect(at({ scope: 'global' })).toBe('AWS, worldwide')
  expect(at({ scope: 'unspecified' })).toBe('AWS')
  expect(at({ scope: 'global', isPrivate: true })).toBe('AWS, worldwide, your account')
  expect(at({ regions: ['aws/eu-west-1', 'aws/b', 'aws/c', 'aws/d', 'aws/e'] })).toBe('AWS eu-west-1, b, c and 2 more')
})

test('the last words are the newest update that says anything', () => {
  const entries = [entry(2, 1, { text: '' }), entry(1, 9, { text: 'We are looking into it.' })]
  expect(lastWords(incident('aws-status/1', { entries }))).toBe('We are looking into it.')
  expect(lastWords(incident('aws-status/1'))).toBe('')
})

test('an incident concerns regions in which it happens, and all of a provider that it affects as a whole', () => {
  const { concern } = standpointOn(['aws/eu-west-1'])
  expect(concern(incident('aws-status/1', { regions: ['aws/eu-west-1'] }))).toBe('concerns')
  expect(concern(incident('aws-status/2', { regions: ['aws/us-east-1'] }))).toBeNull()
  expect(concern(incident('aws-status/3', { scope: 'global' }))).toBe('concerns')
  expect(concern(incident('aws-status/3', { scope: 'unspecified' }))).toBe('may')
  expect(concern(incident('azure-status/4', { scope: 'global' }))).toBeNull()
})

test('a vendor’s incident is none of the reader’s regions, and counts as elsewhere', () => {
  const { concern } = standpointOn(['aws/eu-west-1'])
  const own = incident('aws-status/1', { regions: ['aws/eu-west-1'] })
  const vendors = incident('github-status/5', { scope: 'unspecified' })
  const unplaced = incident('aws-status/2', { scope: 'unspecified' })
  expect(splitByConcern([vendors, unplaced, own], concern)).toEqual({
    concerns: [own],
    may: [unplaced],
    elsewhere: [vendors],
  })
})

test('the order is: what concerns me first, then what may, worse first, newer first, and what has no news for days last', () => {
  const { concern } = standpointOn(['aws/eu-west-1'])
  const days = 24 * 60
  const all = [
    incident('github-status/old', { impact: 'critical', scope: 'unspecified', startedAt: minutesAgo(3 * days) }),
    incident('aws-status/faded', {
      impact: 'critical',
      regions: ['aws/eu-west-1'],
      updatedAt: minutesAgo(9 * days),
      fadesAfterMs: 1000,
    }),
    incident('github-status/new', { impact: 'critical', scope: 'unspecified', startedAt: minutesAgo(5) }),
    incident('aws-status/unplaced', { impact: 'minor', scope: 'unspecified' }),
    incident('aws-status/mine', { impact: 'minor', regions: ['aws/eu-west-1'] }),
    incident('aws-status/mine-worse', { impact: 'major', regions: ['aws/eu-west-1'] }),
    incident('azure-status/milder', { impact: 'minor', regions: ['azure/westeurope'], startedAt: minutesAgo(1) }),
  ]
  const order = (of: typeof concern) => all.toSorted(mostUrgentFirst({ concern: of, now: NOW })).map(({ id }) => id)
  expect(order(concern)).toEqual([
    'aws-status/mine-worse',
    'aws-status/mine',
    'aws-status/unplaced',
    'github-status/new',
    'github-status/old',
    'azure-status/milder',
    'aws-status/faded',
  ])
  expect(order(nobody.concern).slice(0, 3)).toEqual(['github-status/new', 'github-status/old', 'aws-status/mine-worse'])
  const ended = all.map(one => ({ ...one, status: 'resolved' as const, resolvedAt: one.startedAt }))
  const told = incidentGroups(ended, { concern, now: NOW }).ended.map(({ resolvedAt }) => resolvedAt ?? '')
  expect(told, 'what is over is told by when it ended, whomever it concerned').toEqual(told.toSorted().reverse())
})

test('maintenances are counted apart, as the figures count incidents alone', () => {
  const active = [incident('aws-status/1'), incident('aws-status/2', { kind: 'maintenance', status: 'in_progress' })]
  expect(english.incidents.count(activeCounts(active))).toBe('1 and 1 maintenance')
  expect(english.incidents.count(activeCounts([]))).toBe('0')
})

test('beside the heading it is said why incidents and regions differ in number', () => {
  const active = [incident('aws-status/1', { regions: ['aws/eu-west-1'] }), incident('github-status/2')]
  expect(countsText(active, 5, english)).toBe('2 · 5 regions affected · 1 names no region')
  expect(countsText(active.slice(0, 1), 1, english)).toBe('1 · 1 region affected')
  expect(countsText(active, null, english)).toBe('2')
  expect(countsText([], 3, english)).toBe('')
})

test('bars of a list have one window, of an hour at least and six at most', () => {
  const hour = 3_600_000
  expect(barWindow([], NOW)).toEqual({ from: NOW - hour, until: NOW })
  expect(barWindow([incident('aws-status/1', { startedAt: minutesAgo(180) })], NOW).from).toBe(NOW - 3 * hour)
  expect(barWindow([incident('aws-status/1', { startedAt: minutesAgo(9000) })], NOW).from).toBe(NOW - 6 * hour)
})

test('an incident without dates says when it was first read, not since when it lasts', () => {
  expect(startText(incident('aws-status/1'), when)).toBe('since 14:02 (38 min)')
  expect(startText(incident('aws-status/1', { saidAt: null }), when)).toBe('first read 14:02')
  const scheduledFor = minutesAgo(10)
  expect(startText(incident('aws-status/1', { saidAt: null, scheduledFor }), when)).toBe('since 14:30 (10 min)')
})

test('an end says how long it took, and where the source gives one time or none, only when it was over', () => {
  const ended = { status: 'resolved', resolvedAt: minutesAgo(10) } as const
  expect(endedText(incident('aws-status/1', ended), when)).toBe('resolved after 28 min, 10 min ago')
  expect(endedText(incident('aws-status/1', { ...ended, startedAt: minutesAgo(10) }), when)).toBe('resolved by 14:30')
  expect(endedText(incident('aws-status/1', { ...ended, startedAt: minutesAgo(5) }), when)).toBe('resolved by 14:30')
})
