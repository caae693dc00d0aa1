import { z } from 'zod'
import { ascending, descending, firstOf, itemsBeyond } from './order.ts'
import { Country, Instant, RecordId, RegionId, Slug, sourceOf, text, WebUrl } from './primitives.ts'
import { ServiceId } from './service.ts'

/** The topic of stories that customers tell about a provider. */
export const CUSTOMER_STORIES = 'customer-stories'

/** What a person says in a customer story. `role` and `company` are null where the text does not give them. */
export const Quote = z.object({
  text: text(600),
  name: text(120),
  role: text(200).nullable(),
  company: text(200).nullable(),
})
export type Quote = z.infer<typeof Quote>

/** The widths in which a picture is kept, px. A picture is never enlarged. */
export const PICTURE_WIDTHS = [96, 480, 960] as const
export type PictureWidth = (typeof PICTURE_WIDTHS)[number]

/** A picture of ours: `/img/<hash>-<width>` serves it. `width` and `height`, in px, are those of the original. */
export const Picture = z.object({
  /** SHA-256 of the original's bytes, its first 32 hex digits. */
  hash: z.string().regex(/^[0-9a-f]{32}$/),
  width: z.int().positive(),
  height: z.int().positive(),
})
export type Picture = z.infer<typeof Picture>

export const Article = z.object({
  id: RecordId,
  title: text(300),
  url: WebUrl,
  summary: text(600),
  /** Of a customer story: what a person says in its whole text. */
  quote: Quote.optional(),
  publishedAt: Instant,
  updatedAt: Instant.nullable(),
  /** Its feed gives it no date: `publishedAt` is when we first read it. */
  isUndated: z.literal(true).optional(),
  /** When we first read it, by our own clock; absent in records of earlier versions. */
  readAt: Instant.optional(),
  author: text(120).nullable(),
  image: WebUrl.nullable(),
  /** `image` as the workers fetched it; absent where they have not, could not, or it made room for others. */
  picture: Picture.optional(),
  topics: z.array(Slug),
  /** Those of its topics that only its feed carries, not its words. */
  feedTopics: z.array(Slug).optional(),
  regions: z.array(RegionId),
  /** Countries that the text names, beside those of its regions. */
  countries: z.array(Country).default([]),
  /** The providers that it is about. A publisher is none. */
  providers: z.array(Slug),
  /** Services of theirs that it names. */
  services: z.array(text(120)).optional(),
  /** Those of `services` that the catalogue knows. */
  serviceIds: z.array(ServiceId).max(60).optional(),
  /** BCP 47, lower case, such as `en` or `de-at`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/)
    .nullable(),
})
export type Article = z.infer<typeof Article>

/** Newest first; equal instants are ordered by id, so every page has the same order. */
export const byNewest = firstOf<Article>(descending('publishedAt'), ascending('id'))
const byOldest = firstOf<Article>(ascending('publishedAt'), descending('id'))

/** The part of a view, and of the archive, that the articles of one source fill where others need the room. */
export const ARTICLE_SHARE = 1 / 5

/**
 * Deletes articles beyond a limit: the oldest of sources that have more than their share, until none has; then the
 * oldest of all. So one source fills a view alone, and makes room as soon as others have articles.
 */
export function trimArticles(articles: Map<string, Article>, limit: number): void {
  let over = articles.size - limit
  if (over <= 0) return
  const counts = new Map<string, number>()
  for (const id of articles.keys()) counts.set(sourceOf(id), (counts.get(sourceOf(id)) ?? 0) + 1)
  const hasTooMany = ({ id }: Article) => (counts.get(sourceOf(id)) ?? 0) > limit * ARTICLE_SHARE
  const crowding = [...articles.values()].filter(hasTooMany)
  // One is too many after most events: no sorting then.
  const oldestFirst =
    over === 1 ? itemsBeyond(Math.max(0, crowding.length - 1), crowding, byNewest) : crowding.sort(byOldest)
  for (const article of oldestFirst) {
    if (over === 0) return
    if (!hasTooMany(article)) continue
    articles.delete(article.id)
    counts.set(sourceOf(article.id), (counts.get(sourceOf(article.id)) ?? 0) - 1)
    over -= 1
  }
  for (const { id } of itemsBeyond(limit, [...articles.values()], byNewest)) articles.delete(id)
}

/** Articles, newest first, whose summaries stay in a compact snapshot: those that the page shows first. */
const ARTICLES_WITH_SUMMARY = 20
/** Customer stories, newest first, whose summaries stay: the page quotes them. */
const STORIES_WITH_SUMMARY = 6

/** The articles of a compact snapshot: most summaries are empty. @param articles newest first */
export function compactArticles(articles: readonly Article[]): Article[] {
  const kept = idsWithSummary(articles)
  return articles.map(article => {
    const { quote: _, ...unquoted } = article
    return kept.has(article.id) ? article : { ...unquoted, summary: '' }
  })
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
