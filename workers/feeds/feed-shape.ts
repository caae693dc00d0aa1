/** The parser wants a channel, and the items of RSS 2.0 in it. Some feeds have none, or items before or behind it. */
export function withChannel(xml: string): string {
  if (/<\/rdf:RDF\s{0,9}>$/.test(xml) && !xml.includes('<channel')) return xml.replace(/<\/rdf:RDF/, '<channel/>$&')
  const [firstItem, lastItem] = [xml.indexOf('<item'), xml.lastIndexOf('<item')]
  const [open, close] = [xml.indexOf('<channel'), xml.lastIndexOf('</channel')]
  const root = xml.indexOf('<rss')
  const end = xml.lastIndexOf('</rss')
  if (root < 0 || end < 0 || (open >= 0 && (firstItem < 0 || (open < firstItem && lastItem < close)))) return xml
  const from = xml.indexOf('>', root) + 1
  const inner = xml.slice(from, end).replace(/<\/?channel(?:\s[^<>]{0,500})?\/?>/g, '')
  return `${xml.slice(0, from)}<channel>${inner}</channel>${xml.slice(end)}`
}

/**
 * `<a:feed xmlns:a="http://www.w3.org/2005/Atom">` is Atom as well. rss-parser does not know the prefix, so tags lose
 * it.
 */
export function withoutPrefix(xml: string): string {
  const prefix = /^[^<]{0,99}(?:<\?[^>]{0,200}>\s{0,99})?(?:<!--[^>]{0,999}-->\s{0,99})?<([\w-]{1,20}):feed\s/.exec(
    xml.slice(0, 2_000),
  )?.[1]
  return prefix === undefined ? xml : xml.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</')
}

/**
 * The text up to the end of the feed; null for a truncated answer, which would change when it comes whole. Behind it
 * stand remarks of caches and scripts of hosts, but nothing of a feed.
 */
export function upToEnd(text: string): string | null {
  const open = Math.max(...['</rss', '</rdf:RDF', '</feed'].map(tag => text.lastIndexOf(tag)))
  const end = open < 0 ? -1 : text.indexOf('>', open) + 1
  if (end <= 0 || end - open > 20 || text.length - end > MAX_BEHIND) return null
  return /<\/?(?:item|entry|channel|description|content|title)\b|\]\]>/.test(text.slice(end))
    ? null
    : text.slice(0, end)
}

const MAX_BEHIND = 64 * 1024

/** `xml:base` of `<rss>` or `<rdf:RDF>`; '' where it has none. */
export const baseOfRoot = (xml: string): string =>
  /^<r[^<>]{0,2000}\sxml:base\s{0,9}=\s{0,9}["']([^"'<>]{0,2000})["']/.exec(xml.slice(0, 4_096))?.[1] ?? ''
