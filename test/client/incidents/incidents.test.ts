import { expect, test } from 'vitest'
import { concerns, incidentGroups, lastWords, placedProviders, whereText } from '../../../client/incidents/incidents.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { entry, incident, minutesAgo, small } from '../builders.ts'

test('incidents stand in three groups: now by urgency, ahead by time, over by lateness', () => {
  const groups = incidentGroups([
    incident('aws-status/minor'),
    incident('aws-status/critical', { impact: 'critical' }),
    incident('aws-status/later', { status: 'scheduled', scheduledFor: minutesAgo(-600) }),
    incident('aws-status/soon', { status: 'scheduled', scheduledFor: minutesAgo(-60) }),
    incident('aws-status/long-over', { status: 'resolved', resolvedAt: minutesAgo(300) }),
    incident('aws-status/just-over', { status: 'completed', resolvedAt: minutesAgo(3) }),
  ])
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
  expect(at({ regions: ['aws/eu-west-1', 'aws/b', 'aws/c', 'aws/d', 'aws/e'] })).toBe('AWS eu-west-1, b, c and 2 more')
})

test('the last words are the newest update that says anything', () => {
  const entries = [entry(2, 1, { text: '' }), entry(1, 9, { text: 'We are looking into it.' })]
  expect(lastWords(incident('aws-status/1', { entries }))).toBe('We are looking into it.')
  expect(lastWords(incident('aws-status/1'))).toBe('')
})

test('an incident concerns whoever runs where it happens, and one of a provider without regions everybody', () => {
  const mine = new Set(['aws/eu-west-1'])
  const placed = placedProviders(small)
  expect(concerns(incident('aws-status/1', { regions: ['aws/eu-west-1'] }), mine, placed)).toBe(true)
  expect(concerns(incident('aws-status/2', { regions: ['aws/us-east-1'] }), mine, placed)).toBe(false)
  expect(concerns(incident('aws-status/3', { scope: 'global' }), mine, placed)).toBe(true)
  expect(concerns(incident('azure-status/4', { scope: 'global' }), mine, placed)).toBe(false)
  expect(concerns(incident('github-status/5'), mine, placed)).toBe(true)
})
