import { decodeHTMLStrict } from 'entities'
import { endOfMarkup, isEmptyTag, kindAt, nameAt } from './xml-markup.ts'

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
