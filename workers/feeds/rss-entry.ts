import { type FeedEntry, joinNames } from './feed-document.ts'

/** The prefix of an item's fields, which hides them from rss-parser. */
export const PREFIX = 'field:'

/** The field that says which `leaves` of `safeXml` are an item's. */
export const LEAVES = 'leaves'

/** The names that formats have for the publication and the last change of an item. */
export const publishedFields = [
  'pubDate',
  'published',
  'issued',
  'dc:date',
  'dcterms:issued',
  'created',
  'dcterms:created',
]
export const updatedFields = ['updated', 'modified', 'atom:updated', 'a10:updated', 'dcterms:modified']

/**
 * An item of rss-parser → an entry.
 * @param leaves what is not in the item, @param texts the texts that its numbers stand for, see `safeXml`
 * @param isAtom whether a title without a type is plain text
 */
export function entryOf(item: object, leaves: readonly Fields[], texts: readonly string[], isAtom: boolean): FeedEntry {
  const fields = fieldsOf(item, PREFIX)
  for (const [name, elements] of Object.entries(leaves[Number(textOf(fields, LEAVES) || Number.NaN)] ?? {}))
    if (Array.isArray(elements)) fields[name] = [...elements, ...childrenOf(fields, name)]
  const groups = childrenOf(fields, 'media:group').map(group => fieldsOf(group, PREFIX))
  const guid = textOf(fields, 'guid', 'id')
  const own = attributesOf(item)
  const link = linkOf(fields)
  const [title, content] = [textElement(fields, texts, titleFields), textElement(fields, texts, contentFields)]
  return {
    id: guid || ('rdf:about' in item ? String(item['rdf:about']) : ''),
    link: link.href || (/^https?:/i.test(guid) ? guid : otherLinkOf(fields)),
    base: [own['xml:base'] ?? '', link.base].filter(base => base !== ''),
    contentBase: [own['xml:base'] ?? '', content.base].filter(base => base !== ''),
    title: title.words,
    isTitleText: /^text(?:\/plain)?$/.test(title.type) || (isAtom && title.type === ''),
    summary: textElement(fields, texts, summaryFields).words,
    content: content.words || mediaWords(fields, groups, texts),
    published: textOf(fields, ...publishedFields),
    updated: textOf(fields, ...updatedFields),
    author: authorOf(fields),
    categories: categoriesOf(fields),
    images: imagesOf(fields, groups),
    language: textOf(fields, 'dc:language') || (own['xml:lang'] ?? title.language),
  }
}

export const titleFields = ['title', 'dc:title', 'media:title', 'itunes:title']
export const summaryFields = ['description', 'summary', 'dc:description']
export const contentFields = ['content:encoded', 'content']
/** What describes an entry that has no words of its own: a video, an episode. */
export const mediaFields = ['media:description', 'itunes:summary', 'itunes:subtitle']

const mediaWords = (fields: Fields, groups: readonly Fields[], texts: readonly string[]): string =>
  [fields, ...groups].map(part => textElement(part, texts, mediaFields).words).find(words => words !== '') ?? ''

type TextElement = { words: string; type: string; base: string; language: string }

/** The first of these elements that has a text. */
function textElement(fields: Fields, texts: readonly string[], names: readonly string[]): TextElement {
  for (const name of names) {
    for (const element of childrenOf(fields, name)) {
      const text = texts[Number(textOf({ [name]: [element] }, name) || Number.NaN)] ?? ''
      const { mode, type = '', 'xml:base': base = '', 'xml:lang': language = '' } = attributesOf(element)
      const words = mode === 'base64' || isBinary(type) ? fromBase64(text) : text
      if (words !== '') return { words, type, base, language }
    }
  }
  return { words: '', type: '', base: '', language: '' }
}

/** A type that is neither text nor XML comes in Base64. @see https://www.rfc-editor.org/rfc/rfc4287#section-4.1.3.3 */
const isBinary = (type: string): boolean => /^(?!text\/)[\w.-]{1,80}\/(?![\w.+-]{0,80}xml\b)[\w.+-]{1,80}$/i.test(type)

/** '' where it is no text but an image's bytes. */
function fromBase64(text: string): string {
  const words = Buffer.from(text, 'base64').toString()
  return words.includes('\uFFFD') ? '' : words.trim()
}

/** An address, and the base that its own element gives it. */
type Link = { href: string; base: string }

/** RSS writes the address as text, Atom in an attribute, beside links with other relations. */
export function linkOf(fields: Fields): Link {
  const original = textOf(fields, 'feedburner:origLink') // what FeedBurner's own address leads to
  if (original !== '') return { href: original, base: '' }
  for (const element of childrenOf(fields, 'link')) {
    const { href, rel = 'alternate', 'xml:base': base = '' } = attributesOf(element)
    if (href !== undefined && rel === 'alternate') return { href, base }
    const text = textOf({ link: [element] }, 'link')
    if (text !== '') return { href: text, base }
  }
  return { href: related(fields, 'alternate'), base: '' }
}

