import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ChannelParts,
  channelsOfArticle,
  channelsOfIncident,
  formatChannel,
  parseChannel,
  reaches,
  reachOf,
} from '../../../shared/domain/channels.ts'
import { article, incident } from '../../support/builders.ts'

const slug = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const parts: fc.Arbitrary<ChannelParts> = fc.oneof(
  fc.constantFrom(...(['all', 'status', 'news', 'notices', 'sources', 'audit'] as const)).map(kind => ({ kind })),
  slug.map(provider => ({ kind: 'provider' as const, provider })),
  slug.map(vendor => ({ kind: 'vendor' as const, vendor })),
  slug.map(stack => ({ kind: 'stack' as const, stack })),
  fc.tuple(slug, slug).map(([p, c]) => ({ kind: 'region' as const, region: `${p}/${c}` })),
  fc.tuple(slug, slug).map(([p, s]) => ({ kind: 'service' as const, service: `${p}/${s}` })),
  fc
    .tuple(slug, slug, slug)
    .map(([p, c, s]) => ({ kind: 'regionService' as const, region: `${p}/${c}`, service: `${p}/${s}` })),
  fc
    .tuple(fc.constantFrom(...letters), fc.constantFrom(...letters))
    .map(([a, b]) => ({ kind: 'country' as const, country: a + b })),
  slug.map(topic => ({ kind: 'topic' as const, topic })),
  fc
    .tuple(slug, fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,30}$/))
    .map(([s, id]) => ({ kind: 'incident' as const, incident: `${s}/${id}` })),
)

test('every channel that can be formatted is parsed back to the same parts', () => {
  fc.assert(
    fc.property(parts, given => {
      expect(parseChannel(formatChannel(given))).toEqual({ ok: true, value: given })
    }),
  )
})

test('every text that parses is formatted back to itself', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), parts.map(formatChannel)), text => {
      const parsed = parseChannel(text)
      if (parsed.ok) expect(formatChannel(parsed.value)).toBe(text)
    }),
  )
})

test.each([
  '',
  'All',
  'region/azure',
  'region/azure/west europe',
  'country/NL',
  'country/nld',
  'topic/',
  '@caught-up',
  'all\n',
  'incident/x/../y/z',
  'service/aws',
  'service/aws/Lambda',
  'region/aws/us-east-1/lambda/x',
  'region/aws/us-east-1/',
  'stack/',
])('%j is no channel, and the answer says what one looks like', text => {
  const parsed = parseChannel(text)
  expect(parsed).toMatchObject({ ok: false })
  expect(!parsed.ok && parsed.error).toContain('region/<provider>/<code>')
})

test('an incident belongs to its provider, regions, their countries and itself, each once', () => {
  const two = incident('azure-status/x', { regions: ['azure/westeurope', 'azure/other'] })
  expect(channelsOfIncident(two, () => 'NL')).toEqual([
    'all',
    'status',
    'provider/azure',
    'vendor/azure',
    'region/azure/westeurope',
    'region/azure/other',
    'country/nl',
    'incident/azure-status/x',
  ])
})

test('an article belongs to the countries of its regions and to those that it names, each once', () => {
  const news = article('blog/x', { regions: ['azure/westeurope'], countries: ['DE', 'NL'] })
  expect(channelsOfArticle(news, () => 'NL')).toEqual([
    'all',
    'news',
    'provider/azure',
    'vendor/azure',
    'topic/cloud',
    'region/azure/westeurope',
    'country/de',
    'country/nl',
  ])
})

test('an incident belongs to the services that it names, and to those that it named', () => {
  const two = incident('aws-status/x', {
    provider: 'aws',
    regions: [],
    serviceIds: ['aws/lambda'],
    everServiceIds: ['aws/lambda', 'aws/sqs'],
  })
  expect(channelsOfIncident(two, () => 'US')).toEqual(
    expect.arrayContaining(['service/aws/lambda', 'service/aws/sqs', 'vendor/aws']),
  )
})

test('an article belongs to the services that it names', () => {
  const news = article('blog/x', { serviceIds: ['azure/aks'] })
  expect(channelsOfArticle(news, () => undefined)).toContain('service/azure/aks')
})

test('an incident reaches whoever follows one of its services in one of its regions', () => {
  const channels = channelsOfIncident(
    incident('aws-status/x', {
      provider: 'aws',
      regions: ['aws/us-east-1', 'aws/eu-west-1'],
      serviceIds: ['aws/lambda', 'aws/sqs'],
    }),
    () => 'US',
  )
  expect(channels).not.toContain('region/aws/us-east-1/lambda')
  expect([...reachOf(channels)].slice(channels.length)).toEqual([
    'region/aws/us-east-1/lambda',
    'region/aws/us-east-1/sqs',
    'region/aws/eu-west-1/lambda',
    'region/aws/eu-west-1/sqs',
  ])
  expect(reaches(channels, new Set(['region/aws/eu-west-1/sqs']))).toBe(true)
  expect(reaches(channels, new Set(['region/aws/eu-west-1/s3', 'region/aws/eu-north-1/sqs']))).toBe(false)
})

test("a service does not reach into another provider's region", () => {
  expect([...reachOf(['region/azure/westeurope', 'service/aws/lambda'])]).toHaveLength(2)
})

test('an event has the channels of at most 200 services', () => {
  const serviceIds = Array.from({ length: 200 }, (_, n) => `aws/s${n}`)
  const everServiceIds = Array.from({ length: 300 }, (_, n) => `aws/s${n}`)
  const channels = channelsOfIncident(incident('aws-status/x', { serviceIds, everServiceIds }), () => undefined)
  expect(channels.filter(channel => channel.startsWith('service/'))).toHaveLength(200)
})
