import { type Article, byNewest } from '../../shared/domain/article.ts'
import { type Channel, type CountryOf, formatChannel } from '../../shared/domain/channels.ts'
import { groupStories, type Story } from '../../shared/domain/group-stories.ts'
import { descending } from '../../shared/domain/order.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'
import type { Found } from './news-search.svelte.ts'

/** The filters of the news page; each is a parameter of its address. */
export const dimensions = ['topic', 'provider', 'region', 'country', 'language'] as const
export type Dimension = (typeof dimensions)[number]

/** The wanted value of each dimension; empty: any. */
export type NewsFilter = Readonly<Record<Dimension, string>>

/** A story with its values of each dimension, united over its articles. */
export type FacetedStory = { story: Story; facets: Readonly<Record<Dimension, ReadonlySet<string>>> }

/** How many stories each value of each dimension would match, the rest of the filter unchanged. */
export type NewsCounts = Readonly<Record<Dimension, ReadonlyMap<string, number>>>

/** Query of the address → filter. */
export const filterOf = (query: Pick<URLSearchParams, 'get'>): NewsFilter =>
  eachDimension(name => query.get(name) ?? '')

export const addFacets = (stories: readonly Story[], countryOf: CountryOf): FacetedStory[] =>
  stories.map(story => ({ story, facets: eachDimension(name => valuesOf(name, story, countryOf)) }))

/** The stories with a found article, best match first; equal scores keep their order. */
export function rankStories(stories: readonly FacetedStory[], found: ReadonlyMap<RecordId, Found>): FacetedStory[] {
  const scored = stories.map(one => {
    const articles = [one.story.article, ...one.story.alsoIn]
    return { one, score: Math.max(...articles.map(({ id }) => found.get(id)?.score ?? 0)) }
  })
  return scored
    .filter(({ score }) => score > 0)
    .sort(descending('score'))
    .map(({ one }) => one)
}

/** The stories of which one article is wanted; all of them where no one says what is. */
export const storiesThat = (
  stories: readonly FacetedStory[],
  isWanted: ((article: Article) => boolean) | null,
): readonly FacetedStory[] =>
  isWanted === null
    ? stories
    : stories.filter(({ story }) => [story.article, ...story.alsoIn].some(article => isWanted(article)))

export const matchesFilter = (article: Article, filter: NewsFilter, countryOf: CountryOf): boolean =>
  dimensions.every(name => filter[name] === '' || valuesOf(name, { article, alsoIn: [] }, countryOf).has(filter[name]))

/** The stories that match, in their order, and the counts, in one pass. */
export function filterStories(
  stories: readonly FacetedStory[],
  filter: NewsFilter,
): { matching: FacetedStory[]; counts: NewsCounts } {
  const matching: FacetedStory[] = []
  const counts = eachDimension(() => new Map<string, number>())
  for (const one of stories) {
    const failing = dimensions.filter(name => filter[name] !== '' && !one.facets[name].has(filter[name]))
    if (failing.length === 0) matching.push(one)
    // a story that fails in one dimension would match with another value of it
    const countedIn = failing.length === 0 ? dimensions : failing.length === 1 ? failing : []
    for (const name of countedIn)
      for (const value of one.facets[name]) counts[name].set(value, (counts[name].get(value) ?? 0) + 1)
  }
  return { matching, counts }
}

/** The narrowest channel that carries all matching news. A channel has one place or one topic, and no language. */
export function channelOf({ region, topic, provider, country }: NewsFilter): Channel {
  if (region !== '') return formatChannel({ kind: 'region', region })
  if (topic !== '') return formatChannel({ kind: 'topic', topic })
  if (provider !== '') return formatChannel({ kind: 'provider', provider })
  if (country !== '') return formatChannel({ kind: 'country', country })
  return 'news'
}

const valuesOf = (name: Dimension, { article, alsoIn }: Story, countryOf: CountryOf): ReadonlySet<string> =>
  new Set([article, ...alsoIn].flatMap(one => readValues[name](one, countryOf)))

const readValues: Readonly<Record<Dimension, (article: Article, countryOf: CountryOf) => readonly string[]>> = {
  topic: ({ topics }) => topics,
  provider: ({ providers }) => providers,
  region: ({ regions }) => regions,
  country: ({ countries, regions }, countryOf) => [...countries, ...regions.flatMap(id => countryOf(id) ?? [])],
  language: ({ language }) => (language === null ? [] : language.split('-', 1)),
}

const eachDimension = <T>(make: (name: Dimension) => T): Record<Dimension, T> => ({
  topic: make('topic'),
  provider: make('provider'),
  region: make('region'),
  country: make('country'),
  language: make('language'),
})

/**
 * The values that a filter offers. An article's provider may be the publisher of its feed: only what the catalogue
 * knows as a provider is offered, such as clouds.
 */
export const isOffered = (dimension: Dimension, value: string, catalogue: Catalogue): boolean =>
  dimension !== 'provider' || catalogue.providers.has(value)

export const valueName = (dimension: Dimension, value: string, catalogue: Catalogue, words: Words): string =>
  valueNames[dimension](value, catalogue, words)

const valueNames: Readonly<Record<Dimension, (value: string, catalogue: Catalogue, words: Words) => string>> = {
  topic: (value, _, { newsPage }) => newsPage.topic(value),
  provider: (value, catalogue) => providerName(catalogue, value),
  region: (value, catalogue) => placeName(catalogue, value),
  country: (value, _, { regions }) => regions.country(value),
  language: (value, _, { newsPage }) => newsPage.language(value),
}

const MAX_STORIES = 12

/** Stories about a region or its country, newest first. */
export const regionNews = (articles: Iterable<Article>, { id, country }: Region, sources?: Sources): Story[] =>
  storiesAbout(articles, sources, article => article.regions.includes(id) || article.countries.includes(country))

/** Stories about a provider, newest first. */
export const providerNews = (articles: Iterable<Article>, provider: string, sources?: Sources): Story[] =>
  storiesAbout(articles, sources, article => article.providers.includes(provider))

type Sources = Parameters<typeof groupStories>[1]

const storiesAbout = (articles: Iterable<Article>, sources: Sources, isAbout: (article: Article) => boolean): Story[] =>
  groupStories([...articles].filter(isAbout).sort(byNewest), sources).slice(0, MAX_STORIES)
