import type { Redis } from 'ioredis'
import { type CountryOf, channelsOfProbe } from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Probe } from '../../shared/domain/probe.ts'
import { loadProbe, type PollState } from '../../shared/redis/poll-state.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { ProbeSource } from '../config/source-config.ts'
import { withoutSecrets, withSecrets } from '../config/url-secrets.ts'
import { noChanges } from '../poll/diff.ts'
import type { PollFindings } from '../poll/health.ts'
import { timingOf } from '../poll/pace.ts'
import type { Measure, Measurement } from './measure.ts'
import type { StatusRange } from './probe-config.ts'

export type ProbeDeps = {
  redis: Redis
  measure: Measure
  /** The name of the place where this worker runs. */
  probeFrom: string
  countryOf: CountryOf
  now: () => number
  onInvalid: OnInvalid
}

/** Measures, then decides. An unreachable endpoint is no failure of the source, because it was measured. */
export async function pollProbe(source: ProbeSource, state: PollState, deps: ProbeDeps): Promise<PollFindings> {
  const { timeoutMs } = timingOf(source.everyMs)
  const [before, measured] = await Promise.all([
    loadProbe(deps.redis, source.id, deps.onInvalid),
    deps.measure(withSecrets(source.url, source.secrets), timeoutMs, source.isPrivate),
  ])
  if (!measured.ok) {
    const nothing = { httpStatus: null, latencyMs: null, retryAfterMs: null, gone: false }
    return { kind: 'failed', ...nothing, error: measured.error, state, changes: noChanges }
  }
  const { probe, changed, events, recheckMs, ...found } = findingOf({
    source,
    before,
    state: state.probe,
    measured: withoutSecrets(measured.value, source.secrets),
    from: deps.probeFrom,
    countryOf: deps.countryOf,
    now: deps.now(),
  })
  return {
    kind: changed ? 'changed' : 'same',
    httpStatus: measured.value.httpStatus,
    latencyMs: latencyOf(measured.value),
    maxAgeMs: null,
    state: { ...state, probe: found.state },
    changes: { ...noChanges, events, ...(probe !== null && { probe }) },
    recheckMs,
  }
}

const latencyOf = ({ nameMs, connectMs, tlsMs, firstByteMs }: Measurement): number =>
  Math.round([nameMs, connectMs, tlsMs, firstByteMs].reduce<number>((sum, phase) => sum + (phase ?? 0), 0))

/** An unchanged probe is sent again after this long, in ms, so that the times on a page stay roughly right. */
const RESEND_MS = 60_000
/** How soon a measurement that contradicts the known state is repeated, in ms: one lost packet is no outage. */
const RECHECK_MS = 2_000

export type ProbeInput = {
  source: ProbeSource
  before: Probe | null
  state: PollState['probe']
  measured: Measurement
  from: string
  countryOf: CountryOf
  now: number
}

export type ProbeFinding = {
  /** The result; null while a single measurement contradicts the known state. */
  probe: Probe | null
  /** Whether the endpoint became reachable or unreachable, or its state is known for the first time. */
  changed: boolean
  state: PollState['probe']
  events: EventDraft[]
  /** When to measure again, in ms; null for the usual interval. */
  recheckMs: number | null
}

/**
 * A measurement → the state of the endpoint. Pure. The state changes when a second measurement in a row contradicts it,
 * and counts from the first of the two. Without a known state it counts as reachable until two say otherwise.
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
  const isSent = changed || known.from !== from || known.provider !== provider || isOverdue(state.sentAt, now)
  return {
    probe,
    changed,
    state: { doubtedAt: null, sentAt: isSent ? at : state.sentAt },
    events: isSent ? [{ type: 'probe.changed', at, channels: channelsOfProbe(probe, countryOf), data: probe }] : [],
    recheckMs: null,
  }
}

const isOverdue = (sentAt: Instant | null, now: number): boolean =>
  sentAt === null || now - Date.parse(sentAt) >= RESEND_MS

/** Why a measurement means that the endpoint is unreachable; null when it does not. */
function errorOf({ error, httpStatus }: Measurement, { from, to }: StatusRange): string | null {
  if (error !== null) return error.slice(0, 300)
  return httpStatus === null || (httpStatus >= from && httpStatus <= to) ? null : `HTTP ${httpStatus}`
}
