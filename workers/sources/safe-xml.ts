import { decodeHTMLStrict } from 'entities'
import { fail, ok, type Result } from '../../shared/domain/result.ts'

/**
 * A feed's XML, made fit for a strict parser in one pass, or refused:
 * - text becomes CDATA wherever the parser would stumble: entities, declared or not, and lone ampersands are read as HTML
 *   reads them, and markup that stands bare in a text element (XHTML content) keeps its order;
 * - what stands before and after the document is dropped;
 * - entity declarations, nesting deeper than 100, and elements and attributes without end are refused.
 */
export function safeXml(xml: string): Result<string> {
  let out = ''
  let depth = 0
  let references = 0
  let parts = 0
  let inline: Inline | null = null
  let at = Math.max(xml.indexOf('<'), 0)
  for (let open = xml.indexOf('<', at); open >= 0; open = xml.indexOf('<', at)) {
    const end = endOfMarkup(xml, open)
    if (end < 0) return fail('the XML ends in the middle of a tag: the answer was cut short')
    const markup = xml.slice(open, end)
    const kind = kindOf(markup)
    if (inline === null) out += safeText(xml.slice(at, open))
    at = end
    if (kind === 'doctype') {
      if (/<!ENTITY/i.test(markup)) return fail('the XML declares entities, which are not read: remove its DOCTYPE')
      continue
    }
    if (kind === 'close') depth--
    if (inline === null) {
      if (kind === 'open' || kind === 'empty') parts += markup.split('=').length // the element and its attributes
      if (parts > MAX_PARTS) return fail(`the XML has over ${MAX_PARTS} elements and attributes, as no feed has`)
      if (markup.includes('&') && (kind === 'open' || kind === 'empty')) {
        references += markup.split('&').length
        if (references > MAX_REFERENCES) return fail('the XML has more entities in its attributes than any feed')
        out += safeTag(markup)
      } else out += markup
    } else if (kind === 'close' && depth < inline.depth) {
      const text = xml.slice(inline.from, open)
      out += (inline.hasMarkup ? inCdata(text) : safeText(text)) + markup
      inline = null
    } else if (kind === 'open' || kind === 'empty') inline.hasMarkup = true
    else if (kind === 'cdata' && !inline.hasMarkup) {
      out += safeText(xml.slice(inline.from, open)) + markup
      inline.from = end
    }
    if (kind === 'open' && ++depth > MAX_DEPTH)
      return fail(`the XML is nested over ${MAX_DEPTH} levels deep, as no feed is`)
    if (kind === 'open' && inline === null && isTextElement(markup)) inline = { from: end, depth, hasMarkup: false }
    if (depth <= 0 && (kind === 'close' || kind === 'empty')) break
  }
  return ok(out)
}

const MAX_DEPTH = 100
const MAX_REFERENCES = 100_000
/** Elements and attributes. The parser builds them in one go: a million would hold up all else for seconds. */
const MAX_PARTS = 200_000

/** The text element that the scan is in, where its unwritten content begins, and whether that holds tags. */
type Inline = { from: number; depth: number; hasMarkup: boolean }

const textElements = new Set(['title', 'description', 'summary', 'content', 'content:encoded', 'subtitle'])
const isTextElement = (tag: string): boolean => textElements.has(/^<([^\s/>]{1,40})/.exec(tag)?.[1] ?? '')

type Markup = 'open' | 'empty' | 'close' | 'cdata' | 'doctype' | 'other'

function kindOf(markup: string): Markup {
  if (markup.startsWith('</')) return 'close'
  if (markup.startsWith('<![CDATA[')) return 'cdata'
  if (/^<!doctype/i.test(markup)) return 'doctype'
  if (/^<[!?]/.test(markup)) return 'other'
  return markup.endsWith('/>') ? 'empty' : 'open'
}

/** The index after the markup that begins at `open`; -1 when it never ends. */
function endOfMarkup(xml: string, open: number): number {
  if (xml.startsWith('<!--', open)) return after(xml, '-->', open + 4)
  if (xml.startsWith('<![CDATA[', open)) return after(xml, ']]>', open + 9)
  if (xml.startsWith('<?', open)) return after(xml, '?>', open + 2)
  let quote = ''
  let subset = false
  for (let i = open + 1; i < xml.length; i++) {
    const char = xml.charAt(i)
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (char === '[') subset = true
    else if (char === ']') subset = false
    else if (char === '>' && !subset) return i + 1
  }
  return -1
}

const after = (xml: string, mark: string, from: number): number => {
  const found = xml.indexOf(mark, from)
  return found < 0 ? -1 : found + mark.length
}

const safeText = (text: string): string => (text.includes('&') ? inCdata(decodeHTMLStrict(text)) : text)

const inCdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** Attributes know no CDATA: what is no reference that every XML parser reads loses its ampersand's meaning. */
const safeTag = (tag: string): string => tag.replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;')
