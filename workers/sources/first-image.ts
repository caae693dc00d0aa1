import { decodeHTML } from 'entities'
import { endOfTag } from './html-text.ts'

/** The address of the first picture in a piece of HTML; '' when there is none. Pictures a pixel wide only count readers. */
export function firstImage(html: string): string {
  for (const { index } of html.slice(0, MAX_CHARS).matchAll(/<img[\s/]/gi)) {
    const end = endOfTag(html, index + 4) - 1
    if (html.charAt(end) !== '>') return '' // cut short: so would the address be
    const { src, width } = attributesIn(html.slice(index + 4, end))
    if (width !== '1' && src !== undefined && src !== '') return src
  }
  return ''
}

const MAX_CHARS = 64 * 1024

/** The attributes within a tag; the first of a name counts. @see https://html.spec.whatwg.org/multipage/parsing.html#attribute-name-state */
function attributesIn(tag: string): Partial<Record<string, string>> {
  const attributes: Partial<Record<string, string>> = Object.create(null)
  for (const [, name = '', double, single, bare] of tag.slice(0, MAX_CHARS).matchAll(attribute)) {
    attributes[name.toLowerCase()] ??= decodeHTML(double ?? single ?? bare ?? '')
  }
  return attributes
}

const attribute = /([^\s"'>/=]{1,60})(?:\s{0,99}=\s{0,99}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
