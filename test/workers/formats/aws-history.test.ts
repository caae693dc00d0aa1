import { expect, test } from 'vitest'
import { awsHistory } from '../../../workers/formats/aws-history.ts'
import type { ReadIncident } from '../../../workers/formats/reader.ts'
import { NOON } from '../../support/builders.ts'
import { places, read, readingIn } from './reading.ts'

const source = {
  id: 'aws-status',
  name: 'AWS',
  kind: 'aws-events' as const,
  url: 'https://health.aws.amazon.com/public/currentevents',
  provider: 'aws',
  everyMs: 60_000,
  topics: [],
}
const history = (events: unknown, encoding: 'utf8' | 'utf16le' = 'utf8') =>
  awsHistory.read(
    { body: Buffer.from(`\uFEFF${JSON.stringify(events)}`, encoding), contentType: null },
    { source, places, now: NOON },
  )
const past = (events: unknown): ReadIncident[] => {
  const found = history(events)
  if (!found.ok) throw new Error(found.error)
  return found.value
}

const log = [
  { summary: 'Slow lamps', message: 'We look into <b>slow</b> lamps.', status: 2, timestamp: 1_795_500_000 },
  { summary: '[RESOLVED] Slow lamps', message: 'All is well.', status: 0, timestamp: 1_795_503_600 },
]
const event = {
  service: 'LAMPS',
  region: 'eu-west-1',
  typeCode: 'AWS_LAMPS_OPERATIONAL_ISSUE',
  startTime: 1_795_500_000_000,
  endTime: 1_795_503_600_000,
  lastUpdatedTime: 1_795_503_700_123,
  metadata: { EVENT_LOG: JSON.stringify(log) },
}

test('an event of the history has its times, its log and how bad it was', () =>
  expect(past([event])).toMatchObject([
    {
      title: 'Slow lamps',
      status: 'resolved',
      impact: 'major',
      scope: 'regional',
      regions: ['aws/eu-west-1'],
      services: ['LAMPS'],
      startedAt: '2026-11-24T06:00:00.000Z',
      resolvedAt: '2026-11-24T07:00:00.000Z',
      updates: [
        { status: 'resolved', text: 'All is well.' },
        { status: 'investigating', text: 'We look into slow lamps.' },
      ],
    },
  ]))

test.each([
  ['a log that is a list', { metadata: { EVENT_LOG: log } }, { title: 'Slow lamps' }],
  ['no log', { metadata: {}, service_name: 'Lamps' }, { title: 'Lamps', updates: [] }],
  ['services', { impacted_services: { a: { service_name: 'B' }, b: { service_name: 'A' } } }, { services: ['A', 'B'] }],
  ['no region', { region: 'global' }, { scope: 'global', regions: [] }],
  ['all services', { service: 'MULTIPLE_SERVICES' }, { services: [] }],
  ['an ARN', { arn: 'arn-1' }, { id: 'aws-status/arn-1' }],
])('it may have %s', (_, more, expected) => expect(past([{ ...event, ...more }])).toMatchObject([expected]))

test.each([
  ['is still open', { endTime: undefined }],
  ['has no start', { startTime: 'soon' }],
  ['ends before it begins', { endTime: 1 }],
  ['has no words', { metadata: { EVENT_LOG: '{' }, service_name: '' }],
])('one that %s is left out', (_, more) => expect(past([{ ...event, ...more }, event])).toHaveLength(1))

test('the history is read in UTF-16, and what is no list fails', () => {
  expect(history([event], 'utf16le').ok).toBe(true)
  expect(history({}).ok).toBe(false)
})

test('it adds what the current events do not list', async () => {
  const current = [
    {
      arn: 'arn:aws:health:eu-west-1::event/LAMPS/X/X_1',
      date: '1795500000',
      status: '0',
      service: 'lamps-eu-west-1',
      summary: '[RESOLVED] Slow lamps',
      event_log: [],
    },
  ]
  const { incidents } = readingIn(await read('aws-events', JSON.stringify(current), { provider: 'aws' }))
  const other = { ...event, region: 'us-east-1' }
  expect(awsHistory.beside(past([event, other]), incidents)).toMatchObject([{ regions: ['aws/us-east-1'] }])
})

test('its address is beside that of the current events', () => {
  expect(awsHistory.address(source.url)).toBe('https://health.aws.amazon.com/public/events')
  expect(awsHistory.address('https://example.com/events.json')).toBeNull()
})

test('an event keeps 240 services', async () => {
  const impacted = Object.fromEntries(
    Array.from({ length: 240 }, (_, n) => [`s${n}`, { service_name: `Service ${n}`, current: '2', max: '2' }]),
  )
  const body = [
    {
      arn: 'arn:aws:health:me-central-1::event/MULTIPLE_SERVICES/X/X_1',
      date: '1795500000',
      status: '3',
      service: 'multipleservices-me-central-1',
      summary: 'Loss of power',
      event_log: [],
      impacted_services: impacted,
    },
  ]
  const { incidents } = readingIn(await read('aws-events', JSON.stringify(body), { provider: 'aws' }))
  expect(incidents[0]?.services).toHaveLength(240)
})
