import { expect, test } from 'vitest'
import {
  addFacets,
  channelOf,
  filterOf,
  filterStories,
  isOffered,
  matchesFilter,
  rankStories,
  storiesThat,
} from '../../../client/news/news-filter.ts'
import { groupStories } from '../../../shared/domain/group-stories.ts'
import { article, minutesAgo, small, standpointOn } from '../builders.ts'

const countryOf = (region: string) => ({ 'azure/westeurope': 'NL', 'aws/eu-west-1': 'IE' })[region]
const filter = (query = '') => filterOf(new URLSearchParams(query))
const launch = { title: 'A second region for the Netherlands opens in spring', url: 'https://a.example/launch' }
const articles = [
  article('azure-blog/1', {
    ...launch,
    topics: ['datacenters'],
    regions: ['azure/westeurope'],
    publishedAt: minutesAgo(90),
  }),
  article('aws-news/2', { ...launch, topics: ['pricing'], language: 'de-at', publishedAt: minutesAgo(60) }),
  article('aws-news/3', {
    title: 'Prices fall',
    url: 'https://a.example/3',
    topics: ['pricing'],
    countries: ['NL'],
    publishedAt: minutesAgo(30),
  }),
]
const stories = addFacets(groupStories(articles), countryOf)
const idsBy = (query: string) => filterStories(stories, filter(query)).matching.map(({ story }) => story.article.id)

test('of a chosen stack, those stories are listed of which one article concerns it', () => {
  const idsOf = (...uses: string[]) =>
    storiesThat(stories, standpointOn(uses).isAbout).map(({ story }) => story.article.id)
  expect(idsOf('azure/westeurope')).toEqual(['azure-blog/1'])
  expect(idsOf('github')).toEqual([])
  expect(storiesThat(stories, null)).toEqual(stories)
})

test('a story is found under what any of its articles says', () => {
  expect(idsBy('')).toEqual(['aws-news/3', 'azure-blog/1'])
  expect(idsBy('topic=pricing')).toEqual(['aws-news/3', 'azure-blog/1'])
  expect(idsBy('provider=aws&topic=datacenters')).toEqual(['azure-blog/1'])
  expect(idsBy('language=de')).toEqual(['azure-blog/1'])
})

test('a country is found by its name and by the regions that stand in it', () => {
  expect(idsBy('country=NL')).toEqual(['aws-news/3', 'azure-blog/1'])
  expect(idsBy('country=IE')).toEqual([])
  expect(idsBy('region=azure/westeurope')).toEqual(['azure-blog/1'])
})

test('the filter by provider offers clouds and vendors, not the publishers of feeds', () => {
  expect(isOffered('provider', 'aws', small)).toBe(true)
  expect(isOffered('provider', 'rack-news', small)).toBe(false)
  expect(isOffered('topic', 'rack-news', small)).toBe(true)
})

test('a count says what choosing that value would leave', () => {
  const { counts } = filterStories(stories, filter('topic=datacenters'))
  expect([...counts.topic]).toEqual([
    ['pricing', 2],
    ['datacenters', 1],
  ])
  expect([...counts.provider]).toEqual([
    ['azure', 1],
    ['aws', 1],
  ])
  for (const [topic, count] of counts.topic) expect(idsBy(`topic=${topic}`)).toHaveLength(count)
})

test('stories of which an article was found stand in the order in which it fits', () => {
  const found = new Map([
    ['aws-news/2', { score: 5, words: [] }],
    ['aws-news/3', { score: 2, words: [] }],
  ])
  expect(rankStories(stories, found).map(({ story }) => story.article.id)).toEqual(['azure-blog/1', 'aws-news/3'])
  expect(rankStories(stories, new Map())).toEqual([])
})

test('an article matchesFilter or not before it is folded into a story', () => {
  expect(articles.map(one => matchesFilter(one, filter('topic=pricing&country=NL'), countryOf))).toEqual([
    false,
    false,
    true,
  ])
})

test('a filter has a channel, the narrowest of what is chosen', () => {
  expect(channelOf(filter())).toBe('news')
  expect(channelOf(filter('language=de'))).toBe('news')
  expect(channelOf(filter('country=NL'))).toBe('country/nl')
  expect(channelOf(filter('provider=aws&country=NL'))).toBe('provider/aws')
  expect(channelOf(filter('provider=aws&topic=pricing'))).toBe('topic/pricing')
  expect(channelOf(filter('provider=aws&region=aws/eu-west-1'))).toBe('region/aws/eu-west-1')
})
