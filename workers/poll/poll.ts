import type { Logger } from 'pino'
import { channelsOfSource } from '../../shared/domain/channels.ts'
import type { EventDraft } from '../../shared/domain/events.ts'
import { isActive, isEnded } from '../../shared/domain/incident.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Source, WireFormat } from '../../shared/domain/source.ts'
import { commitPoll, type PollCommit } from '../../shared/redis/commit-poll.ts'
import { beginPoll, freshPollState, loadOwned, type PollGround, type PollState } from '../../shared/redis/poll-state.ts'
import type { ReadSource, SourceConfig } from '../config/source-config.ts'
import { withoutSecrets, withSecrets } from '../config/url-secrets.ts'
import { type Asked, fetchAnswer } from '../formats/answer.ts'
import type { Reader, Reading } from '../formats/reader.ts'
import type { Http } from '../http/http.ts'
import type { PlaceMatcher } from '../places/places.ts'
import { type ProbeDeps, type ProbeTurn, probeTurn } from '../probes/probe.ts'
import { diff } from './diff.ts'
import { isTelling, nextHealth, type PollResult } from './health.ts'
import { timingOf } from './pace.ts'

export type PollDeps = ProbeDeps & {
  http: Http
  readers: Readonly<Record<WireFormat, Reader>>
  places: PlaceMatcher
  /** How long an incident that is over and an article that its feed no longer owns are kept, in ms. */
  keepEndedMs: number
  /** [0, 1) */
  random: () => number
  log: Logger
}

/** How a poll ended; `superseded` when another worker had the source meanwhile: nothing was written. */
export type PollEnd = PollResult['kind'] | 'superseded'

/**
 * One poll of one source: fetch → read → diff → commit, of a probe measure → find → commit. Whatever the source does becomes its health; only a fault of
 * Redis or of our own throws, and then nothing was written and the timetable brings the source back.
 * @param dueAt the claim that the timetable gave out
 */
export async function poll(source: SourceConfig, dueAt: number, deps: PollDeps): Promise<PollEnd> {
  const ground = await beginPoll(deps.redis, source.id, dueAt, deps.onInvalid)
  if (ground === null) return 'superseded'
  const result =
    source.kind === 'probe'
      ? await probeTurn(source, stateFor(source, source.url, ground.state), deps)
      : await readTurn(source, ground, deps)
  const commit = compose(source, ground, result, deps)
  const ids = await commitPoll(deps.redis, commit)
  if (ids === null) return 'superseded'
  deps.log.debug({ source: source.id, outcome: result.kind, events: ids.length }, 'polled')
  if (commit.source.gone) deps.log.warn({ source: source.id }, commit.source.error ?? 'gone')
  else if (ground.source?.gone) deps.log.info({ source: source.id }, 'no longer gone')
  return result.kind
}

async function readTurn(source: ReadSource, ground: PollGround, deps: PollDeps): Promise<Understood> {
  const reader = deps.readers[source.kind]
  const state = stateFor(source, reader.address(source.url), ground.state)
  const url = withSecrets(source.url, source.secrets)
  const request = {
    url: state.movedTo ?? reader.address(url),
    accept: reader.accept,
    timeoutMs: timingOf(source.everyMs).timeoutMs,
    mustRevalidate: ground.isPushed,
    ...validators(state, deps.now()),
  }
  const outcome = await fetchAnswer(request, reader.also?.(url), deps.http)
  return understand(outcome, source, reader, state, deps)
}

/** Validators stand for an answer from one address that was understood in one way: in another, nothing is known yet. */
function stateFor(source: SourceConfig, url: string, before: PollState | null): PollState {
  const readAs = JSON.stringify([source.kind, source.provider, source.topics])
  if (before !== null && before.url === url && before.readAs === readAs) return before
  const forgotten = {
    url,
    readAs,
    etag: null,
    lastModified: null,
    rereadAt: null,
    movedTo: null,
    rhythmMs: null,
    probe: freshPollState(url).probe,
  }
  return { ...(before ?? freshPollState(url)), ...forgotten }
}

/**
 * While an incident is missing, a whole answer is wanted: only a second reading can tell that it is over. So it is when what was
 * dated ahead in the last answer has come.
 */
function validators({ missing, rereadAt, etag, lastModified }: PollState, now: number) {
  const wantsAll = Object.keys(missing).length > 0 || (rereadAt !== null && now >= Date.parse(rereadAt))
  return wantsAll ? { etag: null, lastModified: null } : { etag, lastModified }
}

type Understood = PollResult &
  Partial<Pick<PollCommit, 'upserts' | 'removals' | 'events' | 'hub'>> & { state: PollState }

