import { expect, test } from 'vitest'
import { compareFacts } from '../../../client/near/region-filter.ts'
import { firstBytes } from '../../../client/near/round-trip.ts'
import { regionNews } from '../../../client/news/news-filter.ts'
import { type ProviderInput, providerCount, providerHeadline } from '../../../client/providers/provider-headline.ts'
import { probeRows } from '../../../client/regions/probes.ts'
import { component, probe, region } from '../../support/builders.ts'
import { article, incident, minutesAgo, NOW, small, source, status, statusesOf, when } from '../builders.ts'

const of = (provider: string, more: Partial<ProviderInput> = {}) =>
  providerHeadline(
    {
      provider,
      catalogue: small,
      statuses: statusesOf(status('aws/eu-west-1'), status('azure/westeurope', { status: 'major_outage' })),
      incidents: [],
      components: [],
      sources: [source(`${provider}-status`)],
      staleness: { isStale: false, since: null },
      ...more,
    },
    when,
  )

test('a provider is told by its own regions, and by nobody else’s', () => {
  expect(of('azure')).toEqual({
    status: 'major_outage',
    text: 'Azure West Europe is in major outage.',
    detail: 'Azure West Europe: major outage since 04:40 (10 h)',
  })
  expect(of('aws').status).toBe('operational')
})

test('a provider without regions is told by its parts and incidents', () => {
  expect(of('github')).toEqual({ status: 'operational', text: 'GitHub: operational.', detail: null })
  const parts = [component('github-status/a', { provider: 'github', status: 'partial_outage' })]
  expect(of('github', { components: parts })).toEqual({
    status: 'partial_outage',
    text: 'GitHub: partial outage.',
    detail: null,
  })
})

test('silence is never health', () => {
  const silent = [source('github-status', { lastOkAt: minutesAgo(60), failures: 5 })]
  expect(of('github', { sources: silent })).toEqual({ status: 'unknown', text: 'GitHub: unknown.', detail: null })
  expect(of('github', { sources: [] }).status).toBe('unknown')
  const staleness = { isStale: true, since: NOW - 60_000 }
  expect(of('github', { staleness })).toEqual({
    status: 'unknown',
    text: 'Stale since 14:39. Last known: GitHub: operational.',
    detail: null,
  })
})

test('what happens now is not counted from a stale picture', () => {
  const regions = [region('aws/a', { zones: 6 }), region('aws/b', { state: 'announced' })]
  const counted = (isStale: boolean) =>
    Object.fromEntries(
      providerCount(regions, [incident('aws-1/a')], isStale, when.words).map(({ label, value }) => [label, value]),
    )
  expect(counted(false)).toEqual({
    'regions open': '1',
    announced: '1',
    zones: '6',
    countries: '1',
    'incidents now': '1',
  })
  expect(counted(true)).toMatchObject({ 'incidents now': '–' })
})

test('news of a region names it or its country', () => {
  const articles = [
    article('n-1/a', { title: 'One', url: 'https://n.example/1', regions: ['azure/westeurope'] }),
    article('n-1/b', { title: 'Two', url: 'https://n.example/2', countries: ['NL'] }),
    article('n-1/c', { title: 'Three', url: 'https://n.example/3', countries: ['DE'] }),
  ]
  const titles = regionNews(articles, region('azure/westeurope')).map(story => story.article.title)
  expect(titles.sort()).toEqual(['One', 'Two'])
})

test('facts stand side by side, and a gap where one is not known', () => {
  const regions = [region('aws/a', { carbonFree: 0.5 }), region('aws/b')]
  const facts = compareFacts(regions, small, when)
  expect(facts.find(({ label }) => label === 'Carbon-free, published')?.values).toEqual(['50 %', null])
  expect(facts.some(({ label }) => label === 'Pair')).toBe(false)
})

test('of a region’s probes the quickest that reaches it counts', () => {
  const probes = [
    probe('p-1', { firstByteMs: 40 }),
    probe('p-2', { firstByteMs: 12 }),
    probe('p-3', { reachable: false, firstByteMs: 1 }),
  ]
  const rows = probeRows(
    {
      probes: new Map(probes.map(one => [one.id, one])),
      sources: new Map(probes.map(({ id }) => [id, source(id, { kind: 'probe' })])),
      isStale: false,
    },
    when,
  )
  expect(firstBytes(rows)).toEqual({ ms: new Map([['azure/westeurope', 12]]), places: ['office'] })
})
