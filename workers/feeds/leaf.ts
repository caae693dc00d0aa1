import { decodeHTMLStrict } from 'entities'
import type { Fields } from './rss-entry.ts'

/** An element that holds only text, as xml2js gives it, and the index behind it. */
type Leaf = { element: string | Fields; to: number }

/**
 * The leaf whose tag is `markup` and ends before `end`; null for all that a strict parser might read otherwise or refuse.
 * It takes several times as long as this.
 * @param known its text and the index of its end tag, where they are known
 */
export function leafAt(xml: string, name: string, markup: string, end: number, known?: Known): Leaf | null {
  const isBare = markup.length === name.length + 2
  const attributes = isBare ? null : plainAttributes(markup, name.length + 1)
  if (attributes === undefined) return null
  if (markup.endsWith('/>')) return { element: { $: attributes ?? {} }, to: end }
  const content = known ?? contentAt(xml, end)
  if (content === null || !xml.startsWith(`</${name}>`, content.close)) return null
  const { text, close } = content
  return { element: attributes === null ? text : { _: text, $: attributes }, to: close + name.length + 3 }
}

type Known = { text: string; close: number }

/** Text, or one CDATA section, that begins at `from`. */
function contentAt(xml: string, from: number): Known | null {
  if (xml.startsWith(CDATA, from)) {
    const close = xml.indexOf(']]>', from)
    return close < 0 ? null : { text: xml.slice(from + CDATA.length, close), close: close + 3 }
  }
  const close = xml.indexOf('<', from)
  if (close < 0) return null
  const text = xml.slice(from, close)
  return { text: text.includes('&') ? decodeHTMLStrict(text) : text, close }
}

const CDATA = '<![CDATA['

/** The attributes of a tag from `at` on; undefined where one is not plain. The first of a name counts. */
function plainAttributes(tag: string, at: number): Record<string, string> | undefined {
  const attributes: Record<string, string> = Object.create(null)
  let end = at
  for (attribute.lastIndex = at; ; end = attribute.lastIndex) {
    const [, name, value] = attribute.exec(tag) ?? []
    if (name === undefined || value === undefined) break
    attributes[name] ??= value
  }
  return /^\s?\/?>$/.test(tag.slice(end)) ? attributes : undefined
}

const attribute = /\s{1,99}([a-z_][\w:.-]{0,60})="([^"&<]{0,2048})"/giy
