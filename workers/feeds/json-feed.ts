import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import type { Answer } from '../formats/answer.ts'
import { listOf, readEntries, readJson, word } from '../formats/json.ts'
import { type FeedDocument, type FeedEntry, joinNames } from './feed-document.ts'

/** JSON Feed 1.0 and 1.1. @see https://www.jsonfeed.org/version/1.1/ */
export function readJsonFeed(answer: Answer): Result<FeedDocument> {
  const json = readJson(answer)
  if (!json.ok) return json
  const feed = Feed.safeParse(json.value)
  if (!feed.success)
    return fail('the answer is JSON, but no JSON Feed (`version` or `items` is missing): check the address')
  const { home_page_url, feed_url, hubs, language } = feed.data
  const author = authorOf(feed.data)
  const entries = readEntries(feed.data.items, {
    what: 'items',
    needs: 'to be an object',
    schema: Item,
    max: 200_000,
    read: item => [entryOf(item)],
  })
  if (!entries.ok) return entries
  const hub = hubs.find(({ type }) => type.toLowerCase() === 'websub')?.url ?? ''
  const unknown = { base: [], ttl: '', updatePeriod: '', updateFrequency: '' }
  return ok({ ...unknown, link: home_page_url, hub, self: feed_url, language, author, entries: entries.value })
}

const Author = z.object({ name: word })
const Item = z.object({
  id: word,
  url: word,
  external_url: word,
  title: word,
  content_html: word,
  content_text: word,
  summary: word,
  image: word,
  banner_image: word,
  date_published: word,
  date_modified: word,
  authors: listOf(Author, 5),
  author: Author.optional().catch(undefined),
  tags: listOf(z.string(), 200),
  language: word,
})
const Hub = z.object({ type: word, url: word })
const Feed = z.object({
  version: z.string().regex(/jsonfeed\.org\/version\/1|^1\.\d$/), // some write the number alone
  home_page_url: word,
  feed_url: word,
  hubs: listOf(Hub, 10),
  authors: listOf(Author, 5),
  author: Author.optional().catch(undefined),
  language: word,
  items: z.custom<unknown[]>(Array.isArray),
})

/** Summaries are read as HTML too: tags in them are more often markup than meant. */
const entryOf = (item: z.output<typeof Item>): FeedEntry => ({
  id: item.id,
  link: item.url || item.external_url,
  base: [],
  contentBase: [],
  title: item.title,
  isTitleText: true,
  summary: item.summary,
  content: item.content_html || item.content_text,
  published: item.date_published,
  updated: item.date_modified,
  author: authorOf(item),
  categories: item.tags,
  images: [item.image, item.banner_image].filter(image => image !== ''),
  language: item.language,
})

/** Version 1.0 has one author, 1.1 a list. */
const authorOf = (of: { authors: { name: string }[]; author?: { name: string } | undefined }): string =>
  joinNames(of.authors.length > 0 ? of.authors.map(({ name }) => name) : [of.author?.name ?? ''])
