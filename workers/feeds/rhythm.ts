import type { Instant } from '../../shared/domain/primitives.ts'
import type { FeedDocument } from './feed-document.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** However lively a feed is, and however quiet, in ms. */
const SHORTEST_MS = 2 * MINUTE
const LONGEST_MS = 6 * HOUR
/** Items by which a feed's rate is told; fewer than the least tell nothing. */
const [LEAST_ITEMS, MOST_ITEMS] = [3, 10]
/** Reads for each item to come: so it is on the page after a twentieth of the usual pause between two, on average. */
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
 * How often a feed is best read, in ms: by the rate at which it has published lately, the silence since included, else by the
 * `sy:update…` that it declares (most declare what their software does, which is why it comes second); never more often than its
 * `ttl` asks. Null where it gives nothing to go by.
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

/** Digits → a number; of anything else none. */
const countOf = (digits: string): number => (/^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN)

const positive = (ms: number): number | null => (ms > 0 ? ms : null)
