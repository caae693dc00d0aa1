import type { Article } from '../../shared/domain/article.ts'
import { type Channel, type CountryOf, formatChannel } from '../../shared/domain/channels.ts'
import type { Story } from '../../shared/domain/group-stories.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { type Catalogue, placeName, providerName } from '../live/catalogue.ts'
import type { Words } from '../words/en/page.ts'
import type { Found } from './news-index.ts'

/** By what news can be narrowed down; each is a name in the page's query. */
export const dimensions = ['topic', 'provider', 'region', 'country', 'language'] as const
export type Dimension = (typeof dimensions)[number]

/** What is wanted of each; empty where anything is. */
export type NewsFilter = Readonly<Record<Dimension, string>>

/** A story, and what it is found under: what any of its articles says. */
export type FiledStory = { story: Story; under: Readonly<Record<Dimension, ReadonlySet<string>>> }

/** How many stories there would be under each value of each dimension, the rest of the filter as it is. */
export type NewsCounts = Readonly<Record<Dimension, ReadonlyMap<string, number>>>

/** The page's query → the filter. */
export const filterOf = (query: Pick<URLSearchParams, 'get'>): NewsFilter =>
  eachDimension(name => query.get(name) ?? '')

export const fileStories = (stories: readonly Story[], countryOf: CountryOf): FiledStory[] =>
  stories.map(story => ({ story, under: eachDimension(name => valuesOf(name, story, countryOf)) }))

/** Those of which an article was found, the best first; of equals the newest, as they stand. */
export function ranked(filed: readonly FiledStory[], found: ReadonlyMap<RecordId, Found>): FiledStory[] {
  const scored = filed.map(one => {
    const articles = [one.story.article, ...one.story.alsoIn]
    return { one, score: Math.max(...articles.map(({ id }) => found.get(id)?.score ?? 0)) }
  })
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one)
}

/** Whether an article alone passes. */
export const passes = (article: Article, filter: NewsFilter, countryOf: CountryOf): boolean =>
  dimensions.every(name => filter[name] === '' || valuesOf(name, { article, alsoIn: [] }, countryOf).has(filter[name]))

/** The stories that pass, in their order, and the counts: one look at each story. */
export function sift(filed: readonly FiledStory[], filter: NewsFilter): { passing: FiledStory[]; counts: NewsCounts } {
  const passing: FiledStory[] = []
  const counts = eachDimension(() => new Map<string, number>())
  for (const one of filed) {
    const failing = dimensions.filter(name => filter[name] !== '' && !one.under[name].has(filter[name]))
    if (failing.length === 0) passing.push(one)
    // a story that fails by one dimension alone would come back with another value of it
    const countedIn = failing.length === 0 ? dimensions : failing.length === 1 ? failing : []
    for (const name of countedIn)
      for (const value of one.under[name]) counts[name].set(value, (counts[name].get(value) ?? 0) + 1)
  }
  return { passing, counts }
}

/** The narrowest channel that holds all that passes. A channel has one place or one theme: languages have none. */
export function channelOf({ region, topic, provider, country }: NewsFilter): Channel {
  if (region !== '') return formatChannel({ kind: 'region', region })
  if (topic !== '') return formatChannel({ kind: 'topic', topic })
  if (provider !== '') return formatChannel({ kind: 'provider', provider })
  if (country !== '') return formatChannel({ kind: 'country', country })
  return 'news'
}

function valuesOf(name: Dimension, { article, alsoIn }: Story, countryOf: CountryOf): ReadonlySet<string> {
  return new Set([article, ...alsoIn].flatMap(one => of[name](one, countryOf)))
}

const of: Readonly<Record<Dimension, (article: Article, countryOf: CountryOf) => readonly string[]>> = {
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

/** What a value by which news can be narrowed down is called. */
export function valueName(dimension: Dimension, value: string, catalogue: Catalogue, words: Words): string {
  switch (dimension) {
    case 'topic':
      return words.newsPage.topic(value)
    case 'provider':
      return providerName(catalogue, value)
    case 'region':
      return placeName(catalogue, value)
    case 'country':
      return words.regions.country(value)
    case 'language':
      return words.newsPage.language(value)
  }
}
