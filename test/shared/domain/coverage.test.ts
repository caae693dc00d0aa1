import { describe, expect, test } from 'vitest'
import type { Article } from '../../../shared/domain/article.ts'
import { coverageOf, withoutPosts } from '../../../shared/domain/coverage.ts'
import { article, incident, minutesAgo } from '../../support/builders.ts'

const HOUR = 60
const outage = incident('aws-status/1', {
  provider: 'aws',
  title: 'Increased error rates',
  regions: ['aws/us-east-1'],
  services: ['Amazon DynamoDB'],
  startedAt: minutesAgo(5 * HOUR),
  resolvedAt: minutesAgo(HOUR),
  status: 'resolved',
  url: 'https://health.example.com/event/1',
})
const written = (more: Partial<Article>) =>
  article('gazette/1', {
    title: 'AWS knocked offline in us-east-1',
    providers: ['aws'],
    regions: ['aws/us-east-1'],
    topics: ['reliability'],
    publishedAt: minutesAgo(2 * HOUR),
    ...more,
  })
const isCovered = (more: Partial<Article>, of = outage) => coverageOf([written(more)], of).length === 1

describe('an incident lists what was written about it', () => {
  test.each<[string, Partial<Article>]>([
    ['in its region and time', {}],
    ['a little before its page said so', { publishedAt: minutesAgo(6 * HOUR) }],
    ['days after its end', { publishedAt: minutesAgo(-48 * HOUR) }],
    ['about its service', { regions: [], services: ['DynamoDB'] }],
    ['about several regions, one of them its own', { regions: ['aws/eu-west-1', 'aws/us-east-1'] }],
  ])('%s', (_, more) => expect(isCovered(more)).toBe(true))

  test('of a region that has left it', () => {
    const left = incident('aws-status/2', {
      ...outage,
      regions: ['aws/us-east-2'],
      everRegions: [{ region: 'aws/us-east-1', from: minutesAgo(300), to: minutesAgo(200) }],
    })
    expect(isCovered({}, left)).toBe(true)
  })

  test('of a provider without regions, where the article is about a trouble', () => {
    const global = incident('cloudflare/1', { ...outage, provider: 'cloudflare', regions: [], scope: 'global' })
    const about = { providers: ['cloudflare'], regions: [] }
    expect(isCovered(about, global)).toBe(true)
    expect(isCovered({ ...about, topics: ['ai'] }, global)).toBe(false)
    expect(isCovered({ ...about, feedTopics: ['reliability'] }, global)).toBe(false)
    expect(isCovered({ ...about, providers: ['aws', 'cloudflare'] }, global)).toBe(false)
  })

  const elsewhere = written({
    id: 'a/1',
    title: 'Two regions, one evening: a timeline',
    url: 'https://a.example.com/timeline',
    publishedAt: minutesAgo(200),
  })
  const idsOf = (...articles: Article[]) => coverageOf(articles, outage).map(({ id }) => id)

  test('newest first', () => expect(idsOf(elsewhere, written({ id: 'b/1' }))).toEqual(['b/1', 'a/1']))

  test('each story once, however often a source repeats it', () =>
    expect(
      idsOf(
        elsewhere,
        { ...elsewhere, id: 'a/2', url: 'https://a.example.com/again', publishedAt: minutesAgo(190) },
        written({ id: 'b/1' }),
      ),
    ).toEqual(['b/1', 'a/1']))
})

describe('an incident does not list', () => {
  test.each<[string, Partial<Article>]>([
    ['another region', { regions: ['aws/eu-west-1'] }],
    ['another provider in a region of the same code', { providers: ['alibaba'], regions: ['alibaba/us-east-1'] }],
    ['yesterday', { publishedAt: minutesAgo(24 * HOUR) }],
    ['a week later', { publishedAt: minutesAgo(-7 * 24 * HOUR) }],
    ['its provider alone', { regions: [] }],
    ['another service', { regions: [], services: ['Lambda'] }],
    ['the post that is itself, by its address', { url: 'http://www.health.example.com/event/1/' }],
    ['the post that is itself, by its title', { title: '[RESOLVED] Increased error rates' }],
  ])('%s', (_, more) => expect(isCovered(more)).toBe(false))
})

describe('a post of a status page that is an incident', () => {
  const isNews = (more: Partial<Article>, of = outage) => withoutPosts([written(more)], [of]).length === 1
  test.each<[string, Partial<Article>]>([
    ['at its address', { url: 'https://health.example.com/event/1' }],
    ['with its title', { title: 'Increased error rates' }],
    ['with its title and its state', { title: 'Resolved: Increased Error Rates' }],
  ])('is no news: %s', (_, more) => expect(isNews(more)).toBe(false))

  test('leaves what is written about it, and the title of another provider or time', () => {
    expect(isNews({})).toBe(true)
    expect(isNews({ title: outage.title, providers: ['azure'] })).toBe(true)
    expect(isNews({ title: outage.title, publishedAt: minutesAgo(900) })).toBe(true)
    expect(isNews({ url: 'https://status.example.com/' }, { ...outage, url: 'https://status.example.com/' })).toBe(true)
  })
})