/** An outcome of the network → what it means for the source and its records. */
async function understand(
  outcome: Asked,
  source: ReadSource,
  reader: Reader,
  state: PollState,
  deps: PollDeps,
): Promise<Understood> {
  const { latencyMs } = outcome
  if (outcome.kind === 'held') return { kind: 'held', httpStatus: null, latencyMs, waitMs: outcome.waitMs, state }
  if (outcome.kind === 'failed') {
    const { status, reason, retryAfterMs, gone } = outcome
    const error = withoutSecrets(reason, source.secrets)
    return { kind: 'failed', httpStatus: status, latencyMs, error, retryAfterMs, gone, state }
  }
  const { etag, lastModified, maxAgeMs } = outcome
  if (outcome.kind === 'unchanged') {
    const kept = { etag: etag ?? state.etag, lastModified: lastModified ?? state.lastModified }
    return { kind: 'same', httpStatus: 304, latencyMs, maxAgeMs, state: { ...state, ...kept } }
  }
  const now = deps.now()
  const read = withoutSecrets(await reader.read(outcome, { source, places: deps.places, now }), source.secrets)
  if (!read.ok) {
    const { status } = outcome
    return { kind: 'failed', httpStatus: status, latencyMs, error: read.error, retryAfterMs: null, gone: false, state }
  }

  const owned = await loadOwned(deps.redis, state, deps.onInvalid)
  const { upserts, removals, events, ...owns } = diff({
    provider: source.provider,
    complete: reader.complete,
    reading: read.value,
    owned,
    missing: state.missing,
    countryOf: deps.countryOf,
    keepEndedMs: deps.keepEndedMs,
    now,
  })
  for (const incident of upserts.incidents) owned.incidents.set(incident.id, incident)
  return {
    kind: events.length > 0 ? 'changed' : 'same',
    httpStatus: outcome.status,
    latencyMs,
    maxAgeMs,
    state: {
      ...state,
      ...owns,
      etag,
      lastModified,
      rereadAt: rereadAt(read.value, now),
      // A redirect mostly repeats the address with all that is in it, and secrets are not stored.
      movedTo: source.secrets ? null : (outcome.movedTo ?? state.movedTo),
      rhythmMs: read.value.rhythmMs ?? null,
      active: [...owned.incidents.values()].some(isActive),
    },
    upserts,
    removals,
    events,
    // A feed whose address holds a secret mostly names itself by it, and secrets are not stored.
    hub: source.secrets ? null : (read.value.hub ?? null),
  }
}

const nothing = {
  upserts: { incidents: [], components: [], articles: [] },
  removals: { incidents: [], components: [], articles: [] },
}

type Turn = Understood & Pick<ProbeTurn, 'probe' | 'recheckMs'>

function compose(source: SourceConfig, ground: PollGround, result: Turn, deps: PollDeps): PollCommit {
  const now = deps.now()
  const next = nextHealth(source, ground.source, result, result.state, now, deps.random())
  const delayMs = result.recheckMs ?? next.delayMs
  const push = ground.hasHub ? { push: 'websub' as const } : {}
  const health = { ...next.health, ...push, nextPollAt: toInstant(now + delayMs) }
  const tells = isTelling(ground.source, health, result.state.healthSentAt, now)
  return {
    ...nothing,
    ...(result.upserts && result.removals ? { upserts: result.upserts, removals: result.removals } : {}),
    ...(result.probe ? { probe: result.probe } : {}),
    ...(result.hub === undefined ? {} : { hub: result.hub }),
    version: ground.version,
    answeredPush: ground.answeredPush,
    articlesFrom: toInstant(now - deps.keepEndedMs),
    state: tells ? { ...result.state, healthSentAt: toInstant(now) } : result.state,
    source: health,
    delayMs,
    events: [...(result.events ?? []), ...(tells ? [healthEvent(health, now)] : [])],
  }
}

export const healthEvent = (source: Source, now: number): EventDraft => ({
  type: 'source.health',
  at: toInstant(now),
  channels: channelsOfSource(source.provider),
  data: source,
})

/** However little an answer says of the time, it is read again after so long, in ms: what is stale in it is told by the clock. */
const LONGEST_MS = 24 * 3_600_000

/**
 * From when on the same bytes may say something else: what is dated ahead in them has come by then. Until then their
 * validators spare the download; later a 304 would hide for ever what was not yet so when they were read. Pure.
 * @param now ms since the epoch, of the reading
 */
export function rereadAt(reading: Pick<Reading, 'incidents' | 'moreAt'>, now: number): Instant {
  const open = reading.incidents.filter(incident => !isEnded(incident))
  const instants = [
    reading.moreAt,
    ...open.flatMap(({ scheduledFor, scheduledUntil }) => [scheduledFor, scheduledUntil]),
  ]
  const ahead = instants.flatMap(at => (at && Date.parse(at) > now ? [Date.parse(at)] : []))
  return toInstant(Math.min(...ahead, now + LONGEST_MS))
}
