import RssParser from 'rss-parser'
import { fail, ok, type Result } from '../../shared/domain/result.ts'
import { decodeText, MAX_BYTES } from './charset.ts'
import { clip } from './clip.ts'
import type { FeedDocument, FeedEntry } from './feed-document.ts'
import { tooLarge } from './json-answer.ts'
import { oneLine } from './plain-text.ts'
import type { Answer } from './reader.ts'
import { safeXml } from './safe-xml.ts'
import { wellFormed } from './well-formed.ts'
import { attributesOf, childrenOf, type Fields, fieldsOf, textOf } from './xml-fields.ts'

/**
 * RSS 0.9 to 2.0 and Atom → their entries in one shape; fails with one line on anything else.
 * @param options lenient: what is not well-formed is read as far as it goes. For news only: where absence speaks, half is wrong.
 * @see https://www.rssboard.org/rss-specification
 * @see https://web.resource.org/rss/1.0/spec
 * @see https://www.rfc-editor.org/rfc/rfc4287
 */
export async function readRss(
  answer: Answer,
  { lenient }: { lenient: boolean } = { lenient: false },
): Promise<Result<FeedDocument>> {
  if (answer.body.length > MAX_BYTES) return fail(tooLarge(answer))
  const text = withoutPrefix(decodeText(answer))
  if (/^\s*<(?:!doctype html|html)\b/i.test(text.slice(0, 500))) {
    return fail('the answer is a web page, a feed was expected: check the address')
  }
  const xml = safeXml(text)
  if (!xml.ok) return xml
  const strict = await parse(xml.value)
  return strict.ok || !lenient ? strict : ((await mended(text)) ?? strict)
}

async function parse(xml: string): Promise<Result<FeedDocument>> {
  try {
    const { items, ...feed } = await parser().parseString(xml)
    return ok({ ...feedOf(feed), entries: items.map(entryOf) })
  } catch (error) {
    const reason = clip(oneLine(error instanceof Error ? error.message : String(error)), 120)
    return fail(`the answer is neither RSS nor Atom (${reason}): check the address`)
  }
}

/** A second reading of what a strict parser refuses. Null where it gives nothing: then the first reason is the better one. */
async function mended(text: string): Promise<Result<FeedDocument> | null> {
  if (!wholeFeed.test(text.slice(-50))) return null
  const xml = safeXml(wellFormed(text))
  const feed = xml.ok ? await parse(xml.value) : xml
  return feed.ok && feed.value.entries.length > 0 ? feed : null
}

/** An answer that was cut short would change when it comes whole. */
const wholeFeed = /<\/(?:rss|rdf:RDF|feed)\s{0,9}>\s{0,20}$/

/** `<a:feed xmlns:a="http://www.w3.org/2005/Atom">` is Atom as well: its tags lose the prefix by which the parser knows none. */
function withoutPrefix(xml: string): string {
  const prefix = /^[^<]{0,99}(?:<\?[^>]{0,200}>\s{0,99})?(?:<!--[^>]{0,999}-->\s{0,99})?<([\w-]{1,20}):feed\s/.exec(
    xml.slice(0, 2_000),
  )?.[1]
  return prefix === undefined ? xml : xml.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</')
}

/**
 * rss-parser finds the feed and its items. It gets to see the tags of the skeleton only, and the fields come to us
 * untouched under a prefix: its own reading of fields throws away the whole feed for one bad date or link, and
 * backtracks on markup without end.
 */
const skeleton = new Set(['rss', 'rdf:RDF', 'channel', 'item', 'feed', 'entry'])
const PREFIX = 'field:'

const itemFields = [
  'guid',
  'id',
  'link',
  'title',
  'description',
  'summary',
  'content',
  'content:encoded',
  'pubDate',
  'published',
  'updated',
  'dc:date',
  'dcterms:modified',
  'atom:updated',
  'a10:updated',
  'author',
  'dc:creator',
  'category',
  'enclosure',
  'media:content',
  'media:thumbnail',
  'media:group',
  'dc:language',
]
/** Atom's own links in an RSS feed, under the prefixes that are in use. */
const linkNames = ['atom:link', 'atom10:link', 'a10:link']
const feedFields = ['link', ...linkNames, 'language', 'dc:language', 'ttl', 'sy:updatePeriod', 'sy:updateFrequency']

