import { z } from 'zod'
import { ascending, descending, firstOf, itemsBeyond } from './order.ts'
import { Country, Instant, RecordId, RegionId, Slug, text, WebUrl } from './primitives.ts'

/** The topic of stories that customers tell about a provider. */
export const CUSTOMER_STORIES = 'customer-stories'

export const Article = z.object({
  id: RecordId,
  title: text(300),
  url: WebUrl,
  summary: text(600),
  publishedAt: Instant,
  updatedAt: Instant.nullable(),
  author: text(120).nullable(),
  image: WebUrl.nullable(),
  topics: z.array(Slug),
  regions: z.array(RegionId),
  /** Countries that the text names, beside those of its regions. */
  countries: z.array(Country).default([]),
  providers: z.array(Slug),
  /** BCP 47, lower case, such as `en` or `de-at`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/)
    .nullable(),
})
export type Article = z.infer<typeof Article>

/** Newest first; equal instants are ordered by id, so every page has the same order. */
export const byNewest = firstOf<Article>(descending('publishedAt'), ascending('id'))

export function trimArticles(articles: Map<string, Article>, limit: number): void {
  if (articles.size <= limit) return
  for (const { id } of itemsBeyond(limit, [...articles.values()], byNewest)) articles.delete(id)
}

/** Articles, newest first, whose summaries stay in a compact snapshot: those that the page shows first. */
const ARTICLES_WITH_SUMMARY = 20
/** Customer stories, newest first, whose summaries stay: the page quotes them. */
const STORIES_WITH_SUMMARY = 6

/** The articles of a compact snapshot: most summaries are empty. @param articles newest first */
export function compactArticles(articles: readonly Article[]): Article[] {
  const kept = idsWithSummary(articles)
  return articles.map(article => (kept.has(article.id) ? article : { ...article, summary: '' }))
}

export function textsOfArticles(articles: readonly Article[]): [id: RecordId, summary: string][] {
  const kept = idsWithSummary(articles)
  return articles
    .filter(({ id, summary }) => summary !== '' && !kept.has(id))
    .map(({ id, summary }): [string, string] => [id, summary])
}

function idsWithSummary(articles: readonly Article[]): Set<RecordId> {
  const stories = articles.filter(({ topics }) => topics.includes(CUSTOMER_STORIES))
  return new Set(
    [...articles.slice(0, ARTICLES_WITH_SUMMARY), ...stories.slice(0, STORIES_WITH_SUMMARY)].map(({ id }) => id),
  )
}