/** Where an entry leads that has neither a link nor an address as its id. */
const otherLinkOf = (fields: Fields): string =>
  related(fields, 'related') ||
  related(fields, 'via') ||
  (childrenOf(fields, 'enclosure').map(attributesOf)[0]?.url ?? related(fields, 'enclosure'))

/** Atom's own links in an RSS feed, under the prefixes in use. */
export const linkNames = ['atom:link', 'atom10:link', 'a10:link']

/** The address of Atom's link with a relation; '' where there is none. */
export function related(fields: Fields, relation: string): string {
  const links = ['link', ...linkNames].flatMap(name => childrenOf(fields, name)).map(attributesOf)
  return links.find(({ rel = 'alternate' }) => rel.trim().toLowerCase() === relation)?.href ?? ''
}

/** The authors of an item or a feed, by name. */
export function authorOf(fields: Fields): string {
  const persons = childrenOf(fields, 'author').map(author => textOf(fieldsOf(author, PREFIX), 'name'))
  const creators = childrenOf(fields, 'dc:creator').map(creator => textOf({ creator: [creator] }, 'creator'))
  const names = [creators, persons].find(list => list.some(name => name !== ''))
  return joinNames((names ?? [textOf(fields, 'author', 'itunes:author', 'media:credit')]).slice(0, 5).map(personName))
}

/** `ada@x.test (Ada Vogel)`, `Ada Vogel <ada@x.test>` → the name. */
function personName(text: string): string {
  const author = text.slice(0, 300)
  const [, before, after] = /^[^\s@]+@\S+ \(([^)]+)\)$|^([^(<]+) [(<][^\s@]+@[^\s)>]+[)>]$/.exec(author) ?? []
  return before ?? after ?? author
}

const categoriesOf = (fields: Fields): string[] =>
  [...childrenOf(fields, 'category'), ...childrenOf(fields, 'dc:subject')]
    .slice(0, 200)
    .map(category => textOf({ category: [category] }, 'category') || (attributesOf(category).term ?? ''))
    .filter(category => category !== '')

/** @see https://www.rssboard.org/media-rss */
function imagesOf(fields: Fields, groups: readonly Fields[]): string[] {
  const media = [fields, ...groups]
  const pictures = [...media.flatMap(part => childrenOf(part, 'media:content')), ...childrenOf(fields, 'enclosure')]
    .map(attributesOf)
    .filter(({ medium, type, url }) => medium === 'image' || /^image\//.test(type ?? '') || isPicture(url ?? ''))
  const thumbnails = media.flatMap(part => childrenOf(part, 'media:thumbnail')).map(attributesOf)
  const covers = childrenOf(fields, 'itunes:image').map(attributesOf)
  return [...pictures, ...thumbnails, ...covers].flatMap(({ url, href = url }) => (href === undefined ? [] : [href]))
}

const isPicture = (url: string): boolean => /\.(?:jpe?g|png|webp|gif|avif)$/i.test(url.slice(-8))

/** An element as xml2js gives it: text, or an object with `_` (text), `$` (attributes) and its children by name. */
export type Fields = Record<string, unknown>

/** The children of an element whose names have the prefix, without it. */
export function fieldsOf(element: unknown, prefix: string): Fields {
  const fields: Fields = Object.create(null)
  if (typeof element !== 'object' || element === null) return fields
  for (const [name, value] of Object.entries(element)) {
    if (name.startsWith(prefix)) fields[name.slice(prefix.length)] = value
  }
  return fields
}

/** All elements of one name, in order. */
export const childrenOf = (fields: Fields, name: string): unknown[] => {
  const children = fields[name]
  return Array.isArray(children) ? children : []
}

/** The text of the first element that has any, in the order of the names; else ''. */
export function textOf(fields: Fields, ...names: string[]): string {
  for (const name of names) {
    for (const child of childrenOf(fields, name)) {
      const text = typeof child === 'string' ? child : ownText(child)
      if (text.trim() !== '') return text.trim()
    }
  }
  return ''
}

export function attributesOf(element: unknown): Partial<Record<string, string>> {
  const attributes: Partial<Record<string, string>> = Object.create(null)
  if (typeof element !== 'object' || element === null || !('$' in element)) return attributes
  for (const [name, value] of Object.entries(element.$ ?? {})) if (typeof value === 'string') attributes[name] = value
  return attributes
}

const ownText = (element: unknown): string =>
  typeof element === 'object' && element !== null && '_' in element && typeof element._ === 'string' ? element._ : ''
