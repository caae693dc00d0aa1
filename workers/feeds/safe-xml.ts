import { decodeHTMLStrict } from 'entities'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { endOfMarkup, endOfText, isEmptyTag, kindAt, nameAt, wordsOf } from './xml-markup.ts'

/** A feed's XML without its texts: where one was, its number in `texts` stands. */
export type SafeXml = { xml: string; texts: string[] }

/** Elements that hold text for people, markup perhaps; and those that a feed's reader looks at, these among them. */
export type Elements = { texts: ReadonlySet<string>; read: ReadonlySet<string> }

/**
 * A feed's XML, made fit for a strict parser in one pass, or refused:
 * - texts are taken out, so that the parser need not walk through them and cannot stumble over them: entities, declared or
 *   not, and lone ampersands are read as HTML reads them, and markup that stands bare in a text keeps its order;
 * - what nobody reads goes: comments, spaces between tags, elements of other names that hold no elements, and what stands
 *   before and after the document;
 * - entity declarations other than HTML's own names, nesting deeper than 100, and elements and attributes without end are
 *   refused.
 */
export function safeXml(xml: string, elements: Elements): Result<SafeXml> {
  const texts: string[] = []
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
    out += safeTag(markup)
    if (isEmpty) {
      if (depth === 0) break
      continue
    }
    if (++depth > MAX_DEPTH) return fail(`the XML is nested over ${MAX_DEPTH} levels deep, as no feed is`)
    if (elements.texts.has(name) && !neverEnd.has(name)) {
      const close = endOfText(xml, end, name)
      if (close < 0) neverEnd.add(name)
      else {
        const words = wordsOf(xml.slice(end, close))
        if (words !== '') out += texts.push(words) - 1
        at = close
      }
    }
  }
  return ok({ xml: out, texts })
}

const MAX_DEPTH = 100
const MAX_REFERENCES = 100_000
/** Elements and attributes. The parser builds them in one go: a million would hold up all else for seconds. */
const MAX_PARTS = 200_000
const ENTITIES_DECLARED = 'the XML declares entities, which are not read: remove its DOCTYPE'

/** The index after the element whose content begins at `from`, where it holds nothing but text; else -1. */
function endOfLeaf(xml: string, from: number, name: string): number {
  const close = xml.indexOf('<', from)
  return close >= 0 && kindAt(xml, close) === 'close' && nameAt(xml, close) === name ? endOfMarkup(xml, close) : -1
}

const safeText = (text: string): string =>
  text.includes('&') ? inCdata(decodeHTMLStrict(text)) : text.trim() === '' ? '' : text

const inCdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** Attributes know no CDATA: what is no reference that every XML parser reads loses its ampersand's meaning. */
const safeTag = (tag: string): string =>
  tag.includes('&') ? tag.replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;') : tag

/**
 * Whether a DOCTYPE declares entities of its own. No declaration is ever read, but some feeds declare what HTML knows anyway, one
 * by one or by W3C's lists, and lose nothing by that.
 * @see https://www.w3.org/TR/xhtml1/#h-A2
 */
const declaresEntities = (doctype: string): boolean =>
  [...doctype.matchAll(/<!ENTITY(?:\s{1,99}(%))?(?:\s{1,99}([\w.-]{1,40}))?/gi)].some(([, isList, name = '']) =>
    isList === undefined ? decodeHTMLStrict(`&${name};`) === `&${name};` : !lists.has(name),
  )

const lists = new Set(['HTMLlat1', 'HTMLsymbol', 'HTMLspecial'])
