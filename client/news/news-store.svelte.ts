import { untrack } from 'svelte'
import { type Article, byNewest } from '../../shared/domain/article.ts'
import { withoutPosts } from '../../shared/domain/coverage.ts'
import { groupStories } from '../../shared/domain/group-stories.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import type { LiveState } from '../live/live.svelte.ts'
import { readArticlePage } from '../live/parse-messages.ts'
import { appendOlder, emptyBuffer, type NewsBuffer, shownArticles, showWaiting, updateBuffer } from './news-buffer.ts'
import { addFacets, type FacetedStory, matchesFilter, type NewsFilter } from './news-filter.ts'

export type NewsStore = ReturnType<typeof newsStore>

/** The articles of the news page: live ones, those that wait to be shown, and older ones from `GET /api/articles`. */
export function newsStore(live: Pick<LiveState, 'articles' | 'incidents' | 'sources' | 'catalogue' | 'ask'>) {
  const countryOf = (region: string) => live.catalogue.regions.get(region)?.country
  let buffer = $state.raw(emptyBuffer)
  $effect(() => {
    const articles = new Map(withoutPosts(live.articles.values(), live.incidents.values()).map(one => [one.id, one]))
    buffer = untrack(() => updateBuffer(buffer, articles, id => live.sources.has(id)))
  })

  const storiesOf = cachedByPage(page => addFacets(groupStories(page.values(), live.sources), countryOf))
  const stories = $derived(storiesOf(buffer))
  const articles = $derived(shownArticles(buffer))
  const addOlder = (page: Article[]) => {
    buffer = appendOlder(buffer, page)
  }
  const older = olderNews(address => live.ask(address), addOlder)

  return {
    /** Newest first. */
    get stories() {
      return stories
    },
    get articles() {
      return articles
    },
    get waitingCount() {
      return buffer.waiting.size
    },
    countWaiting: (filter: NewsFilter, isWanted: ((article: Article) => boolean) | null): number =>
      [...buffer.waiting.values()].filter(
        article => matchesFilter(article, filter, countryOf) && (isWanted === null || isWanted(article)),
      ).length,
    showWaiting() {
      buffer = showWaiting(buffer)
    },
    /** The state of loading older articles. */
    get phase() {
      return older.phase
    },
    setOlderFilter: older.setFilter,
    /** Loads the next page behind the oldest live article; behind `now` where there is none. */
    loadOlder(now: Instant): Promise<void> {
      const oldest = [...live.articles.values()].sort(byNewest).at(-1)
      return older.load(oldest?.publishedAt ?? now)
    },
  }
}

/** Groups each page once, by itself: grouping thousands of articles at once would block the page. */
function cachedByPage(group: (page: NewsBuffer['shown']) => FacetedStory[]): (buffer: NewsBuffer) => FacetedStory[] {
  const cache = new WeakMap<NewsBuffer['shown'], FacetedStory[]>()
  const groupOnce = (page: NewsBuffer['shown']): FacetedStory[] => {
    const stories = cache.get(page) ?? group(page)
    cache.set(page, stories)
    return stories
  }
  return ({ shown, older }) =>
    [shown, ...older].flatMap(groupOnce).sort((a, b) => byNewest(a.story.article, b.story.article))
}

const PAGE_SIZE = 200
/** Sorts behind every id, so that the first cursor skips no article of its instant. */
const AFTER_ALL_IDS = 'z'.repeat(65)

/** Loads articles older than the live ones, page by page. `ask` is a GET; `onPage` receives each page. */
export function olderNews(ask: (address: string) => Promise<Response>, onPage: (articles: Article[]) => void) {
  let phase = $state<'idle' | 'loading' | 'failed' | 'done'>('idle')
  let filter: Readonly<Record<string, string>> = {}
  let next: string | null = null
  /** Answers to an earlier request are dropped. */
  let request = 0

  return {
    get phase() {
      return phase
    },
    /** Starts again with these parameters of `GET /api/articles`; empty ones are left out. */
    setFilter(wanted: Readonly<Record<string, string>>): void {
      filter = wanted
      next = null
      request += 1
      phase = 'idle'
    },
    /** Loads one page: first the one behind `oldest`, then the one behind the previous page. */
    async load(oldest: Instant): Promise<void> {
      if (phase === 'loading' || phase === 'done') return
      phase = 'loading'
      const own = ++request
      const before = next ?? `${oldest}_${AFTER_ALL_IDS}`
      const given = Object.entries({ ...filter, limit: String(PAGE_SIZE), before }).filter(([, value]) => value !== '')
      const answer = await ask(`/api/articles?${new URLSearchParams(given)}`).catch(() => null)
      const page = answer?.ok ? readArticlePage(await answer.json().catch(() => null)) : null
      if (own !== request) return
      if (page?.ok) {
        onPage(page.value.articles)
        next = page.value.next
      }
      phase = !page?.ok ? 'failed' : next === null ? 'done' : 'idle'
    },
  }
}
