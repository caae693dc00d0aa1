import { expect, test } from 'vitest'
import { sharedIncident } from '../../../client/incidents/incident-share.ts'
import { sharedRegion } from '../../../client/regions/region-share.ts'
import { chatText } from '../../../client/share/shared.ts'
import { entry, incident, minutesAgo, NOON, region } from '../../support/builders.ts'
import { provider, when } from '../builders.ts'

const east = region('aws/us-east-1', { name: 'US East (N. Virginia)' })
const catalogue = { providers: new Map([['aws', provider('aws', 'AWS')]]), regions: new Map([[east.id, east]]) }
const here = { ...when, now: NOON, zone: 'Asia/Tokyo' }
const errors = incident('aws-status/a', {
  provider: 'aws',
  title: 'Increased error rates',
  regions: [east.id],
  impact: 'major',
  startedAt: minutesAgo(38),
  entries: [entry(1, 1, { text: 'We have found the cause.' })],
})

test('an incident is one line of plain text, by the clock that all share', () => {
  const shared = sharedIncident(errors, catalogue, here)
  expect(chatText(shared, 'https://n.example')).toBe(
    'AWS us-east-1: partial outage since 11:22 UTC. Increased error rates. We have found the cause. https://n.example/incident/aws-status/a',
  )
  expect(shared.title).toBe('AWS us-east-1: Increased error rates')
})

test('one that is over or planned says when, and long words are cut between two', () => {
  const over = { ...errors, status: 'resolved' as const, resolvedAt: minutesAgo(5), entries: [] }
  expect(sharedIncident(over, catalogue, here).text).toBe('AWS us-east-1: resolved 11:55 UTC. Increased error rates.')
  const planned = { ...over, kind: 'maintenance' as const, status: 'scheduled' as const, scheduledFor: minutesAgo(-60) }
  expect(sharedIncident(planned, catalogue, here).text).toMatch(/^AWS us-east-1: scheduled, begins 13:00 UTC\. /)
  const long = { ...errors, entries: [entry(1, 1, { text: `It takes ${'very '.repeat(90)}long.` })] }
  expect(sharedIncident(long, catalogue, here).text).toMatch(/very…$/)
})

test('a region is told with what goes on there, and as unknown where nothing is known', () => {
  const status = {
    region: east.id,
    status: 'partial_outage' as const,
    since: minutesAgo(38),
    incidents: [],
    services: [],
    serviceCount: 0,
    whole: null,
    freshness: 'live' as const,
    lastKnown: null,
  }
  const tell = (isStale: boolean) =>
    sharedRegion(east, status, ['Increased error rates'], catalogue, { isStale, since: isStale ? NOON : null }, here)
  expect(tell(false)).toEqual({
    title: 'AWS us-east-1',
    text: 'AWS us-east-1: partial outage since 11:22 UTC. Increased error rates.',
    path: '/region/aws/us-east-1',
  })
  expect(tell(true).text).toBe('AWS us-east-1: unknown, last known: partial outage, 12:00 UTC. Increased error rates.')
})
