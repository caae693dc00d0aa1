import type { SourceConfig } from '../config/source-config.ts'
import { GAP_MS } from '../http/pacing.ts'
import { MAX_RETRY_AFTER_MS } from '../http/retry-after.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** A quiet source is polled a little more slowly each time, so that a short lull costs little: five polls to twice. */
const STRETCH = 1.15
/** The most that quiet alone may stretch. A status twice as late still counts as current. */
const MAX_STRETCH = 2
/** During an incident people watch the screen: twice the usual pace, */
const INCIDENT_PACE = 1 / 2
/** but no status page is polled faster than this for it, because it has enough visitors already. */
const INCIDENT_FLOOR_MS = 20 * SECOND
/** A cache lifetime above this many intervals is a setting for static pages and says nothing about status. */
const MAX_AGE_INTERVALS = 5
/** No cache lifetime makes a status older than this. */
const MAX_AGE_CAP_MS = HOUR
/** Sources with the same interval drift apart by this share, so that they do not fall due in one second. */
const JITTER = 0.1
/** The first retry always waits this long; */
const RETRY_FLOOR_MS = SECOND
/** a dead source is still tried this often, so that its return is seen soon, */
const BACKOFF_CAP_MS = 15 * MINUTE
/** unless its interval is long anyway. */
const BACKOFF_CAP_INTERVALS = 4

export type PaceInput = {
  /** The usual interval as configured, in ms. */
  everyMs: number
  /** The interval that its answers have led to so far, in ms. */
  intervalMs: number
  outcome: 'changed' | 'same' | 'failed'
  hasActiveIncident: boolean
  /** How often the source itself asks to be read, in ms, in place of what answers would lead to. Null: it does not. */
  rhythmMs: number | null
  /** Failures in a row, this one included. */
  failures: number
  /** How long the answer says it stays valid, in ms; null when it does not say. */
  maxAgeMs: number | null
  /** How long the source asks for no requests, in ms; null when it does not. */
  retryAfterMs: number | null
  random: number
}

/** Whole ms, both at least 1. Staleness counts in `intervalMs`; the next poll is `delayMs` from now. */
export type Pace = { intervalMs: number; delayMs: number }

/** When a source is due next. Pure: randomness is an argument. */
export function nextPace(input: PaceInput): Pace {
  const intervalMs = input.outcome === 'failed' ? input.intervalMs : healthyInterval(input)
  const delay = input.outcome === 'failed' ? backoff(input) : intervalMs * (1 - JITTER + 2 * JITTER * input.random)
  const askedFor = Math.min(input.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS)
  return { intervalMs: wholeMs(intervalMs), delayMs: wholeMs(Math.max(delay, askedFor)) }
}

/** The answer's own lifetime counts into the interval: what the source calls fresh must not look stale. */
function healthyInterval(input: PaceInput): number {
  const { everyMs, maxAgeMs } = input
  const own = input.rhythmMs ?? ownInterval(input)
  const lifetime = Math.min(maxAgeMs ?? 0, everyMs * MAX_AGE_INTERVALS, MAX_AGE_CAP_MS)
  return Math.max(own, lifetime)
}

function ownInterval({ everyMs, intervalMs, outcome, hasActiveIncident }: PaceInput): number {
  if (hasActiveIncident) return Math.min(everyMs, Math.max(everyMs * INCIDENT_PACE, INCIDENT_FLOOR_MS))
  if (outcome === 'changed') return everyMs
  return Math.min(Math.max(intervalMs, everyMs) * STRETCH, everyMs * MAX_STRETCH)
}

/**
 * Exponential backoff with full jitter, so that sources that failed together do not retry together.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
function backoff({ everyMs, intervalMs, failures, random }: PaceInput): number {
  const cap = Math.max(BACKOFF_CAP_MS, everyMs * BACKOFF_CAP_INTERVALS)
  const floor = Math.min(RETRY_FLOOR_MS, everyMs / 2)
  return Math.max(floor, random * Math.min(cap, intervalMs * 2 ** failures))
}

const wholeMs = (ms: number): number => Math.max(1, Math.round(ms))

/** All sources have their first poll within this time, in ms. */
const SPREAD_MS = 5_000

/**
 * Sources → the ms until each is first polled. Sources of one host are spread evenly, so that none times out in the
 * host's queue; later, jitter keeps them apart. Never later than a source's own interval.
 */
export function firstDelays(sources: Iterable<SourceConfig>, random: () => number): Map<string, number> {
  const hosts = new Map<string, SourceConfig[]>()
  for (const source of sources) {
    const host = URL.canParse(source.url) ? new URL(source.url).host : ''
    const sharing = hosts.get(host)
    if (sharing) sharing.push(source)
    else hosts.set(host, [source])
  }
  const delays = new Map<string, number>()
  for (const sharing of hosts.values()) {
    const spreadMs = Math.max(SPREAD_MS, sharing.length * GAP_MS)
    for (const [place, { id, everyMs }] of sharing.entries())
      delays.set(id, ((place + random()) / sharing.length) * Math.min(everyMs, spreadMs))
  }
  return delays
}

/** Total time for one request, in ms. */
const TIMEOUT_MS = 10_000
/** The longest lease, in ms: time for a poll with the longest timeout and for reading its answer. */
const LONGEST_LEASE_MS = 15_000
const SHORTEST_LEASE_MS = 1_500

/**
 * How long one poll may take. The lease is at most the interval, so that a source is polled again within twice that
 * when its worker dies. The request ends well before the lease, so that two workers never poll one source at once.
 */
export function timingOf(everyMs: number): { leaseMs: number; timeoutMs: number } {
  const leaseMs = Math.min(LONGEST_LEASE_MS, Math.max(SHORTEST_LEASE_MS, everyMs))
  return { leaseMs, timeoutMs: Math.min(TIMEOUT_MS, Math.round((leaseMs * 2) / 3)) }
}
