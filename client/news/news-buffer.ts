import type { Article } from '../../shared/domain/article.ts'
import type { Story } from '../../shared/domain/group-stories.ts'
import { type Instant, type RecordId, sourceOf } from '../../shared/domain/primitives.ts'

type Articles = ReadonlyMap<RecordId, Article>

/** The articles of the news page. New ones wait until the reader asks for them, so that the list does not jump. */
export type NewsBuffer = {
  shown: Articles
  waiting: Articles
  /** Pages of `GET /api/articles`, newest first. An article is in one place only. */
  older: readonly Articles[]
}

export const emptyBuffer: NewsBuffer = { shown: new Map(), waiting: new Map(), older: [] }

/**
 * The buffer after the live articles changed. The first articles are shown at once, later ones wait. Shown articles are
 * updated and stay after the server dropped them, unless their source is gone.
 */
export function updateBuffer(buffer: NewsBuffer, live: Articles, isSource: (id: string) => boolean): NewsBuffer {
  if (buffer.shown.size === 0) return { ...emptyBuffer, shown: live }
  const shown = new Map<RecordId, Article>()
  for (const [id, article] of buffer.shown) if (isSource(sourceOf(id))) shown.set(id, live.get(id) ?? article)
  const waiting = new Map<RecordId, Article>()
  for (const [id, article] of live) if (!shown.has(id)) waiting.set(id, article)
  const older = buffer.older.map(page => filterPage(page, id => isSource(sourceOf(id)) && !live.has(id)))
  return { shown: isSame(shown, buffer.shown) ? buffer.shown : shown, waiting, older }
}

/** Unchanged articles keep their map: stories are grouped once per map. */
const isSame = (a: Articles, b: Articles): boolean =>
  a.size === b.size && [...a].every(([id, article]) => b.get(id) === article)

function filterPage(page: Articles, keeps: (id: RecordId) => boolean): Articles {
  const kept = [...page].filter(([id]) => keeps(id))
  return kept.length === page.size ? page : new Map(kept)
}

export const showWaiting = ({ shown, waiting, older }: NewsBuffer): NewsBuffer => ({
  shown: new Map([...shown, ...waiting]),
  waiting: new Map(),
  older,
})

/** Appends a page of older articles. An article that the buffer already holds keeps its text and place. */
export function appendOlder(buffer: NewsBuffer, articles: readonly Article[]): NewsBuffer {
  const places = [buffer.shown, buffer.waiting, ...buffer.older]
  const page = new Map(articles.map(article => [article.id, article]))
  for (const id of page.keys()) if (places.some(place => place.has(id))) page.delete(id)
  return page.size === 0 ? buffer : { ...buffer, older: [...buffer.older, page] }
}

export const shownArticles = ({ shown, older }: NewsBuffer): Article[] =>
  [shown, ...older].flatMap(page => [...page.values()])

/** Articles newer than the last visit; 0 on the first visit. */
export function countUnread(articles: Iterable<Article>, lastVisit: Instant | null): number {
  if (lastVisit === null) return 0
  let count = 0
  for (const { publishedAt } of articles) if (publishedAt > lastVisit) count++
  return count
}

/** The index of the first story that the last visit saw; null on the first visit, and where all or none are new. */
export function firstReadIndex(stories: readonly Story[], lastVisit: Instant | null): number | null {
  if (lastVisit === null) return null
  const first = stories.findIndex(({ article }) => article.publishedAt <= lastVisit)
  return first > 0 ? first : null
}
