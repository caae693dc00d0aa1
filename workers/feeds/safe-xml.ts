import { decodeHTMLStrict } from 'entities'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { leafAt } from './leaf.ts'
import { type Fields, LEAVES } from './rss-entry.ts'

/**
 * A feed's XML without its texts: each is replaced by its index in `texts`. `items` are the items as they came. The
 * first child of an item, `LEAVES`, holds the index of those of its elements in `leaves` that are not in the XML.
 */
export type SafeXml = { xml: string; texts: string[]; items: string[]; leaves: Fields[] }

/**
 * Elements that hold text for people, perhaps with markup; elements that are read at all, these included; and those of
 * items, which are taken out where they hold only text.
 */
export type Elements = { texts: ReadonlySet<string>; read: ReadonlySet<string>; ofItems: ReadonlySet<string> }

/**
 * Makes a feed's XML fit for a strict parser in one pass, or refuses it:
 * - Texts are taken out, so that the parser neither walks through them nor stumbles over them. Entities, declared or
 * not, and lone ampersands are read as in HTML; bare markup in a text keeps its order.
 * - Unused parts are dropped: comments, spaces between tags, leaf elements of other names, and anything before and
 * after the document.
 * - Entity declarations other than HTML's own names, nesting deeper than 100, and too many elements and attributes are
 * refused.
 */
export function safeXml(xml: string, elements: Elements): Result<SafeXml> {
  const texts: string[] = []
  const items: string[] = []
  const leaves: Record<string, unknown[]>[] = []
  let item = -1
  let itemDepth = 0
  let inXml = new Set<string>()
  const neverEnd = new Set<string>()
  let out = ''
  let depth = 0
  let references = 0
  let parts = 0
  let at = Math.max(xml.indexOf('<'), 0)
  for (let open = xml.indexOf('<', at); open >= 0; open = xml.indexOf('<', at)) {
    if (open > at) out += safeText(xml.slice(at, open))
    const kind = kindAt(xml, open)
    const end = endOfMarkup(xml, open)
    if (end < 0) {
      if (kind !== 'close' || depth !== 1) return fail('the XML ends in the middle of a tag: the answer was cut short')
      out += `</${nameAt(xml, open)}>`
      break
    }
    at = end
    if (kind === 'comment') continue
    if (kind === 'doctype') {
      if (declaresEntities(xml.slice(open, end))) return fail(ENTITIES_DECLARED)
      continue
    }
    const markup = xml.slice(open, end)
    if (kind === 'close') depth--
    if (kind !== 'open') {
      out += markup
      if (item >= 0 && isItem(nameAt(xml, open))) {
        items.push(xml.slice(item, end))
        item = -1
      }
      if (kind === 'close' && depth <= 0) break
      continue
    }

    parts += markup.includes('=') ? markup.split('=').length : 1 // the element and its attributes
    if (parts > MAX_PARTS) return fail(`the XML has over ${MAX_PARTS} elements and attributes, as no feed has`)
    const name = nameAt(xml, open)
    const isEmpty = isEmptyTag(xml, end)
    if (depth > 0 && !elements.read.has(name)) {
      const close = isEmpty ? end : endOfLeaf(xml, end, name)
      if (close >= 0) {
        at = close
        continue
      }
    }
    if (markup.includes('&')) {
      references += markup.split('&').length
      if (references > MAX_REFERENCES) return fail('the XML has more entities in its attributes than any feed')
    }
    let known: { text: string; close: number } | undefined
    if (!isEmpty && elements.texts.has(name) && !neverEnd.has(name)) {
      const close = endOfText(xml, end, name)
      if (close < 0) neverEnd.add(name)
      else {
        const words = wordsOf(xml.slice(end, close))
        known = { text: words === '' ? '' : String(texts.push(words) - 1), close }
      }
    }
    if (item >= 0 && depth === itemDepth && elements.ofItems.has(name)) {
      // Those of one name stay in their order: the XML's come last.
      const leaf = inXml.has(name) ? null : leafAt(xml, name, markup, end, known)
      const own = leaves.at(-1)
      if (leaf !== null && own !== undefined) {
        const others = own[name]
        if (others === undefined) own[name] = [leaf.element]
        else others.push(leaf.element)
        at = leaf.to
        continue
      }
      inXml.add(name)
    }
    out += safeTag(markup)
    const begins = item < 0 && isItem(name)
    if (begins && isEmpty) items.push(markup)
    if (isEmpty) {
      if (depth === 0) break
      continue
    }
    if (++depth > MAX_DEPTH) return fail(`the XML is nested over ${MAX_DEPTH} levels deep, as no feed is`)
    if (begins) {
      ;[item, itemDepth, inXml] = [open, depth, new Set()]
      out += `<${LEAVES}>${leaves.push(Object.create(null)) - 1}</${LEAVES}>`
    }
    if (known !== undefined) {
      out += known.text
      at = known.close
    }
  }
  return ok({ xml: out, texts, items, leaves })
}

const isItem = (name: string): boolean => name === 'item' || name === 'entry'

/** How many tags may be open at once. */
export const MAX_DEPTH = 100
const MAX_REFERENCES = 100_000
/** Elements and attributes. The parser builds them in one go: a million would block the process for seconds. */
const MAX_PARTS = 200_000
const ENTITIES_DECLARED = 'the XML declares entities, which are not read: remove its DOCTYPE'

/** The index after the element whose content begins at `from`, if it holds only text; else -1. */
function endOfLeaf(xml: string, from: number, name: string): number {
  const close = xml.indexOf('<', from)
  return close >= 0 && kindAt(xml, close) === 'close' && nameAt(xml, close) === name ? endOfMarkup(xml, close) : -1
}

