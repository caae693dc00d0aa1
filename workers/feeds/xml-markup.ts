import { decodeHTMLStrict } from 'entities'

/** What begins with a `<`. */
export type Markup = 'open' | 'close' | 'cdata' | 'doctype' | 'comment'

/** The kind of the markup that begins at `open`. Instructions count as comments: nobody reads either. */
export function kindAt(xml: string, open: number): Markup {
  const sign = xml.charCodeAt(open + 1)
  if (sign === SLASH) return 'close'
  if (sign === QUESTION) return 'comment'
  if (sign !== BANG) return 'open'
  if (xml.startsWith('[CDATA[', open + 2)) return 'cdata'
  return /^doctype/i.test(xml.slice(open + 2, open + 9)) ? 'doctype' : 'comment'
}

/** The index after the markup that begins at `open`; -1 when it never ends. */
export function endOfMarkup(xml: string, open: number): number {
  const kind = kindAt(xml, open)
  if (kind === 'cdata') return after(xml, ']]>', open + 9)
  if (kind === 'comment' && xml.startsWith('<!--', open)) return after(xml, '-->', open + 4)
  if (xml.charCodeAt(open + 1) === QUESTION) return after(xml, '?>', open + 2)
  return endOfTag(xml, open + 1)
}

/** The name of the element whose tag begins at `open`; '' for what is no name. */
export function nameAt(xml: string, open: number): string {
  const from = xml.charCodeAt(open + 1) === SLASH ? open + 2 : open + 1
  let to = from
  while (to - from <= LONGEST_NAME && !endsName(xml.charCodeAt(to))) to++
  return to - from > LONGEST_NAME ? '' : xml.slice(from, to)
}

/** Whether the tag that ends before `end` has no content: `<link/>`. */
export const isEmptyTag = (xml: string, end: number): boolean => xml.charCodeAt(end - 2) === SLASH

const LONGEST_NAME = 60
const [TAB, NEWLINE, RETURN, SPACE, BANG, QUOTE, APOSTROPHE, SLASH, GREATER, QUESTION, BRACKET, END_BRACKET] = [
  9, 10, 13, 32, 33, 34, 39, 47, 62, 63, 91, 93,
] as const

/** The index after the `>` that stands neither in quotes nor in a DOCTYPE's own brackets. */
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

/** Where the text element of this name ends whose content begins at `from`: the index of its end tag; -1 when it never ends. */
export function endOfText(xml: string, from: number, name: string): number {
  let inner = 0
  for (let open = xml.indexOf('<', from); open >= 0; ) {
    const kind = kindAt(xml, open)
    let end = open + 1 // attributes of other elements hold no '<' that could mislead
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

/** The content of a text element → its text, HTML perhaps; '' where it is blank. Only the first 256 KB count. */
export function wordsOf(content: string): string {
  const raw = content.slice(0, MAX_CHARS).trim()
  if (!raw.includes('<')) return decoded(raw)
  let words = ''
  let at = 0
  for (let open = raw.indexOf('<'); open >= 0; open = raw.indexOf('<', at)) {
    if (!raw.startsWith(CDATA, open)) return raw // markup that stands bare: HTML as it is
    const close = raw.indexOf(']]>', open)
    words += decoded(raw.slice(at, open)) + raw.slice(open + CDATA.length, close < 0 ? raw.length : close)
    at = close < 0 ? raw.length : close + 3
  }
  return (words + decoded(raw.slice(at))).trim()
}

const CDATA = '<![CDATA['
const MAX_CHARS = 256 * 1024

const decoded = (text: string): string => (text.includes('&') ? decodeHTMLStrict(text) : text)
