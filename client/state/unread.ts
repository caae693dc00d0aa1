import type { Article } from '../../shared/domain/article.ts'
import type { Story } from '../../shared/domain/group-stories.ts'
import type { Instant } from '../../shared/domain/primitives.ts'

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
