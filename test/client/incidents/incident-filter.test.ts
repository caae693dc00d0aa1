import { expect, test } from 'vitest'
import {
  channelOf,
  hasFilter,
  type IncidentFilter,
  parseFilter,
  passesFilter,
} from '../../../client/incidents/incident-filter.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { incident, small, standpointOn } from '../builders.ts'

const read = (query: string) => parseFilter(new URLSearchParams(query))
const any = read('')
const { concern } = standpointOn(['aws/eu-west-1'])
const one = incident('aws-status/1', { regions: ['aws/us-east-1'], services: ['Amazon S3'], impact: 'major' })
const passes = (filter: Partial<IncidentFilter>, record = one) =>
  passesFilter(record, { ...any, ...filter }, { catalogue: small, concern, words: english })

test('the address is read, and what is none of ours asks for nothing', () => {
  expect(read('provider=aws&region=aws/us-east-1&kind=incident&severity=major_outage&text=s3&mine=1')).toEqual({
    provider: 'aws',
    region: 'aws/us-east-1',
    kind: 'incident',
    severity: 'major_outage',
    text: 's3',
    mine: true,
  })
  expect(read('provider=A%20b&region=x&kind=constructor&severity=unknown&mine=yes')).toEqual(any)
  expect(read(`text=${'x'.repeat(5000)}`).text).toHaveLength(100)
  expect([hasFilter(any), hasFilter(read('mine=1'))]).toEqual([false, true])
})

test('provider, region and kind are those of the incident', () => {
  expect([passes({ provider: 'aws' }), passes({ provider: 'azure' })]).toEqual([true, false])
  expect([passes({ region: 'aws/us-east-1' }), passes({ region: 'aws/eu-west-1' })]).toEqual([true, false])
  expect([passes({ kind: 'incident' }), passes({ kind: 'maintenance' })]).toEqual([true, false])
})

test('a region that has left the incident still finds it', () => {
  const spell = { from: '2026-11-24T14:00:00.000Z', to: '2026-11-24T14:10:00.000Z' }
  const left = { ...one, everRegions: [{ region: 'aws/eu-west-1', ...spell }] }
  expect(passes({ region: 'aws/eu-west-1' }, left)).toBe(true)
})

test('severity takes what is as bad or worse', () => {
  expect(passes({ severity: 'degraded_performance' })).toBe(true)
  expect(passes({ severity: 'partial_outage' })).toBe(true)
  expect(passes({ severity: 'major_outage' })).toBe(false)
})

test('each word of the text stands in title, place or service', () => {
  expect(passes({ text: '  OBJECTS s3 us-east ' })).toBe(true)
  expect(passes({ text: 'objects azure' })).toBe(false)
})

test('mine is what concerns my stack, or may: what names one of my regions, or their provider as a whole', () => {
  expect(passes({ mine: true })).toBe(false)
  expect(passes({ mine: true }, incident('aws-status/2', { regions: ['aws/eu-west-1'] }))).toBe(true)
  expect(passes({ mine: true }, incident('aws-status/3', { scope: 'global' }))).toBe(true)
  expect(passes({ mine: true }, incident('azure-status/3', { scope: 'global' }))).toBe(false)
})

test('the feed that is offered is the narrowest that carries what passes', () => {
  const channel = (query: string, stack: string | null = null) =>
    channelOf(parseFilter(new URLSearchParams(query)), stack)
  expect(channel('')).toBe('status')
  expect(channel('', 'shop')).toBe('stack/shop')
  expect(channel('provider=aws', 'shop')).toBe('provider/aws')
  expect(channel('provider=aws&region=aws/us-east-1')).toBe('region/aws/us-east-1')
})
