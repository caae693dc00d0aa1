import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ChannelParts,
  channelsOfArticle,
  channelsOfIncident,
  formatChannel,
  parseChannel,
} from '../../../shared/domain/channels.ts'
import { article, incident } from '../../support/builders.ts'

const slug = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const parts: fc.Arbitrary<ChannelParts> = fc.oneof(
  fc.constantFrom(...(['all', 'status', 'news', 'notices', 'sources'] as const)).map(kind => ({ kind })),
  slug.map(provider => ({ kind: 'provider' as const, provider })),
  fc.tuple(slug, slug).map(([p, c]) => ({ kind: 'region' as const, region: `${p}/${c}` })),
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
    'topic/cloud',
    'region/azure/westeurope',
    'country/de',
    'country/nl',
  ])
})
