import type { Article } from '../../shared/domain/article.ts'
import type { Story } from '../../shared/domain/group-stories.ts'
import { type Instant, type RecordId, sourceOf } from '../../shared/domain/primitives.ts'

type Articles = ReadonlyMap<RecordId, Article>

/** What lies before the reader, and what came since and waits until they want it, so that nothing moves under their eyes. */
export type Shelf = {
  /** What was told live. */
  shown: Articles
  waiting: Articles
  /** Pages read behind it; no article stands in two places. */
  older: readonly Articles[]
}

export const emptyShelf: Shelf = { shown: new Map(), waiting: new Map(), older: [] }

/**
 * After the view changed. A first view is shown as it is. After that, articles that are new wait, and those on the shelf are
 * brought up to date; what the view no longer keeps stays, unless its source is gone.
 */
export function restock(shelf: Shelf, live: Articles, isSource: (id: string) => boolean): Shelf {
  if (shelf.shown.size === 0) return { ...emptyShelf, shown: live }
  const shown = new Map<RecordId, Article>()
  for (const [id, article] of shelf.shown) if (isSource(sourceOf(id))) shown.set(id, live.get(id) ?? article)
  const waiting = new Map<RecordId, Article>()
  for (const [id, article] of live) if (!shown.has(id)) waiting.set(id, article)
  const older = shelf.older.map(page => only(page, id => isSource(sourceOf(id)) && !live.has(id)))
  return { shown: isSame(shown, shelf.shown) ? shelf.shown : shown, waiting, older }
}

/** What did not change stays the same map, so that nothing is drawn or folded anew for it. */
const isSame = (a: Articles, b: Articles): boolean =>
  a.size === b.size && [...a].every(([id, article]) => b.get(id) === article)

function only(page: Articles, stays: (id: RecordId) => boolean): Articles {
  const kept = [...page].filter(([id]) => stays(id))
  return kept.length === page.size ? page : new Map(kept)
}

/** All that waits is shown. */
export const admit = ({ shown, waiting, older }: Shelf): Shelf => ({
  shown: new Map([...shown, ...waiting]),
  waiting: new Map(),
  older,
})

/** Older articles come at the end, where they move nothing; what is there already stays as it is. */
export function shelveOlder(shelf: Shelf, articles: readonly Article[]): Shelf {
  const places = [shelf.shown, shelf.waiting, ...shelf.older]
  const page = new Map(articles.map(article => [article.id, article]))
  for (const id of page.keys()) if (places.some(place => place.has(id))) page.delete(id)
  return page.size === 0 ? shelf : { ...shelf, older: [...shelf.older, page] }
}

/** Everything that is shown, the newest and then page by page. */
export const onShelf = ({ shown, older }: Shelf): Article[] => [shown, ...older].flatMap(page => [...page.values()])

/** How many articles are newer than the last visit; none where there was no visit. */
export function unreadCount(articles: Iterable<Article>, lastVisit: Instant | null): number {
  if (lastVisit === null) return 0
  let count = 0
  for (const { publishedAt } of articles) if (publishedAt > lastVisit) count++
  return count
}

/**
 * Where, in stories that stand newest first, those begin that were there at the last visit; null where no line is to be drawn:
 * there was no visit, or all are new, or none is.
 */
export function readFrom(stories: readonly Story[], lastVisit: Instant | null): number | null {
  if (lastVisit === null) return null
  const first = stories.findIndex(({ article }) => article.publishedAt <= lastVisit)
  return first > 0 ? first : null
}
