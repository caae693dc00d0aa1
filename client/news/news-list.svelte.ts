import type { Article } from '../../shared/domain/article.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { Navigation } from '../ui/navigation.svelte.ts'
import { type Dimension, dimensions, filterOf, filterStories, rankStories, storiesThat } from './news-filter.ts'
import { newsSearch } from './news-search.svelte.ts'
import type { NewsStore } from './news-store.svelte.ts'

export type NewsListState = ReturnType<typeof newsList>

/** Stories rendered at first, and added whenever the end of the list comes near. */
const STORIES_PER_BATCH = 30

/**
 * The stories that match filter and search. They are rendered in batches; after the last one older news are loaded.
 * @param isWanted whether an article concerns the chosen stack; null where none is chosen
 * @param now where loading starts when no article is live
 */
export function newsList(
  store: NewsStore,
  query: Pick<NewsQuery, 'filter' | 'text' | 'search'>,
  publisherOf: (article: Article) => string,
  isWanted: () => ((article: Article) => boolean) | null,
  now: () => Instant,
) {
  const { filter, text } = $derived(query)
  let isSearchExpected = $state(false)
  const search = newsSearch(publisherOf)
  $effect(() => {
    if (isSearchExpected || text !== '') return search.index(store.articles)
  })
  const found = $derived(search.find(text))
  const stories = $derived(storiesThat(store.stories, isWanted()))
  const result = $derived(filterStories(found === null ? stories : rankStories(stories, found), filter))

  let limit = $state(STORIES_PER_BATCH)
  $effect(() => {
    void filter
    void text
    limit = STORIES_PER_BATCH
  })
  $effect(() => store.setOlderFilter({ ...query.filter, q: query.search.trim() }))
  const visible = $derived(result.matching.slice(0, limit))
  const isComplete = $derived(limit >= result.matching.length)

  return {
    /** Search results by article; null without a search. */
    get found() {
      return found
    },
    get counts() {
      return result.counts
    },
    get matching() {
      return result.matching
    },
    get isFiltered() {
      return found !== null || isWanted() !== null || dimensions.some(name => filter[name] !== '')
    },
    get visible() {
      return visible
    },
    /** Whether every matching story is visible. */
    get isComplete() {
      return isComplete
    },
    /** Starts to build the search index. */
    prepareSearch() {
      isSearchExpected = true
    },
    /** To be called when the end of the list comes near. */
    showMore() {
      if (!isComplete) limit += STORIES_PER_BATCH
      else if (store.phase === 'idle') void store.loadOlder(now())
    },
    retry: () => void store.loadOlder(now()),
  }
}

export type NewsQuery = ReturnType<typeof newsQuery>

/** Browsers limit how often a page may change its address. */
const ADDRESS_DELAY_MS = 300
const MAX_TEXT_LENGTH = 100

/** Filter and search text of the news page, kept in the query of its address. */
export function newsQuery(navigation: Pick<Navigation, 'query' | 'ask'>) {
  const filter = $derived(filterOf(navigation.query))
  const search = $derived((navigation.query.get('q') ?? '').slice(0, MAX_TEXT_LENGTH))
  let text = $derived(search)
  let timer: ReturnType<typeof setTimeout> | undefined
  $effect(() => () => clearTimeout(timer))

  return {
    get filter() {
      return filter
    },
    /** The search text as it is typed. */
    get text() {
      return text
    },
    /** The search text of the address: what was typed when the typing last paused. */
    get search() {
      return search
    },
    setText(next: string) {
      text = next
      clearTimeout(timer)
      timer = setTimeout(() => navigation.ask({ q: next }), ADDRESS_DELAY_MS)
    },
    setFilter: (dimension: Dimension, value: string) => navigation.ask({ [dimension]: value }),
    clear() {
      clearTimeout(timer)
      navigation.ask({ q: null, ...Object.fromEntries(dimensions.map(name => [name, null])) })
    },
  }
}
