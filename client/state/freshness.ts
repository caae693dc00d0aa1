import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import { ago, clockTime, span, type When } from './time.ts'

/** What is known of the line to the server. Times in ms. */
export type Line = {
  phase: 'connecting' | 'remembered' | 'live' | 'reconnecting'
  /** When the phase began; of what is remembered from the last visit, up to when it was the present. */
  phaseSince: number
  /** The last pulse or event; null before the first. */
  lastSignAt: number | null
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
export function freshness(line: Line, when: When): Freshness {
  const { connection } = when.words
  if (line.phase === 'connecting') return { kind: 'connecting', text: connection.connecting, stale: false, since: null }
  if (line.phase === 'remembered') {
    const text = connection.lastKnown(clockTime(line.phaseSince, when), ago(toInstant(line.phaseSince), when))
    return { kind: 'remembered', text, stale: true, since: line.phaseSince }
  }
  if (line.phase === 'reconnecting') {
    const lastSign = line.lastSignAt ?? line.phaseSince
    const stale = when.now - lastSign > SILENCE
    const text = connection.reconnecting(clockTime(line.phaseSince, when))
    return { kind: 'reconnecting', text, stale, since: stale ? lastSign : null }
  }
  const silent = silentWorkers(line)
  if (silent === 'never') return { kind: 'stale', text: connection.noReadings, stale: true, since: null }
  if (silent !== null)
    return { kind: 'stale', text: connection.stale(clockTime(silent, when)), stale: true, since: silent }
  const text =
    line.lastSignAt === null ? connection.live : connection.liveSign(span(when.now - line.lastSignAt, when.words))
  return { kind: 'live', text, stale: false, since: null }
}

/** Since when (ms) the workers are silent; null while they are not. */
function silentWorkers(line: Line): number | 'never' | null {
  if (line.serverAt === null) return null
  if (line.workersAt === null) return 'never'
  const workersAt = Date.parse(line.workersAt)
  return Date.parse(line.serverAt) - workersAt > SILENCE ? workersAt : null
}
