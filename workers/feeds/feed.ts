import type { Article } from '../../shared/domain/article.ts'
import { descending } from '../../shared/domain/order.ts'
import { fail, type Instant, ok, type Result, Slug, toInstant } from '../../shared/domain/primitives.ts'
import type { Answer } from '../formats/answer.ts'
import type { ReadContext, Reader, Reading } from '../formats/reader.ts'
import { hashedId, readingOf } from '../formats/reading.ts'
import { countriesOf } from '../places/countries.ts'
import { parseDate } from '../text/dates.ts'
import { clip, firstImage, oneLine } from '../text/plain-text.ts'
import { canonicalUrl, webUrl } from '../text/web-url.ts'
import { tokensOf } from '../text/word-trie.ts'
import { type FeedDocument, type FeedEntry, hubOf, rhythmOf } from './feed-document.ts'
import { readJsonFeed } from './json-feed.ts'
import { readRss } from './rss.ts'
import { subjectsOf } from './subjects.ts'
import { topicsIn } from './topics.ts'

/** News: RSS, Atom and JSON Feed. The answer itself decides which, because servers often misname them. */
export const feed: Reader = {
  address: url => url,
  accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
  complete: false,
  detection: { tried: 'last' },
  async read(answer, context) {
    const newest = { count: MAX_ITEMS, until: context.now + TOLERANCE }
    const document = isJson(answer) ? readJsonFeed(answer) : await readRss(answer, newest)
    if (!document.ok) return document
    const reading = readArticles(document.value, context)
    const hub = hubOf(answer.link, document.value, context.source.url)
    return reading.ok && hub !== null ? ok({ ...reading.value, hub }) : reading
  },
}

/** Only the newest items are read. */
const MAX_ITEMS = 200

/** The characters that decide what an article is about: its title, categories and summary. */
const MAX_ABOUT = 5_000

/** Clocks differ: an item dated later than this is not out yet, or misdated. In ms. */
const TOLERANCE = 5 * 60_000

function isJson({ body, contentType }: Answer): boolean {
  if (/\bjson\b/i.test((contentType ?? '').slice(0, 200))) return true
  const head = Buffer.from(body.subarray(0, 64)).toString('latin1')
  return /^[\s\0\xef\xbb\xbf\xfe\xff]*\{/.test(head)
}

/**
 * Skips items without a date: the feed's own dates are those of its last build and would make them new each time. Skips
 * items with a future date until then.
 */
function readArticles(document: FeedDocument, context: ReadContext): Result<Reading> {
  const dated: Dated[] = []
  const ahead: number[] = []
  for (const entry of document.entries) {
    const updated = parseDate(entry.updated)
    const published = parseDate(entry.published) ?? updated
    if (published === null) continue
    const outAt = Date.parse(published) - TOLERANCE
    if (outAt <= context.now) dated.push({ entry, published, updated })
    else ahead.push(outAt)
  }
  if (dated.length === 0 && ahead.length === 0 && document.entries.length > 0) {
    return fail(`none of the feed's ${document.entries.length} items has a date that can be read: items need a pubDate`)
  }
  dated.sort(descending('published'))
  const home = homeOf(document, context.source.url)
  const articles = dated.slice(0, MAX_ITEMS).map(item => articleOf(item, document, home, context))
  const rhythmMs = rhythmOf(
    document,
    dated.map(({ published }) => published),
    context.now,
  )
  const reading = readingOf({ articles: articles.filter(article => article !== null) })
  return ok({
    ...reading,
    ...(rhythmMs === null ? {} : { rhythmMs }),
    ...(ahead.length === 0 ? {} : { moreAt: toInstant(Math.min(...ahead)) }),
  })
}

type Dated = { entry: FeedEntry; published: Instant; updated: Instant | null }

/** Null for an item without an address or words. */
function articleOf(
  { entry, published, updated }: Dated,
  document: FeedDocument,
  home: string,
  { source, places, now }: ReadContext,
): Article | null {
  const base = entry.base === '' ? home : (webUrl(entry.base, home) ?? home)
  const url = canonicalUrl(entry.link, base)
  const summary = clip(oneLine((entry.summary || entry.content).slice(0, 8192)), 600)
  const title = oneLine(entry.title) || clip(summary, 120)
  if (url === null || title === '') return null
  const categories = entry.categories.map(oneLine)
  const about = [title, ...categories, summary].join('\n').slice(0, MAX_ABOUT)
  const words = tokensOf(about)
  const summaryFrom = summary === '' ? words.length : words.findLastIndex(({ opensLine }) => opensLine)
  const topics = topicsIn(words, summaryFrom)
  const feedTopics = source.topics.filter(topic => Slug.safeParse(topic).success && !topics.includes(topic))
  const { providers, regions, services } = subjectsOf(source.provider, words, places, source.isOfVendor)
  return {
    id: hashedId(source.id, entry.id || url),
    title: clip(title, 300),
    url,
    summary,
    publishedAt: published,
    updatedAt: updated !== null && updated > published && Date.parse(updated) <= now + TOLERANCE ? updated : null,
    author: clip(oneLine(entry.author), 120) || null,
    image: imageOf(entry, base),
    topics: [...new Set([...feedTopics, ...topics])],
    ...(feedTopics.length > 0 && { feedTopics }),
    regions,
    countries: countriesOf(words),
    providers,
    ...(services.length > 0 && { services }),
    language: languageOf(entry.language) ?? languageOf(document.language),
  }
}

/**
 * The base of links: `xml:base` where it is given, else the page that the feed belongs to. @see
 * https://www.w3.org/TR/xmlbase/
 */
const homeOf = (document: FeedDocument, address: string): string =>
  webUrl(document.base || document.link, address) ?? address

function imageOf(entry: FeedEntry, base: string): string | null {
  const named = entry.images.map(image => webUrl(image, base)).find(image => image !== null)
  return named ?? webUrl(firstImage(entry.content) || firstImage(entry.summary), base)
}

const languageOf = (tag: string): string | null =>
  /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/.exec(tag.trim().toLowerCase().replaceAll('_', '-'))?.[0] ?? null
