import { untrack } from 'svelte'
import { groupStories } from '../../shared/domain/group-stories.ts'
import type { Instant } from '../../shared/domain/primitives.ts'
import { byNewest } from '../../shared/domain/view.ts'
import type { LiveState } from '../live/live.svelte.ts'
import { type FiledStory, fileStories, type NewsFilter, passes } from './news-filter.ts'
import { admit, emptyShelf, onShelf, restock, type Shelf, shelveOlder } from './news-shelf.ts'
import { olderNews } from './older-news.svelte.ts'

export type NewsStock = ReturnType<typeof newsStock>

/** All news that there is to read: what is told live, what waits to be shown, and what was read behind it. */
export function newsStock(live: Pick<LiveState, 'articles' | 'sources' | 'catalogue' | 'ask'>) {
  const countryOf = (region: string) => live.catalogue.regions.get(region)?.country
  let shelf = $state.raw(emptyShelf)
  $effect(() => {
    const { articles } = live
    shelf = untrack(() => restock(shelf, articles, id => live.sources.has(id)))
  })

  const filedOf = filing(page => fileStories(groupStories(page.values()), countryOf))
  const filed = $derived(filedOf(shelf))
  const articles = $derived(onShelf(shelf))
  const older = olderNews(
    address => live.ask(address),
    page => {
      shelf = shelveOlder(shelf, page)
    },
  )

  return {
    /** Newest first. */
    get filed() {
      return filed
    },
    get articles() {
      return articles
    },
    /** How many articles wait. */
    get waiting() {
      return shelf.waiting.size
    },
    /** How many of them pass. */
    waitingFor: (filter: NewsFilter): number =>
      [...shelf.waiting.values()].filter(article => passes(article, filter, countryOf)).length,
    /** Shows what waits. */
    admit() {
      shelf = admit(shelf)
    },
    /** How reading further back does. */
    get phase() {
      return older.phase
    },
    /** From now on only what passes is read further back: parameters of `GET /api/articles`. */
    want: older.want,
    /** Reads on behind the oldest that is told live; `now` where there is none. */
    more(now: Instant): Promise<void> {
      const oldest = [...live.articles.values()].sort(byNewest).at(-1)
      return older.more(oldest?.publishedAt ?? now)
    },
  }
}

/** A page of older news is folded and filed once, and by itself: with thousands, all at once would hold up the reader. */
function filing(file: (page: Shelf['shown']) => FiledStory[]): (shelf: Shelf) => FiledStory[] {
  const known = new WeakMap<Shelf['shown'], FiledStory[]>()
  const fileOnce = (page: Shelf['shown']): FiledStory[] => {
    const filed = known.get(page) ?? file(page)
    known.set(page, filed)
    return filed
  }
  return ({ shown, older }) =>
    [shown, ...older].flatMap(fileOnce).sort((a, b) => byNewest(a.story.article, b.story.article))
}
