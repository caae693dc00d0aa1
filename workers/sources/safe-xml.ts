import { decodeHTMLStrict } from 'entities'
import { fail, ok, type Result } from '../../shared/domain/result.ts'

/**
 * A feed's XML, made fit for a strict parser in one pass, or refused:
 * - named HTML entities that nobody declared become numeric, lone ampersands are escaped (outside CDATA);
 * - markup that stands bare in a text element (XHTML content) becomes CDATA, so that it keeps its order;
 * - entity declarations and nesting deeper than 100 are refused.
 */
export function safeXml(xml: string): Result<string> {
  let out = ''
  let depth = 0
  let inline: Inline | null = null
  let at = Math.max(xml.indexOf('<'), 0)
  while (at < xml.length) {
    const open = xml.indexOf('<', at)
    if (open < 0) break
    if (inline === null) out += safeText(xml.slice(at, open))
    const end = endOfMarkup(xml, open)
    if (end < 0) return fail('the XML ends in the middle of a tag: the answer was cut short')
    const markup = xml.slice(open, end)
    at = end
    const kind = kindOf(markup)
    if (kind === 'doctype' && /<!ENTITY/i.test(markup)) {
      return fail('the XML declares entities, which are not read: remove its DOCTYPE')
    }
    if (kind === 'close') depth--
    if (inline !== null) {
      if (kind === 'close' && depth < inline.depth) {
        out += `${inline.hasMarkup ? inCdata(xml.slice(inline.from, open)) : safeText(xml.slice(inline.from, open))}${markup}`
        inline = null
      } else if (kind === 'open' || kind === 'empty') inline.hasMarkup = true
      else if (kind === 'cdata' && !inline.hasMarkup) {
        out += safeText(xml.slice(inline.from, open)) + markup
        inline.from = end
      }
    } else if (kind === 'open' || kind === 'empty') out += safeText(markup)
    else if (kind !== 'doctype') out += markup
    if (kind === 'open') {
      if (++depth > MAX_DEPTH) return fail(`the XML is nested over ${MAX_DEPTH} levels deep, which no feed is`)
      if (inline === null && textElements.has(nameOf(markup))) inline = { from: end, depth, hasMarkup: false }
    }
  }
  return ok(out)
}

const MAX_DEPTH = 100

/** The text element that the scan is in, where its unwritten content begins, and whether that holds tags. */
type Inline = { from: number; depth: number; hasMarkup: boolean }

const textElements = new Set(['title', 'description', 'summary', 'content', 'content:encoded', 'subtitle'])
const nameOf = (tag: string): string => /^<([^\s/>]{1,40})/.exec(tag)?.[1] ?? ''

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

const builtIn = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

const safeText = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#\d{1,7};|#x[\da-f]{1,6};|([a-z][a-z\d]{1,31});)?/gi, (found, name?: string) =>
        found === '&' ? '&amp;' : name === undefined || builtIn.has(name) ? found : numeric(found),
      )
    : text

/** A name that HTML does not know either stays as the author wrote it. */
function numeric(entity: string): string {
  const text = decodeHTMLStrict(entity)
  return text === entity ? `&amp;${entity.slice(1)}` : [...text].map(char => `&#${char.codePointAt(0)};`).join('')
}

const inCdata = (markup: string): string => `<![CDATA[${markup.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
