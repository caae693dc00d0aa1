import type { FeedEntry } from './feed-document.ts'

/** The prefix of an item's fields, which hides them from rss-parser. */
export const PREFIX = 'field:'

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

/** An item of rss-parser → an entry. @param texts the texts that numbers in the item stand for, see `safeXml` */
export function entryOf(item: object, texts: readonly string[]): FeedEntry {
  const fields = fieldsOf(item, PREFIX)
  const guid = textOf(fields, 'guid', 'id')
  return {
    id: guid || ('rdf:about' in item ? String(item['rdf:about']) : ''),
    link: linkOf(fields) || (/^https?:/i.test(guid) ? guid : ''),
    base: attributesOf(item)['xml:base'] ?? '',
    title: wordsOf(fields, texts, 'title', 'dc:title'),
    summary: wordsOf(fields, texts, 'description', 'summary', 'dc:description'),
    content: wordsOf(fields, texts, 'content:encoded', 'content'),
    published: textOf(fields, ...publishedFields),
    updated: textOf(fields, ...updatedFields),
    author: authorOf(fields),
    categories: categoriesOf(fields),
    images: imagesOf(fields),
    language: textOf(fields, 'dc:language'),
  }
}

/** The text of the first of these elements that has any. */
function wordsOf(fields: Fields, texts: readonly string[], ...names: string[]): string {
  for (const name of names) {
    for (const element of childrenOf(fields, name)) {
      const text = texts[Number(textOf({ [name]: [element] }, name) || Number.NaN)] ?? ''
      const { mode, type = '' } = attributesOf(element)
      const words = mode === 'base64' || isBinary(type) ? fromBase64(text) : text
      if (words !== '') return words
    }
  }
  return ''
}

/** A type that is neither text nor XML comes in Base64. @see https://www.rfc-editor.org/rfc/rfc4287#section-4.1.3.3 */
const isBinary = (type: string): boolean => /^(?!text\/)[\w.-]{1,80}\/(?![\w.+-]{0,80}xml\b)[\w.+-]{1,80}$/i.test(type)

/** '' where it is no text but an image's bytes. */
function fromBase64(text: string): string {
  const words = Buffer.from(text, 'base64').toString()
  return words.includes('\uFFFD') ? '' : words.trim()
}

/** RSS writes the address as text, Atom in an attribute, beside links with other relations. */
export function linkOf(fields: Fields): string {
  const links = childrenOf(fields, 'link')
  for (const { href, rel = 'alternate' } of links.map(attributesOf)) {
    if (href !== undefined && rel === 'alternate') return href
  }
  return textOf(fields, 'link')
}

const authorOf = (fields: Fields): string => {
  const person = childrenOf(fields, 'author').map(author => textOf(fieldsOf(author, PREFIX), 'name'))[0]
  const author = (textOf(fields, 'dc:creator') || person || textOf(fields, 'author')).slice(0, 300)
  const [, before, after] = /^[^\s@]+@\S+ \(([^)]+)\)$|^([^(<]+) [(<][^\s@]+@[^\s)>]+[)>]$/.exec(author) ?? []
  return before ?? after ?? author
}

const categoriesOf = (fields: Fields): string[] =>
  [...childrenOf(fields, 'category'), ...childrenOf(fields, 'dc:subject')]
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
