import { type CountryOf, channelsOfProbe } from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import type { PollState } from '../../shared/redis/poll-state.ts'
import type { ProbeSource } from '../config/source-config.ts'
import type { Measurement } from './measure.ts'
import type { StatusRange } from './probe-config.ts'

/** A probe is told again after this long even when nothing changed, in ms, so that the times on a page stay roughly true. */
const RETELL_MS = 60_000
/** How soon a measurement that contradicts what was known is made again, in ms: one lost packet is no outage. */
const RECHECK_MS = 2_000

export type ProbeInput = {
  source: ProbeSource
  /** What it found last; null before it found anything. */
  before: Probe | null
  state: PollState['probe']
  measured: Measurement
  /** The place from which it was measured. */
  from: string
  countryOf: CountryOf
  /** ms since the epoch */
  now: number
}

export type ProbeFinding = {
  /** What is known now; null while a measurement stands alone against what was known. */
  probe: Probe | null
  /** Whether the endpoint has become reachable or unreachable, or was found to be one of them for the first time. */
  changed: boolean
  state: PollState['probe']
  events: EventDraft[]
  /** When to measure again, in ms; null for the usual interval. */
  recheckMs: number | null
}

/**
 * A measurement → what is known of the endpoint. Pure. The state changes when a second measurement in a row contradicts it,
 * and has then lasted since the first. An endpoint of which nothing is known counts as reachable until two say otherwise.
 */
export function findingOf({ source, before, state, measured, from, countryOf, now }: ProbeInput): ProbeFinding {
  const at = toInstant(now)
  const known = before?.url === source.url && before.region === source.region ? before : null
  const error = errorOf(measured, source.expect)
  const reachable = error === null
  const contradicts = reachable !== (known?.reachable ?? true)
  if (contradicts && state.doubtedAt === null)
    return {
      probe: null,
      changed: false,
      state: { ...state, doubtedAt: at },
      events: [],
      recheckMs: Math.min(RECHECK_MS, source.everyMs),
    }

  const changed = known?.reachable !== reachable
  const { id, provider, region, url } = source
  const since = changed ? ((contradicts ? state.doubtedAt : null) ?? at) : known.since
  const probe: Probe = { id, provider, region, url, from, reachable, since, at, ...measured, error }
  const tells = changed || known.from !== from || known.provider !== provider || isLong(state.sentAt, now)
  return {
    probe,
    changed,
    state: { doubtedAt: null, sentAt: tells ? at : state.sentAt },
    events: tells ? [{ type: 'probe.changed', at, channels: channelsOfProbe(probe, countryOf), data: probe }] : [],
    recheckMs: null,
  }
}

const isLong = (sentAt: Instant | null, now: number): boolean =>
  sentAt === null || now - Date.parse(sentAt) >= RETELL_MS

/** Why a measurement means that the endpoint is not reachable; null when it is. */
function errorOf({ error, httpStatus }: Measurement, { from, to }: StatusRange): string | null {
  if (error !== null) return error.slice(0, 300)
  return httpStatus === null || (httpStatus >= from && httpStatus <= to) ? null : `HTTP ${httpStatus}`
}