/** The attributes of an element, under which its own `xml:base` and `xml:lang` stand. */
const attributes = ['$', '$', { keepArray: true }]
const kept = (name: string) => [PREFIX + name, PREFIX + name, { keepArray: true }]

// One a document: an xml2js parser that met an error does not come back clean.
const parser = () =>
  new RssParser<Fields, Fields>({
    defaultRSS: 2,
    xml2js: { tagNameProcessors: [(name: string) => (skeleton.has(name) ? name : PREFIX + name)] },
    customFields: {
      // The types know only names for feeds, and for items a prefix of ours; the code reads the same triples for both.
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

function entryOf(item: object): FeedEntry {
  const fields = fieldsOf(item, PREFIX)
  const guid = textOf(fields, 'guid', 'id')
  return {
    id: guid || ('rdf:about' in item ? String(item['rdf:about']) : ''),
    link: linkOf(fields) || (/^https?:/i.test(guid) ? guid : ''),
    base: attributesOf(item)['xml:base'] ?? '',
    title: textOf(fields, 'title'),
    summary: textOf(fields, 'description', 'summary'),
    content: textOf(fields, 'content:encoded', 'content'),
    published: textOf(fields, 'pubDate', 'published', 'dc:date'),
    updated: textOf(fields, 'updated', 'atom:updated', 'a10:updated', 'dcterms:modified'),
    author: authorOf(fields),
    categories: categoriesOf(fields),
    images: imagesOf(fields),
    language: textOf(fields, 'dc:language'),
  }
}

/** RSS writes the address as text, Atom in an attribute, beside others with other relations. */
function linkOf(fields: Fields): string {
  const links = childrenOf(fields, 'link')
  for (const { href, rel = 'alternate' } of links.map(attributesOf)) {
    if (href !== undefined && rel === 'alternate') return href
  }
  return textOf(fields, 'link')
}

function relatedLink(fields: Fields, relation: string): string {
  const links = ['link', ...linkNames].flatMap(name => childrenOf(fields, name)).map(attributesOf)
  return links.find(({ rel }) => rel?.trim().toLowerCase() === relation)?.href ?? ''
}

const authorOf = (fields: Fields): string => {
  const person = childrenOf(fields, 'author').map(author => textOf(fieldsOf(author, PREFIX), 'name'))[0]
  const author = textOf(fields, 'dc:creator') || person || textOf(fields, 'author')
  return /^\S+@\S+ \(([^)]+)\)$/.exec(author.slice(0, 300))?.[1] ?? author
}

const categoriesOf = (fields: Fields): string[] =>
  childrenOf(fields, 'category')
    .slice(0, 200)
    .map(category => textOf({ category: [category] }, 'category') || (attributesOf(category).term ?? ''))
    .filter(category => category !== '')

/** @see https://www.rssboard.org/media-rss */
function imagesOf(fields: Fields): string[] {
  const groups = childrenOf(fields, 'media:group').map(group => fieldsOf(group, PREFIX))
  const media = [fields, ...groups]
  const pictures = [...media.flatMap(part => childrenOf(part, 'media:content')), ...childrenOf(fields, 'enclosure')]
    .map(attributesOf)
    .filter(({ medium, type, url }) => medium === 'image' || /^image\//.test(type ?? '') || isPicture(url ?? ''))
  const thumbnails = media.flatMap(part => childrenOf(part, 'media:thumbnail')).map(attributesOf)
  return [...pictures, ...thumbnails].flatMap(({ url }) => (url === undefined ? [] : [url]))
}

const isPicture = (url: string): boolean => /\.(?:jpe?g|png|webp|gif|avif)$/i.test(url.slice(-8))
