import RssParser from 'rss-parser'
import { descending } from '../../shared/domain/order.ts'
import { fail, type Instant, ok, type Result } from '../../shared/domain/primitives.ts'
import { type Answer, decodeText, MAX_BYTES } from '../formats/answer.ts'
import { noteOrigin } from '../formats/fragments.ts'
import { tooLarge } from '../formats/json.ts'
import { parseDate } from '../text/dates.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import type { FeedDocument } from './feed-document.ts'
import {
  attributesOf,
  childrenOf,
  entryOf,
  type Fields,
  fieldsOf,
  linkOf,
  PREFIX,
  publishedFields,
  textOf,
  updatedFields,
} from './rss-entry.ts'
import { type Elements, type SafeXml, safeXml, wellFormed } from './safe-xml.ts'

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
const newsOf = ({ xml, texts }: SafeXml, newest: Newest): SafeXml => ({
  items: [],
  xml: newestItems(withChannel(xml), [...publishedFields, ...updatedFields], newest),
  texts,
})

/** The parser wants a channel, and the items of RSS 2.0 in it. Some feeds have none, or items before or behind it. */
function withChannel(xml: string): string {
  if (/<\/rdf:RDF\s{0,9}>$/.test(xml) && !xml.includes('<channel')) return xml.replace(/<\/rdf:RDF/, '<channel/>$&')
  const [firstItem, lastItem] = [xml.indexOf('<item'), xml.lastIndexOf('<item')]
  const [open, close] = [xml.indexOf('<channel'), xml.lastIndexOf('</channel')]
  const root = xml.indexOf('<rss')
  const end = xml.lastIndexOf('</rss')
  if (root < 0 || end < 0 || (open >= 0 && (firstItem < 0 || (open < firstItem && lastItem < close)))) return xml
  const from = xml.indexOf('>', root) + 1
  const inner = xml.slice(from, end).replace(/<\/?channel(?:\s[^<>]{0,500})?\/?>/g, '')
  return `${xml.slice(0, from)}<channel>${inner}</channel>${xml.slice(end)}`
}

async function parse({ xml, texts, items: sources }: SafeXml): Promise<Result<FeedDocument>> {
  try {
    const { items, ...feed } = await parser().parseString(xml)
    const entries = items.map(item => entryOf(item, texts))
    if (entries.length === sources.length)
      for (const [index, entry] of entries.entries()) noteOrigin(entry, sources[index])
    return ok({ ...feedOf(feed), entries })
  } catch (error) {
    const [message = ''] = String(error instanceof Error ? error.message : error).split('\n') // the next line is a position in our own XML
    const reason = clip(oneLine(message), 120)
    return fail(`the answer is neither RSS nor Atom (${reason}): check the address`)
  }
}

/** A second attempt at malformed XML. Null where it yields nothing: then the first error is the better message. */
async function repaired(text: string, newest: Newest): Promise<Result<FeedDocument> | null> {
  if (!wholeFeed.test(text.slice(-50))) return null
  const xml = safeXml(wellFormed(text), elements)
  const feed = xml.ok ? await parse(newsOf(xml.value, newest)) : xml
  return feed.ok && feed.value.entries.length > 0 ? feed : null
}

/** A truncated answer would change when it comes whole. */
const wholeFeed = /<\/(?:rss|rdf:RDF|feed)\s{0,9}>\s{0,20}$/

/**
 * `<a:feed xmlns:a="http://www.w3.org/2005/Atom">` is Atom as well. rss-parser does not know the prefix, so tags lose
 * it.
 */
function withoutPrefix(xml: string): string {
  const prefix = /^[^<]{0,99}(?:<\?[^>]{0,200}>\s{0,99})?(?:<!--[^>]{0,999}-->\s{0,99})?<([\w-]{1,20}):feed\s/.exec(
    xml.slice(0, 2_000),
  )?.[1]
  return prefix === undefined ? xml : xml.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</')
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
  'title',
  'dc:title',
  'description',
  'dc:description',
  'summary',
  'content',
  'content:encoded',
  ...publishedFields,
  ...updatedFields,
  'author',
  'dc:creator',
  'category',
  'dc:subject',
  'enclosure',
  'media:content',
  'media:thumbnail',
  'media:group',
  'dc:language',
]
/** Atom's own links in an RSS feed, under the prefixes in use. */
const linkNames = ['atom:link', 'atom10:link', 'a10:link']
const feedFields = ['link', ...linkNames, 'language', 'dc:language', 'ttl', 'sy:updatePeriod', 'sy:updateFrequency']

/** What the pre-pass needs to know. `name` is read inside another element, an author. */
const elements: Elements = {
  texts: new Set([
    'title',
    'dc:title',
    'description',
    'dc:description',
    'summary',
    'content',
    'content:encoded',
    'subtitle',
  ]),
  read: new Set([...skeleton, ...itemFields, ...feedFields, 'name']),
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
      item: [...itemFields.map(kept), attributes] as never[],
      feed: [...feedFields.map(kept), attributes] as never[],
    },
  })

function feedOf(feed: object): Omit<FeedDocument, 'entries'> {
  const fields = fieldsOf(feed, PREFIX)
  return {
    link: linkOf(fields),
    hub: relatedLink(fields, 'hub'),
    self: relatedLink(fields, 'self'),
    base: attributesOf(feed)['xml:base'] ?? '',
    ttl: textOf(fields, 'ttl'),
    updatePeriod: textOf(fields, 'sy:updatePeriod'),
    updateFrequency: textOf(fields, 'sy:updateFrequency'),
    language: textOf(fields, 'language', 'dc:language') || (attributesOf(feed)['xml:lang'] ?? ''),
  }
}

function relatedLink(fields: Fields, relation: string): string {
  const links = ['link', ...linkNames].flatMap(name => childrenOf(fields, name)).map(attributesOf)
  return links.find(({ rel }) => rel?.trim().toLowerCase() === relation)?.href ?? ''
}

/** How many items are wanted. Items dated after `until` (ms) are not out yet. */
type Newest = { count: number; until: number }

/**
 * A feed's XML without texts → the same without all but the newest items. Items without a plain date and items with a
 * future date stay and do not count.
 * @param dates names of the elements that date an item; the first that is there decides
 */
function newestItems(xml: string, dates: readonly string[], { count, until }: Newest): string {
  const items = itemsIn(xml)
  if (items.length <= count) return xml
  const dated = items.flatMap(item => {
    const at = dateOf(xml.slice(item.from, item.to), dates)
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

function dateOf(item: string, names: readonly string[]): Instant | null {
  if (item.includes('<source')) return null // an entry of another feed, with that feed's dates
  for (const name of names) {
    const open = item.indexOf(`<${name}`)
    if (open < 0) continue
    const from = open + name.length + 2
    if (item.charAt(from - 1) !== '>') return null
    return parseDate(item.slice(from, item.indexOf('<', from)))
  }
  return null
}
