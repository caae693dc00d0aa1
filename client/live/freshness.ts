import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import { ago, clockTime, span, type When } from '../ui/time.ts'

/** What is known of the line to the server. Times in ms. */
export type ConnectionState = {
  phase: 'connecting' | 'remembered' | 'live' | 'reconnecting'
  /** When the phase began; of what is remembered from the last visit, up to when it was the present. */
  phaseSince: number
  /** The last pulse or event; null before the first. */
  lastHeardAt: number | null
  /** The server's clock at its last pulse, and when a worker had last proved to be alive by then. */
  serverAt: Instant | null
  workersAt: Instant | null
}

export type Freshness = {
  kind: 'connecting' | 'remembered' | 'live' | 'reconnecting' | 'stale'
  /** What the connection line says. */
  text: string
  /** The whole picture may no longer be shown as the present. */
  stale: boolean
  /** Until when the picture was fresh, ms; null while it is fresh, or when it never was. */
  since: number | null
}

/** Silence, of the workers or of the line, after which the picture counts as stale. */
const SILENCE = 60_000

/** How fresh the picture is: the server may be lost, or alive while the workers behind it are silent. */
export function freshness(line: ConnectionState, when: When): Freshness {
  const { connection } = when.words
  if (line.phase === 'connecting') return { kind: 'connecting', text: connection.connecting, stale: false, since: null }
  if (line.phase === 'remembered') {
    const text = connection.lastKnown(clockTime(line.phaseSince, when), ago(toInstant(line.phaseSince), when))
    return { kind: 'remembered', text, stale: true, since: line.phaseSince }
  }
  if (line.phase === 'reconnecting') {
    const lastSign = line.lastHeardAt ?? line.phaseSince
    const stale = when.now - lastSign > SILENCE
    const text = connection.reconnecting(clockTime(line.phaseSince, when))
    return { kind: 'reconnecting', text, stale, since: stale ? lastSign : null }
  }
  const silent = silentWorkers(line)
  if (silent === 'never') return { kind: 'stale', text: connection.noReadings, stale: true, since: null }
  if (silent !== null)
    return { kind: 'stale', text: connection.stale(clockTime(silent, when)), stale: true, since: silent }
  const text =
    line.lastHeardAt === null ? connection.live : connection.liveSign(span(when.now - line.lastHeardAt, when.words))
  return { kind: 'live', text, stale: false, since: null }
}

/** Since when (ms) the workers are silent; null while they are not. */
function silentWorkers(line: ConnectionState): number | 'never' | null {
  if (line.serverAt === null) return null
  if (line.workersAt === null) return 'never'
  const workersAt = Date.parse(line.workersAt)
  return Date.parse(line.serverAt) - workersAt > SILENCE ? workersAt : null
}

/** How many readings count. Pulses come every 5 s, so that a clock that was set is followed within a quarter of a minute. */
const KEPT = 5

/** Difference between the clocks, in ms, up to which the page's own clock is good enough. */
export const CLOCK_TOLERANCE = 2_000

/** Differences of one reading from the next, in ms, that are the network's and not a clock's. */
const JITTER = 500

/**
 * The readings with one more, the newest last.
 * @param serverAt the server's clock when it spoke, ms since the epoch
 * @param now ours when it was heard
 * @param latency how long the words were under way, ms
 */
export const withReading = (
  readings: readonly number[],
  serverAt: number,
  now: number,
  latency: number,
): readonly number[] => [...readings, serverAt + latency - now].slice(-KEPT)

/**
 * The server's clock minus ours, in ms, as it is to be reckoned with: the median of the readings, so that one pulse that
 * was held up (a page that slept) moves nothing; 0 while the clocks agree; and what it was while only the network varies.
 */
export function skewOf(readings: readonly number[], before: number): number {
  const sorted = [...readings].sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  if (before !== 0 && Math.abs(middle - before) <= JITTER) return before
  return Math.abs(middle) > CLOCK_TOLERANCE ? middle : 0
}
