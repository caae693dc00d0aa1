import { WebUrl } from '../../shared/domain/primitives.ts'

/**
 * A link from outside → an absolute http(s) address without credentials; null for anything else, such as `javascript:`.
 */
export function webUrl(link: string, base?: string): string | null {
  const url = parse(link, base)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  url.username = ''
  url.password = ''
  return WebUrl.safeParse(url.href).data ?? null
}

/** The same without tracking parameters, so that one article has one address. */
export function canonicalUrl(link: string, base?: string): string | null {
  const address = webUrl(link, base)
  if (address === null || !address.includes('?')) return address
  const url = new URL(address)
  for (const name of [...url.searchParams.keys()]) if (isTracking(name)) url.searchParams.delete(name)
  return url.href
}

function parse(link: string, base: string | undefined): URL | null {
  const trimmed = link.trim()
  if (trimmed === '' || trimmed.length > 4096) return null
  try {
    return new URL(trimmed, base)
  } catch {
    return null
  }
}

const trackers = new Set(
  'fbclid gclid dclid gbraid wbraid msclkid twclid yclid igshid mc_cid mc_eid mkt_tok _hsenc _hsmi ocid wt.mc_id sc_channel'.split(
    ' ',
  ),
)
const isTracking = (name: string): boolean => /^utm_/i.test(name) || trackers.has(name.toLowerCase())

/**
 * The address of a status page or of its document → the document's. `path` begins with a slash; `document` is matched
 * against the address without query and fragment.
 */
export function documentIn(url: string, path: string, document: RegExp): string {
  const bare = withoutQuery(url)
  return document.test(bare) ? url : `${bare.replace(/\/$/, '')}${path}`
}

/**
 * Whether `second` follows `first`. Each index is searched once: a pattern would try every `first` with every `second`.
 */
export function containsInOrder(text: string, first: string, second: string): boolean {
  const at = text.indexOf(first)
  return at >= 0 && text.includes(second, at + first.length)
}

/** The address up to its query or fragment. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}
