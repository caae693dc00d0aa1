import type { Instant } from '../../shared/domain/primitives.ts'
import type { NamedHub } from '../../shared/redis/push.ts'
import { webUrl } from '../text/web-url.ts'

/** A feed of any format, as its author wrote it. What is absent is ''. */
export type FeedDocument = {
  /** The page that the feed belongs to. */
  link: string
  /** Its hub, and its own address there; '' where it does not name them. */
  hub: string
  self: string
  language: string
  /** The bases of relative links that the feed names, outermost first. */
  base: readonly string[]
  /** Whose its entries are that name nobody. */
  author: string
  /** Minutes for which an answer may be kept. */
  ttl: string
  /** A period such as `hourly`, and the updates in it. */
  updatePeriod: string
  updateFrequency: string
  entries: FeedEntry[]
}

/** Texts may hold HTML, links may be relative, dates are unparsed. */
export type FeedEntry = {
  id: string
  link: string
  /** The bases of its links and of its content, within those of the feed. */
  base: readonly string[]
  contentBase: readonly string[]
  title: string
  /** Whether the format says that the title is plain text; else it may hold HTML. */
  isTitleText: boolean
  summary: string
  content: string
  published: string
  updated: string
  author: string
  categories: string[]
  images: string[]
  language: string
}

/** The names of several authors in one line, each once. */
export const joinNames = (names: readonly string[]): string =>
  [...new Set(names.map(name => name.trim()))].filter(name => name !== '').join(', ')

/**
 * A feed's hub, and the feed's own address there; null where it does not name both. The `Link` header wins over the
 * document.
 * @param link the `Link` header
 * @param address where the feed was fetched: the base of relative addresses
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

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Bounds for every feed, in ms. */
const SHORTEST_MS = 2 * MINUTE
const LONGEST_MS = 6 * HOUR
/** Items that a feed's rate is computed from; with fewer than the least it has none. */
const [LEAST_ITEMS, MOST_ITEMS] = [3, 10]
/** Reads per expected item: an item is on the page after a twentieth of the usual pause, on average. */
const READS_AN_ITEM = 10

/** The lengths of `sy:updatePeriod`, in ms. */
const periods: Readonly<Partial<Record<string, number>>> = {
  hourly: HOUR,
  daily: 24 * HOUR,
  weekly: 7 * 24 * HOUR,
  monthly: 30 * 24 * HOUR,
  yearly: 365 * 24 * HOUR,
}

/**
 * The best interval to read a feed, in ms: by the rate of its last items, the silence since them included, else by the
 * `sy:update…` that it declares (most declare their software's default, so that comes second); at least its `ttl`. Null
 * where nothing suggests one.
 * @param published when its items came out, newest first
 * @param now ms since the epoch
 * @see https://www.rssboard.org/rss-specification#ltttlgtSubelementOfLtchannelgt
 * @see https://web.resource.org/rss/1.0/modules/syndication/
 */
export function rhythmOf(document: FeedDocument, published: readonly Instant[], now: number): number | null {
  const ttl = countOf(document.ttl) * MINUTE
  const period = periods[document.updatePeriod.toLowerCase()] ?? Number.NaN
  const own = byItems(published, now) ?? positive(period / (countOf(document.updateFrequency) || 1)) ?? positive(ttl)
  if (own === null) return null
  return Math.round(Math.min(Math.max(own, positive(ttl) ?? 0, SHORTEST_MS), LONGEST_MS))
}

function byItems(published: readonly Instant[], now: number): number | null {
  const latest = published.slice(0, MOST_ITEMS)
  const first = latest.at(-1)
  if (first === undefined || latest.length < LEAST_ITEMS) return null
  return Math.max(0, now - Date.parse(first)) / latest.length / READS_AN_ITEM
}

/** Digits → a number; NaN for anything else. */
const countOf = (digits: string): number => (/^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN)

const positive = (ms: number): number | null => (ms > 0 ? ms : null)
