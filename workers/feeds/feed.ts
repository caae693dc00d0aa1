import { type Article, CUSTOMER_STORIES } from '../../shared/domain/article.ts'
import { descending } from '../../shared/domain/order.ts'
import { fail, type Instant, ok, type Result, Slug, toInstant } from '../../shared/domain/primitives.ts'
import type { Answer } from '../formats/answer.ts'
import type { ReadContext, Reader, Reading } from '../formats/reader.ts'
import { hashedId, readingOf } from '../formats/reading.ts'
import { countriesOf } from '../places/countries.ts'
import { parseDate } from '../text/dates.ts'
import { clip, firstImage, oneLine } from '../text/plain-text.ts'
import { literalTitle, titleText } from '../text/title-text.ts'
import { canonicalUrl, webUrl } from '../text/web-url.ts'
import { tokensOf } from '../text/word-trie.ts'
import { type FeedDocument, type FeedEntry, hubOf, rhythmOf } from './feed-document.ts'
import { readJsonFeed } from './json-feed.ts'
import { quoteInHtml } from './quotes.ts'
import { readRss } from './rss.ts'
import { type StoryEntry, storyKeys, storyOf } from './story-keys.ts'
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
 * Items without a date get the time of this reading; the first one stays (`continueKnown`). The feed's own dates are
 * those of its last build and would make them new each time. Skips items with a future date until then.
 */
function readArticles(document: FeedDocument, context: ReadContext): Result<Reading> {
  const dated: Item[] = []
  const undated: Item[] = []
  const ahead: number[] = []
  for (const entry of document.entries) {
    const updated = parseDate(entry.updated, 'utc')
    const published = parseDate(entry.published, 'utc') ?? updated
    const outAt = published === null ? 0 : Date.parse(published) - TOLERANCE
    if (outAt > context.now) ahead.push(outAt)
    else if (published !== null) dated.push({ entry, published, updated })
    else undated.push({ entry, published: toInstant(context.now - undated.length), updated: null, isUndated: true }) // in the feed's order
  }
  const total = document.entries.length
  const items = [...dated.sort(descending('published')), ...undated].slice(0, MAX_ITEMS)
  const { url: address } = context.source
  const home = baseOf(document.base.length > 0 ? document.base : [document.link], address)
  const homePage = canonicalUrl(document.link, address)
  const readable = items.flatMap(item => readableItem(item, home, homePage))
  if (readable.length === 0 && ahead.length === 0 && total > 0)
    return fail(`none of the feed's ${total} items can be read: each needs a title or a text, and a link`)
  const keys = storyKeys(readable)
  const articles = readable.map((item, index) => articleOf(item, keys[index] ?? [], document, context))
  const reading = readingOf({ articles: withoutRepeats(articles) })
  const rhythmMs = rhythmOf(
    document,
    dated.map(({ published }) => published),
    context.now,
  )
  const left = items.length - readable.length
  const notes = [
    ...(undated.length > 0
      ? [`${undated.length} of ${total} items could not be dated: they have the time of their first reading`]
      : []),
    ...(left > 0 ? [`${left} of ${total} items were left out: they lead nowhere, or have no words`] : []),
    ...(ahead.length > 0 ? [`${ahead.length} of ${total} items are dated ahead: they wait for their date`] : []),
  ]
  return ok({
    ...reading,
    ...(rhythmMs === null ? {} : { rhythmMs }),
    ...(ahead.length === 0 ? {} : { moreAt: toInstant(Math.min(...ahead)) }),
    ...(notes.length === 0 ? {} : { note: notes.join('. ') }),
  })
}

type Item = { entry: FeedEntry; published: Instant; updated: Instant | null; isUndated?: true }
type ReadableItem = Item & StoryEntry & { summary: string; contentBase: string }

/** None for an item without an address or words. One without a link leads to the page of its feed. */
function readableItem(item: Item, home: string, homePage: string | null): ReadableItem[] {
  const { entry } = item
  const hasLink = entry.link !== ''
  const url = hasLink ? canonicalUrl(entry.link, baseOf(entry.base, home)) : homePage
  const summary = clip(oneLine((entry.summary || entry.content).slice(0, 8192)), 600)
  const title = (entry.isTitleText ? literalTitle : titleText)(entry.title) || clip(summary, 120)
  if (url === null || title === '') return []
  const contentBase = baseOf(entry.contentBase, home)
  return [{ ...item, guid: entry.id, url, hasLink, title, summary, contentBase }]
}

function articleOf(
  { entry, published, updated, isUndated, url, title, summary, contentBase }: ReadableItem,
  key: readonly string[],
  document: FeedDocument,
  { source, places, now }: ReadContext,
): Article {
  const categories = entry.categories.map(oneLine)
  const about = [title, ...categories, summary].join('\n').slice(0, MAX_ABOUT)
  const words = tokensOf(about)
  const summaryFrom = summary === '' ? words.length : words.findLastIndex(({ opensLine }) => opensLine)
  const topics = topicsIn(words, summaryFrom)
  const feedTopics = source.topics.filter(topic => Slug.safeParse(topic).success && !topics.includes(topic))
  const all = [...new Set([...feedTopics, ...topics])]
  const { providers, regions, services } = subjectsOf(source.provider, words, places, source.isOfVendor)
  return {
    id: hashedId(source.id, ...key),
    title: clip(title, 300),
    url,
    summary,
    publishedAt: published,
    ...(isUndated && { isUndated }),
    updatedAt: updated !== null && updated > published && Date.parse(updated) <= now + TOLERANCE ? updated : null,
    author: clip(oneLine(entry.author || document.author), 120) || null,
    image: imageOf(entry, contentBase),
    topics: all,
    ...(feedTopics.length > 0 && { feedTopics }),
    regions,
    countries: countriesOf(words),
    providers,
    ...(services.length > 0 && { services }),
    language: languageOf(entry.language) ?? languageOf(document.language),
    ...(all.includes(CUSTOMER_STORIES) ? quoteFrom(entry) : {}),
  }
}

function quoteFrom({ content, summary }: FeedEntry): Pick<Article, 'quote'> {
  const quote = quoteInHtml(content) ?? quoteInHtml(summary)
  return quote === null ? {} : { quote }
}

/** Bases within an address, outermost first. @see https://www.w3.org/TR/xmlbase/ */
const baseOf = (bases: readonly string[], address: string): string =>
  bases.reduce((outer, base) => webUrl(base, outer) ?? outer, address)

/** A page and title that stand in the feed twice, within a day, are one story. */
function withoutRepeats(articles: readonly Article[]): Article[] {
  if (new Set(articles.map(({ title }) => title.toLowerCase())).size === articles.length) return [...articles]
  const told = new Map<string, Article>()
  return articles.filter(article => {
    const story = storyOf(article)
    const other = told.get(story)
    if (other === undefined) told.set(story, article)
    return other === undefined || Date.parse(other.publishedAt) - Date.parse(article.publishedAt) > REPEATS_WITHIN_MS
  })
}

const REPEATS_WITHIN_MS = 24 * 3_600_000

function imageOf(entry: FeedEntry, base: string): string | null {
  const named = entry.images.map(image => webUrl(image, base)).find(image => image !== null)
  return named ?? webUrl(firstImage(entry.content) || firstImage(entry.summary), base)
}

const languageOf = (tag: string): string | null =>
  /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/.exec(tag.trim().toLowerCase().replaceAll('_', '-'))?.[0] ?? null
