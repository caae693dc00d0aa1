import type { Redis } from 'ioredis'
import type { CountryOf } from '../../shared/domain/channels.ts'
import type { PollCommit } from '../../shared/redis/commit-poll.ts'
import { loadProbe, type PollState } from '../../shared/redis/poll-state.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { ProbeSource } from '../config/source-config.ts'
import { withoutSecrets, withSecrets } from '../config/url-secrets.ts'
import type { PollResult } from '../poll/health.ts'
import { timingOf } from '../poll/pace.ts'
import { findingOf } from './finding.ts'
import type { Measure, Measurement } from './measure.ts'

export type ProbeDeps = {
  redis: Redis
  measure: Measure
  /** The name of the place where this worker runs. */
  probeFrom: string
  countryOf: CountryOf
  /** ms since the epoch */
  now: () => number
  onInvalid: OnInvalid
}

/** What a turn of a probe means for its source and its record. */
export type ProbeTurn = PollResult &
  Partial<Pick<PollCommit, 'probe' | 'events'>> & {
    state: PollState
    /** When to measure again, in ms; null or absent for the usual interval. */
    recheckMs?: number | null
  }

/** One turn of a probe: measure → find. An endpoint that is out of reach is no failure of the source: that it was measured is what counts. */
export async function probeTurn(source: ProbeSource, state: PollState, deps: ProbeDeps): Promise<ProbeTurn> {
  const { timeoutMs } = timingOf(source.everyMs)
  const [before, measured] = await Promise.all([
    loadProbe(deps.redis, source.id, deps.onInvalid),
    deps.measure(withSecrets(source.url, source.secrets), timeoutMs),
  ])
  if (!measured.ok) {
    const nothing = { httpStatus: null, latencyMs: null, retryAfterMs: null, gone: false }
    return { kind: 'failed', ...nothing, error: measured.error, state }
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
    events,
    recheckMs,
    ...(probe === null ? {} : { probe }),
  }
}

/** All phases together, in whole ms. */
const latencyOf = ({ nameMs, connectMs, tlsMs, firstByteMs }: Measurement): number =>
  Math.round([nameMs, connectMs, tlsMs, firstByteMs].reduce<number>((sum, phase) => sum + (phase ?? 0), 0))
