import type { NamedHub } from '../../shared/redis/hub-subscriptions.ts'
import { webUrl } from '../text/web-url.ts'

/** A feed of any format, as its author wrote it. What is absent is ''. */
export type FeedDocument = {
  /** The page that the feed belongs to. */
  link: string
  /** The hub that tells of its news, and its own address; '' where it does not name them. */
  hub: string
  self: string
  language: string
  /** What relative links start from, where the feed says so itself. */
  base: string
  /** Minutes for which an answer may be kept. */
  ttl: string
  /** `hourly` and the like, and how many times in it. */
  updatePeriod: string
  updateFrequency: string
  entries: FeedEntry[]
}

/** Texts may hold HTML, links may be relative, dates are unread. */
export type FeedEntry = {
  id: string
  link: string
  /** What its relative links start from, where it says so itself. */
  base: string
  title: string
  summary: string
  content: string
  published: string
  updated: string
  author: string
  categories: string[]
  images: string[]
  language: string
}

/**
 * The hub that tells of a feed's news, and the feed's own name there; null where it does not name both. What the answer's
 * header says comes before what the document says.
 * @param link the `Link` header @param address where the feed was fetched: relative addresses start from it
 * @see https://www.w3.org/TR/websub/#discovery
 */
export function hubOf(
  link: string | null | undefined,
  document: Pick<FeedDocument, 'hub' | 'self'>,
  address: string,
): NamedHub | null {
  const links = linksIn(link ?? '')
  const named = links.has('hub') ? { hub: links.get('hub') ?? '', self: links.get('self') ?? '' } : document
  const hub = webUrl(named.hub, address)
  const topic = webUrl(named.self, address)
  return hub === null || topic === null ? null : { hub, topic }
}

/** The first address of each relation. @see https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function linksIn(header: string): Map<string, string> {
  const links = new Map<string, string>()
  for (const [, address = '', parameters = ''] of header.slice(0, 8192).matchAll(/<([^<>]*)>([^<>]*)/g)) {
    const relations = /;\s{0,9}rel\s{0,9}=\s{0,9}"?([^";,]{0,200})/i.exec(parameters)?.[1] ?? ''
    for (const relation of relations.toLowerCase().split(/\s/)) if (!links.has(relation)) links.set(relation, address)
  }
  return links
}
