import { describe, expect, test } from 'vitest'
import { subjectsOf } from '../../../workers/feeds/subjects.ts'
import { tokensOf } from '../../../workers/text/word-trie.ts'
import { places, read, readingIn } from '../formats/reading.ts'
import { scoreArticles } from './article-table.ts'

const subjects = (text: string, own = 'gazette') => subjectsOf(own, tokensOf(text), places)
const regions = (text: string, own?: string) => subjects(text, own).regions

test('of two hundred titles of publishers, providers, regions and topics are read', () => {
  const { articles, provider, region, topic } = scoreArticles(places)
  for (const [name, { precision, recall, wrong, missed }] of Object.entries({ provider, region, topic }))
    console.info(
      `${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n${[...wrong, ...missed].join('\n')}`,
    )
  expect(articles).toBeGreaterThanOrEqual(200)
  for (const { precision, recall } of [provider, region]) {
    expect(precision).toBeGreaterThanOrEqual(0.98)
    expect(recall).toBeGreaterThanOrEqual(0.9)
  }
  expect(topic.precision).toBeGreaterThanOrEqual(0.9)
  expect(topic.recall).toBeGreaterThanOrEqual(0.8)
})

test('news of a publisher has the provider and the region that it names, and not the publisher', async () => {
  const item =
    '<item><title>AWS dark in us-east-1, half of the net with it</title><link>https://h.test/1</link><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>'
  const answer = await read('feed', `<rss version="2.0"><channel>${item}</channel></rss>`, {
    provider: 'theregister',
    topics: ['cloud'],
  })
  expect(readingIn(answer).articles).toMatchObject([
    { providers: ['aws'], regions: ['aws/us-east-1'], topics: ['cloud'], feedTopics: ['cloud'] },
  ])
})

describe('a name that several providers share', () => {
  test.each([
    ['counts with its provider near', 'AWS errors in us-east-1', ['aws/us-east-1']],
    ['counts with a service of its provider', 'DynamoDB errors in us-east-1', ['aws/us-east-1']],
    ['counts for none alone', 'Errors in us-east-1', []],
    ['counts for the nearer one', 'Google Cloud outage in London, AWS unaffected', ['google/europe-west2']],
    ['counts for the nearer one behind it', 'AWS is fine. Frankfurt outage at Google Cloud', ['google/europe-west3']],
    [
      'counts for each of two names',
      'Azure West Europe and AWS eu-west-1 degraded',
      ['aws/eu-west-1', 'azure/westeurope'],
    ],
  ])('%s', (_, text, expected) => expect(regions(text)).toEqual(expected))
})

describe('a name of one provider alone', () => {
  test.each([
    ['Storage failure in westus3', ['azure/westus3']],
    ['europe-west4 is dark', ['google/europe-west4']],
    ['us-ashburn-1: network trouble', ['oracle/us-ashburn-1']],
    ['Capacity in East US 2', ['azure/eastus2']],
    ['West Europe has no snow', []],
    ['New York 3 points up', []],
    ['N. Virginia lawmakers meet', []],
  ])('%s → %s', (text, expected) => expect(regions(text)).toEqual(expected))
})

describe('a feed of a provider', () => {
  test('is about it, whatever it names beside', () => {
    expect(subjects('Connect to Google Cloud privately', 'aws').providers).toEqual(['aws', 'google'])
    expect(regions('Now in us-east-1', 'aws')).toEqual(['aws/us-east-1'])
    expect(subjects('Lambda functions in Rust', 'aws').services).toEqual(['Lambda'])
  })
  test('leaves regions to others whose name stands beside them', () =>
    expect(regions('Migrate from AWS us-east-1 to our cloud', 'alibaba')).toEqual(['aws/us-east-1']))
})

test.each([
  ['Render farms grow', []],
  ['Former AWS engineer bakes', []],
  ['An alternative to S3', []],
  ['An S3-compatible store', []],
  ['azure skies', []],
  ['The OCI image spec', []],
  ['Amazon rainforest', []],
  ['Our code is on GitHub', []],
  ['see github.com/x/y', []],
  ['Microsoft Teams in the cloud', []],
  ['Google Maps adds cloud cover', []],
  ['Microsoft plans data centers', ['azure']],
  ['cloudflare down', ['cloudflare']],
  ['Ausfall bei Hetzner', ['hetzner']],
  ['阿里云 down', ['alibaba']],
])('%s → %s', (text, expected) => expect(subjects(text).providers).toEqual(expected))

test('a feed of a provider that is only watched is about it; a publisher is no provider', () => {
  expect(subjectsOf('acme', tokensOf('Our new office'), places, true).providers).toEqual(['acme'])
  expect(subjectsOf('acme', tokensOf('Our new office'), places).providers).toEqual([])
})
