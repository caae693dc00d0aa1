import RssParser from 'rss-parser'
import { descending } from '../../shared/domain/order.ts'
import { fail, type Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import { type Answer, decodeText, MAX_BYTES } from '../formats/answer.ts'
import { noteOrigin } from '../formats/fragments.ts'
import { tooLarge } from '../formats/json.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import type { FeedDocument } from './feed-document.ts'
import { baseOfRoot, upToEnd, withChannel, withoutPrefix } from './feed-shape.ts'
import {
  attributesOf,
  authorOf,
  childrenOf,
  contentFields,
  entryOf,
  type Fields,
  fieldsOf,
  LEAVES,
  linkNames,
  linkOf,
  mediaFields,
  PREFIX,
  publishedFields,
  related,
  summaryFields,
  textOf,
  titleFields,
  updatedFields,
} from './rss-entry.ts'
import { type Elements, type SafeXml, safeXml } from './safe-xml.ts'
import { wellFormed } from './well-formed.ts'

/**
 * RSS 0.9 to 2.0 and Atom → their entries in one shape; fails with one line on anything else.
 * @param newest for news only: reads these items alone, and as much as possible of malformed XML. Where absence has a
 * meaning, half a document is wrong.
 * @see https://www.rssboard.org/rss-specification
 * @see https://web.resource.org/rss/1.0/spec
 * @see https://www.rfc-editor.org/rfc/rfc4287
 */
export async function readRss(answer: Answer, newest: Newest | null = null): Promise<Result<FeedDocument>> {
  if (answer.body.length > MAX_BYTES) return fail(tooLarge(answer))
  const text = withoutPrefix(decodeText(answer))
  if (/^\s*<(?:!doctype html|html)\b/i.test(text.slice(0, 500))) {
    return fail('the answer is a web page, a feed was expected: check the address')
  }
  const xml = safeXml(text, elements)
  if (!xml.ok) return xml
  // A status without channel and items is no quiet day.
  if (newest === null)
    return parse({ ...xml.value, xml: xml.value.xml.includes('<item') ? withChannel(xml.value.xml) : xml.value.xml })
  const strict = await parse(newsOf(xml.value, newest))
  return strict.ok ? strict : ((await repaired(text, newest)) ?? strict)
}

/** Only the newest items are kept. */
const newsOf = (feed: SafeXml, newest: Newest): SafeXml => ({
  ...feed,
  items: [],
  xml: newestItems({ ...feed, xml: withChannel(feed.xml) }, [...publishedFields, ...updatedFields], newest),
})

async function parse({ xml, texts, leaves, items: sources }: SafeXml): Promise<Result<FeedDocument>> {
  try {
    const { items, ...feed } = await parser().parseString(xml)
    const isAtom = /^<feed\b/.test(xml)
    const entries = items.map(item => entryOf(item, leaves, texts, isAtom))
    if (entries.length === sources.length)
      for (const [index, entry] of entries.entries()) noteOrigin(entry, sources[index])
    return ok({ ...feedOf(feed, xml), entries })
  } catch (error) {
    const [message = ''] = String(error instanceof Error ? error.message : error).split('\n') // the next line is a position in our own XML
    const reason = clip(oneLine(message), 120)
    return fail(`the answer is neither RSS nor Atom (${reason}): check the address`)
  }
}

/** A second attempt at malformed XML. Null where it yields nothing: then the first error is the better message. */
async function repaired(text: string, newest: Newest): Promise<Result<FeedDocument> | null> {
  const whole = upToEnd(text)
  if (whole === null) return null
  const xml = safeXml(wellFormed(whole), elements)
  const feed = xml.ok ? await parse(newsOf(xml.value, newest)) : xml
  return feed.ok && feed.value.entries.length > 0 ? feed : null
}

/**
 * rss-parser finds the feed and its items. It sees the tags of this skeleton only; fields come to us untouched under a
 * prefix. Its own reading of fields drops the whole feed for one bad date or link, and backtracks on markup without
 * end.
 */
const skeleton = new Set(['rss', 'rdf:RDF', 'channel', 'item', 'feed', 'entry'])

const itemFields = [
  'guid',
  'id',
  'link',
  'feedburner:origLink',
  ...linkNames,
  ...titleFields,
  ...summaryFields,
  ...contentFields,
  ...mediaFields,
  ...publishedFields,
  ...updatedFields,
  'author',
  'dc:creator',
  'itunes:author',
  'itunes:image',
  'media:credit',
  'category',
  'dc:subject',
  'enclosure',
  'media:content',
  'media:thumbnail',
  'media:group',
  'dc:language',
]
const feedFields = [
  'link',
  ...linkNames,
  'language',
  'dc:language',
  'author',
  'dc:creator',
  'itunes:author',
  'ttl',
  'sy:updatePeriod',
  'sy:updateFrequency',
]

/** What the pre-pass needs to know. `name` is read inside another element, an author. */
const elements: Elements = {
  texts: new Set([...titleFields, ...summaryFields, ...contentFields, ...mediaFields, 'subtitle']),
  read: new Set([...skeleton, ...itemFields, ...feedFields, 'name']),
  ofItems: new Set(itemFields),
}

/** The attributes of an element, with its own `xml:base` and `xml:lang`. */
const attributes = ['$', '$', { keepArray: true }]
const kept = (name: string) => [PREFIX + name, PREFIX + name, { keepArray: true }]

// One per document: an xml2js parser is unusable after an error.
const parser = () =>
  new RssParser<Fields, Fields>({
    defaultRSS: 2,
    xml2js: {
      tagNameProcessors: [(name: string) => (skeleton.has(name) ? name : PREFIX + name)],
      emptyTag: () => Object.create(null), // an entry that is '' has a `link`, inherited from strings
    },
    customFields: {
      // The types allow only names for feeds and their own fields for items; the code reads the same triples for both.
      item: [...[LEAVES, ...itemFields].map(kept), attributes] as never[],
      feed: [...feedFields.map(kept), attributes] as never[],
    },
  })

/** @param xml for the attributes of its root, which rss-parser does not give */
function feedOf(feed: object, xml: string): Omit<FeedDocument, 'entries'> {
  const fields = fieldsOf(feed, PREFIX)
  return {
    link: linkOf(fields).href,
    hub: related(fields, 'hub'),
    self: related(fields, 'self'),
    base: [baseOfRoot(xml), attributesOf(feed)['xml:base'] ?? ''].filter(base => base !== ''),
    author: authorOf(fields),
    ttl: textOf(fields, 'ttl'),
    updatePeriod: textOf(fields, 'sy:updatePeriod'),
    updateFrequency: textOf(fields, 'sy:updateFrequency'),
    language: textOf(fields, 'language', 'dc:language') || (attributesOf(feed)['xml:lang'] ?? ''),
  }
}

/** How many items are wanted. Items dated after `until` (ms) are not out yet. */
type Newest = { count: number; until: number }

/**
 * A feed's XML without texts → the same without all but the newest items. Items without a plain date and items with a
 * future date stay and do not count.
 * @param dates names of the elements that date an item; the first that is there decides
 */
function newestItems({ xml, leaves }: SafeXml, dates: readonly string[], { count, until }: Newest): string {
  const items = itemsIn(xml)
  if (items.length <= count) return xml
  const dated = items.flatMap(item => {
    const at = dateOf(xml.slice(item.from, item.to), leaves, dates)
    return at === null || Date.parse(at) > until ? [] : [{ ...item, at }]
  })
  dated.sort(descending('at'))
  const cut = dated.slice(count).sort((a, b) => a.from - b.from)
  let kept = ''
  let at = 0
  for (const { from, to } of cut) {
    kept += xml.slice(at, from)
    at = to
  }
  return kept + xml.slice(at)
}

type Range = { from: number; to: number }

function itemsIn(xml: string): Range[] {
  const tag = xml.includes('<item') ? 'item' : 'entry'
  const end = `</${tag}>`
  const items: Range[] = []
  for (let from = xml.indexOf(`<${tag}`); from >= 0; ) {
    const close = xml.indexOf(end, from)
    if (close < 0) break
    const to = close + end.length
    if (/[\s>]/.test(xml.charAt(from + tag.length + 1))) items.push({ from, to })
    from = xml.indexOf(`<${tag}`, to)
  }
  return items
}

function dateOf(item: string, leaves: readonly Fields[], names: readonly string[]): Instant | null {
  if (item.includes('<source')) return null // an entry of another feed, with that feed's dates
  const mark = item.indexOf(`<${LEAVES}>`)
  const own = leaves[Number.parseInt(item.slice(mark + LEAVES.length + 2, mark + LEAVES.length + 12), 10)] ?? {}
  for (const name of names) {
    const [leaf] = childrenOf(own, name)
    if (leaf === undefined && !item.includes(`<${name}`)) continue
    return typeof leaf === 'string' ? parseDate(leaf, 'utc') : null
  }
  return null
}