const safeText = (text: string): string =>
  text.includes('&') ? inCdata(decodeHTMLStrict(text)) : text.trim() === '' ? '' : text

const inCdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** Attributes have no CDATA: an ampersand that begins no standard XML reference is escaped. */
const safeTag = (tag: string): string =>
  tag.includes('&') ? tag.replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;') : tag

/**
 * Whether a DOCTYPE declares entities of its own. No declaration is ever read. Some feeds declare HTML's own entities,
 * one by one or by W3C's lists, which is harmless.
 * @see https://www.w3.org/TR/xhtml1/#h-A2
 */
const declaresEntities = (doctype: string): boolean =>
  [...doctype.matchAll(/<!ENTITY(?:\s{1,99}(%))?(?:\s{1,99}([\w.-]{1,40}))?/gi)].some(([, isList, name = '']) =>
    isList === undefined ? decodeHTMLStrict(`&${name};`) === `&${name};` : !lists.has(name),
  )

const lists = new Set(['HTMLlat1', 'HTMLsymbol', 'HTMLspecial'])

/** What begins with a `<`. */
export type Markup = 'open' | 'close' | 'cdata' | 'doctype' | 'comment'

/** The kind of the markup that begins at `open`. Instructions count as comments: both are dropped. */
function kindAt(xml: string, open: number): Markup {
  const sign = xml.charCodeAt(open + 1)
  if (sign === SLASH) return 'close'
  if (sign === QUESTION) return 'comment'
  if (sign !== BANG) return 'open'
  if (xml.startsWith('[CDATA[', open + 2)) return 'cdata'
  return /^doctype/i.test(xml.slice(open + 2, open + 9)) ? 'doctype' : 'comment'
}

/** The index after the markup that begins at `open`; -1 when it never ends. */
function endOfMarkup(xml: string, open: number): number {
  const kind = kindAt(xml, open)
  if (kind === 'cdata') return after(xml, ']]>', open + 9)
  if (kind === 'comment' && xml.startsWith('<!--', open)) return after(xml, '-->', open + 4)
  if (xml.charCodeAt(open + 1) === QUESTION) return after(xml, '?>', open + 2)
  return endOfTag(xml, open + 1)
}

/** The name of the element whose tag begins at `open`; '' for an invalid name. */
function nameAt(xml: string, open: number): string {
  const from = xml.charCodeAt(open + 1) === SLASH ? open + 2 : open + 1
  let to = from
  while (to - from <= LONGEST_NAME && !endsName(xml.charCodeAt(to))) to++
  return to - from > LONGEST_NAME ? '' : xml.slice(from, to)
}

/** Whether the tag that ends before `end` is self-closing: `<link/>`. */
const isEmptyTag = (xml: string, end: number): boolean => xml.charCodeAt(end - 2) === SLASH

const LONGEST_NAME = 60
const [TAB, NEWLINE, RETURN, SPACE, BANG, QUOTE, APOSTROPHE, SLASH, GREATER, QUESTION, BRACKET, END_BRACKET] = [
  9, 10, 13, 32, 33, 34, 39, 47, 62, 63, 91, 93,
] as const

/** The index after the `>` that is neither in quotes nor in a DOCTYPE's internal subset. */
function endOfTag(xml: string, from: number): number {
  let subset = false
  for (let at = from; at < xml.length; at++) {
    const code = xml.charCodeAt(at)
    if (code === GREATER && !subset) return at + 1
    if (code === QUOTE || code === APOSTROPHE) {
      at = xml.indexOf(code === QUOTE ? '"' : "'", at + 1)
      if (at < 0) return -1
    } else if (code === BRACKET) subset = true
    else if (code === END_BRACKET) subset = false
  }
  return -1
}

const after = (xml: string, mark: string, from: number): number => {
  const found = xml.indexOf(mark, from)
  return found < 0 ? -1 : found + mark.length
}

const endsName = (code: number): boolean =>
  code === GREATER ||
  code === SLASH ||
  code === SPACE ||
  code === NEWLINE ||
  code === TAB ||
  code === RETURN ||
  Number.isNaN(code)

/** The index of the end tag of the text element whose content begins at `from`; -1 when it never ends. */
function endOfText(xml: string, from: number, name: string): number {
  let inner = 0
  for (let open = xml.indexOf('<', from); open >= 0; ) {
    const kind = kindAt(xml, open)
    let end = open + 1 // attributes of other elements hold no misleading '<'
    if (kind === 'cdata' || kind === 'comment' || nameAt(xml, open) === name) {
      end = endOfMarkup(xml, open)
      if (end < 0) return -1
      if (kind === 'close' && inner-- === 0) return open
      if (kind === 'open' && !isEmptyTag(xml, end)) inner++
    }
    open = xml.indexOf('<', end)
  }
  return -1
}

/** The content of a text element → its text, perhaps HTML; '' where it is blank. Reads the first 256 KB. */
function wordsOf(content: string): string {
  const raw = content.slice(0, MAX_CHARS).trim()
  if (!raw.includes('<')) return decoded(raw)
  let words = ''
  let at = 0
  for (let open = raw.indexOf('<'); open >= 0; open = raw.indexOf('<', at)) {
    if (!raw.startsWith(CDATA, open)) return raw // bare markup: HTML as it is
    const close = raw.indexOf(']]>', open)
    words += decoded(raw.slice(at, open)) + raw.slice(open + CDATA.length, close < 0 ? raw.length : close)
    at = close < 0 ? raw.length : close + 3
  }
  return (words + decoded(raw.slice(at))).trim()
}

const CDATA = '<![CDATA['
const MAX_CHARS = 256 * 1024

const decoded = (text: string): string => (text.includes('&') ? decodeHTMLStrict(text) : text)
