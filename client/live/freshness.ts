import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import { ago, clockTime, type FirstWhen, span } from '../ui/time.ts'

/** The state of the connection to the server. Times in ms. */
export type ConnectionState = {
  phase: 'connecting' | 'remembered' | 'live' | 'reconnecting'
  /** FirstWhen the phase began; when remembered: until when the data was current. */
  phaseSince: number
  /** FirstWhen the last message came; null before the first. */
  lastHeardAt: number | null
  /** The server's clock at its last pulse, and the last heartbeat of a worker by then. */
  serverAt: Instant | null
  workersAt: Instant | null
}

/** Whether all data is stale, and until when (ms) it was fresh; null while it is, or when it never was. */
export type Staleness = { isStale: boolean; since: number | null }

export type Freshness = Staleness & {
  kind: 'connecting' | 'remembered' | 'live' | 'reconnecting' | 'stale'
  /** What the state is, in full; and as the header has room for it. */
  text: string
  short: string
}

/** Pulses come every 5 s. After this long without a message all data is stale, so that the page says it within 10 s. */
const LINE_SILENT_MS = 8_500
/** After this long without a heartbeat of a worker all data is stale. */
const WORKERS_SILENT_MS = 60_000

/** How current the data is. The server may be lost, or it may answer while its workers are silent. */
export function freshness(state: ConnectionState, when: FirstWhen): Freshness {
  const { connection } = when.words
  if (state.phase === 'connecting')
    return {
      kind: 'connecting',
      text: connection.connecting,
      short: connection.connecting,
      isStale: false,
      since: null,
    }
  if (state.phase === 'remembered') {
    const text = connection.lastKnown(clockTime(state.phaseSince, when), ago(toInstant(state.phaseSince), when))
    return { kind: 'remembered', text, ...staleSince(state.phaseSince, when) }
  }
  if (state.phase === 'reconnecting') {
    const lastHeardAt = state.lastHeardAt ?? state.phaseSince
    const isStale = when.now - lastHeardAt > LINE_SILENT_MS
    const text = connection.reconnecting(clockTime(state.phaseSince, when))
    if (isStale) return { kind: 'reconnecting', text, ...staleSince(lastHeardAt, when) }
    return { kind: 'reconnecting', text, short: connection.lost, isStale, since: null }
  }
  // the socket is open and the server says nothing: it froze, or the network swallows what it sends
  if (state.lastHeardAt !== null && when.now - state.lastHeardAt > LINE_SILENT_MS) {
    const text = connection.silent(clockTime(state.lastHeardAt, when))
    return { kind: 'reconnecting', text, ...staleSince(state.lastHeardAt, when) }
  }
  const silent = workersSilentSince(state)
  if (silent === 'never')
    return { kind: 'stale', text: connection.noReadings, short: connection.noneYet, isStale: true, since: null }
  if (silent !== null)
    return { kind: 'stale', text: connection.stale(clockTime(silent, when)), ...staleSince(silent, when) }
  const text =
    state.lastHeardAt === null ? connection.live : connection.liveSign(span(when.now - state.lastHeardAt, when.words))
  return { kind: 'live', text, short: text, isStale: false, since: null }
}

const staleSince = (since: number, when: FirstWhen) => ({
  short: when.words.connection.asOf(clockTime(since, when)),
  isStale: true,
  since,
})

/** Since when (ms) the workers are silent; null while they are not. */
function workersSilentSince(state: ConnectionState): number | 'never' | null {
  if (state.serverAt === null) return null
  if (state.workersAt === null) return 'never'
  const workersAt = Date.parse(state.workersAt)
  return Date.parse(state.serverAt) - workersAt > WORKERS_SILENT_MS ? workersAt : null
}

/** Pulses come every 5 s: a clock that was set is followed within 15 s. */
const MAX_READINGS = 5
/** Up to this difference the page's own clock is good enough. */
const CLOCK_TOLERANCE_MS = 2_000
/** Differences between readings that come from the network, not from a clock. */
const NETWORK_JITTER_MS = 500
/** A busy machine reads a pulse seconds late, once. So many readings that agree are needed to say that a clock is wrong. */
const AGREEING_READINGS = 3

/**
 * Adds a reading of the server's clock, the newest last.
 * @param serverAt the server's clock when it sent, ms since the epoch
 * @param now our clock when it arrived
 * @param latency how long the message took, ms
 */
export const withReading = (
  readings: readonly number[],
  serverAt: number,
  now: number,
  latency: number,
): readonly number[] => [...readings, serverAt + latency - now].slice(-MAX_READINGS)

/**
 * The server's clock minus ours, in ms: the median of the readings, so that one delayed pulse (a page that slept)
 * changes nothing. 0 while the clocks agree; unchanged while only the network varies.
 */
export function skewOf(readings: readonly number[], before: number): number {
  const middle = median(readings)
  if (before !== 0 && Math.abs(middle - before) <= NETWORK_JITTER_MS) return before
  return Math.abs(middle) > CLOCK_TOLERANCE_MS ? middle : 0
}

/** Whether the readings are sure enough to tell the reader that a clock is wrong: at least three agree. */
export function isSkewSure(readings: readonly number[]): boolean {
  const middle = median(readings)
  return readings.filter(one => Math.abs(one - middle) <= NETWORK_JITTER_MS).length >= AGREEING_READINGS
}

function median(readings: readonly number[]): number {
  const sorted = [...readings].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
