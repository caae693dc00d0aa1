import type { Logger } from 'pino'
import { isActive, isEnded } from '../../shared/domain/incident.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { Source, WireFormat } from '../../shared/domain/source.ts'
import { commitPoll } from '../../shared/redis/commit-poll.ts'
import { beginPoll, loadOwned, newPollState, type PollStart, type PollState } from '../../shared/redis/poll-state.ts'
import type { ServiceMatcher } from '../../shared/services/service-matcher.ts'
import { idsOf, type Trace, untraced } from '../../shared/trace.ts'
import type { ReadSource, SourceConfig } from '../config/source-config.ts'
import { withoutSecrets, withSecrets } from '../config/url-secrets.ts'
import { type FetchedAnswer, fetchAnswer } from '../formats/answer.ts'
import { othersOf, type Reader, type Reading } from '../formats/reader.ts'
import type { Http } from '../http/http.ts'
import { reachAt } from '../http/reach.ts'
import { pollInbox } from '../inbound/poll-inbox.ts'
import type { PlaceMatcher } from '../places/places.ts'
import { type ProbeDeps, pollProbe } from '../probes/probe.ts'
import { boundReading } from './bound-reading.ts'
import { diff, noChanges } from './diff.ts'
import { evidenceIn, packNew, type Said } from './evidence.ts'
import { spentShare, withinShare } from './fair-share.ts'
import { healthEvent, nextHealth, type PollFindings, type PollResult, shouldSendHealth } from './health.ts'
import { timingOf } from './pace.ts'
import { endedIn, fetchPast, noPast, type Past } from './past.ts'
import { resolveServices } from './resolve-services.ts'
import { struckAnswer } from './struck-answer.ts'

export type PollDeps = ProbeDeps & {
  http: Http
  readers: Readonly<Record<WireFormat, Reader>>
  places: PlaceMatcher
  /** Finds the services that are named; the version is another for every other catalogue of them. */
  services: { match: ServiceMatcher; version: string }
  /** How long an ended incident, and an article that its feed no longer owns, are kept, in ms. */
  keepEndedMs: number
  /** How much evidence is kept of all sources together, in bytes. */
  evidenceBytes: number
  random: () => number
  log: Logger
  trace?: Trace
}

/** How a poll ended. `superseded`: another worker had the source meanwhile, and nothing was written. */
export type PollEnd = PollResult['kind'] | 'superseded'

/**
 * Polls one source once: claim, ask, compare, commit. Whatever the source does becomes its health. Only a fault of
 * Redis or of our own throws; nothing is written then, and the timetable brings the source back.
 */
export async function poll(source: SourceConfig, dueAt: number, deps: PollDeps): Promise<PollEnd> {
  const { redis, log, trace = untraced } = deps
  const claim = await beginPoll(redis, source.id, dueAt, deps.onInvalid)
  if (claim === null) return 'superseded'

  const found =
    source.kind === 'probe'
      ? await pollProbe(source, stateFor(source, source.url, null, claim.state), deps)
      : source.kind === 'inbound'
        ? await pollInbox(source, stateFor(source, source.url, deps.services.version, claim.state), deps)
        : await pollDocument(source, claim, deps)

  const now = deps.now()
  const next = nextHealth(source, claim.source, found, found.state, now, deps.random())
  const delayMs = found.recheckMs ?? next.delayMs
  const health: Source = {
    ...next.health,
    ...(claim.hasHub ? { push: 'websub' as const } : {}),
    ...(claim.lostPictures === null ? {} : { lostPictures: claim.lostPictures }),
    nextPollAt: toInstant(now + delayMs),
  }
  const sendsHealth = shouldSendHealth(claim.source, health, found.state.healthSentAt, now)

  const { events, ...changes } = found.changes
  const commit = {
    ...changes,
    events: sendsHealth ? [...events, healthEvent(health, now)] : events,
    state: sendsHealth ? { ...found.state, healthSentAt: toInstant(now) } : found.state,
    source: health,
    delayMs,
    version: claim.version,
    answeredPush: claim.answeredPush,
    evidenceBytes: deps.evidenceBytes,
    articlesFrom: toInstant(now - deps.keepEndedMs),
  }
  const ids = await trace('commit', {}, async add => {
    const committed = await commitPoll(redis, commit)
    add(idsOf((committed ?? []).map(id => ({ id }))))
    return committed
  })
  if (ids === null) return 'superseded'
  log.debug({ source: source.id, outcome: found.kind, events: ids.length }, 'polled')
  if (health.gone) log.warn({ source: source.id }, health.error ?? 'gone')
  else if (claim.source?.gone) log.info({ source: source.id }, 'no longer gone')
  return found.kind
}

async function pollDocument(source: ReadSource, claim: PollStart, deps: PollDeps): Promise<PollFindings> {
  const reader = deps.readers[source.kind]
  const state = stateFor(source, reader.address(source.url), deps.services.version, claim.state)
  const url = withSecrets(source.url, source.secrets)
  const request = {
    url: state.movedTo ?? reader.address(url),
    accept: reader.accept,
    timeoutMs: timingOf(source.everyMs).timeoutMs,
    mustRevalidate: claim.isPushed,
    ...validatorsOf(state, deps.now()),
  }
  const { trace = untraced } = deps
  const answer = await trace('fetch', {}, async add => {
    const outcome = await fetchAnswer(request, othersOf(reader, url), httpOf(source, deps.http))
    add({ 'nephoscope.outcome': outcome.kind })
    return outcome
  })
  const { latencyMs } = answer
  switch (answer.kind) {
    case 'held':
      return { kind: 'held', httpStatus: null, latencyMs, waitMs: answer.waitMs, state, changes: noChanges }
    case 'failed': {
      const { status, retryAfterMs, gone } = answer
      const error = withoutSecrets(answer.reason, source.secrets)
      return { kind: 'failed', httpStatus: status, latencyMs, error, retryAfterMs, gone, state, changes: noChanges }
    }
    case 'unchanged': {
      const { etag, lastModified, maxAgeMs } = answer
      const kept = {
        etag: unlessSecret(etag, source) ?? state.etag,
        lastModified: unlessSecret(lastModified, source) ?? state.lastModified,
      }
      return { kind: 'same', httpStatus: 304, latencyMs, maxAgeMs, state: { ...state, ...kept }, changes: noChanges }
    }
    case 'fresh': {
      const isFirst = claim.source === null || claim.source.lastOkAt === null
      const isAsked = reader.history?.asked === 'first' ? isFirst : Object.keys(state.missing).length > 0
      const past = isAsked ? await fetchPast(source, reader, { ...deps, http: httpOf(source, deps.http) }) : noPast
      const struck = struckAnswer(answer, source.secrets)
      return trace('read', {}, () => readAnswer(struck, source, reader, state, deps, past, isFirst))
    }
  }
}

async function readAnswer(
  answer: Extract<FetchedAnswer, { kind: 'fresh' }>,
  source: ReadSource,
  reader: Reader,
  state: PollState,
  deps: PollDeps,
  past: Past,
  isFirst: boolean,
): Promise<PollFindings> {
  const { status: httpStatus, latencyMs, maxAgeMs, etag, lastModified } = answer
  const now = deps.now()
  const told = await reader.read(answer, { source, places: deps.places, now })
  if (!told.ok) {
    const error = withoutSecrets(told.error, source.secrets)
    return { kind: 'failed', httpStatus, latencyMs, error, retryAfterMs: null, gone: false, state, changes: noChanges }
  }

  const read = withoutSecrets(told.value, source.secrets)
  const owned = await loadOwned(deps.redis, state, deps.onInvalid)
  const ended = endedIn(reader, past, read, owned.incidents)
  const named = resolveServices({ ...read, incidents: [...read.incidents, ...ended] }, deps.services.match)
  const { reading, cut } = boundReading(named)
  const findEvidence = evidenceIn([saidIn(told.value, answer, source, reader, state), ...past.said], source.secrets)
  const all = diff({
    provider: source.provider,
    complete: reader.complete,
    reading,
    owned,
    missing: state.missing,
    countryOf: deps.countryOf,
    evidenceOf: incident => findEvidence(incident)?.id,
    keepEndedMs: deps.keepEndedMs,
    now,
  })
  // A first reading fills the store in one go; what has ended before it is asked for only then.
  const sent = isFirst ? { diff: all, share: spentShare(now), postponed: 0 } : withinShare(all, state, now)
  const { upserts, removals, events, ledger, ...ownedIds } = sent.diff
  const evidence = await packNew(ledger, findEvidence, now)
  for (const incident of upserts.incidents) owned.incidents.set(incident.id, incident)
  // A redirect and a feed's own name mostly repeat the whole address, and secrets are not stored.
  const hasSecrets = source.secrets !== undefined
  return {
    kind: events.length > 0 ? 'changed' : 'same',
    httpStatus,
    latencyMs,
    maxAgeMs,
    cut,
    postponed: sent.postponed,
    note: reading.note ?? null,
    changes: { upserts, removals, events, ledger, evidence, hub: hasSecrets ? null : (reading.hub ?? null) },
    state: {
      ...state,
      ...ownedIds,
      share: sent.share,
      // What was left out is found again in a full answer only.
      etag: sent.postponed > 0 ? null : unlessSecret(etag, source),
      lastModified: sent.postponed > 0 ? null : unlessSecret(lastModified, source),
      rereadAt: rereadAt(reading, now),
      // inside, only the configured address says what may be reached
      movedTo: hasSecrets || source.isPrivate !== undefined ? null : (answer.movedTo ?? state.movedTo),
      rhythmMs: reading.rhythmMs ?? null,
      active: [...owned.incidents.values()].some(isActive),
    },
  }
}

/** What a private source reaches inside is on its own host, whatever else its answers lead to. */
const httpOf = ({ url, isPrivate }: ReadSource, http: Http): Pick<Http, 'get'> =>
  isPrivate === undefined
    ? http
    : { get: request => http.get({ ...request, isPrivate: reachAt(request.url, url, isPrivate) }) }

/** A validator that repeats a secret is not stored. */
const unlessSecret = (validator: string | null, { secrets }: ReadSource): string | null =>
  withoutSecrets(validator, secrets) === validator ? validator : null

/** What an answer says, and where. */
function saidIn(
  { fragments = new Map() }: Reading,
  answer: Extract<FetchedAnswer, { kind: 'fresh' }>,
  { url }: ReadSource,
  reader: Reader,
  { movedTo }: PollState,
): Said {
  const second = answer.also && { answer: answer.also, url: reader.also?.(url) ?? url }
  return { fragments, first: { answer, url: movedTo ?? reader.address(url) }, second }
}

/** The state that a poll starts from. Another address or way of reading invalidates validators and redirects. */
function stateFor(source: SourceConfig, url: string, services: string | null, before: PollState | null): PollState {
  const readAs = JSON.stringify([source.kind, source.provider, source.topics, services])
  if (before !== null && before.url === url && before.readAs === readAs) return before
  const unread = { ...newPollState(url), readAs }
  if (before === null) return unread
  const { incidents, components, articles, missing, active, healthSentAt, share } = before
  return { ...unread, incidents, components, articles, missing, active, healthSentAt, share }
}

/** None while an incident is missing, as only a full answer confirms its end, and none once `rereadAt` has come. */
function validatorsOf({ missing, rereadAt, etag, lastModified }: PollState, now: number) {
  const needsFullAnswer = Object.keys(missing).length > 0 || (rereadAt !== null && now >= Date.parse(rereadAt))
  return needsFullAnswer ? { etag: null, lastModified: null } : { etag, lastModified }
}

/** Every answer is read again after this long, in ms, because the clock alone changes what it means. */
const LONGEST_REREAD_MS = 24 * 3_600_000

/**
 * The instant from which the same bytes may mean something else: the first instant ahead that they mention. Until then
 * their validators save the download; later a 304 would hide what was still ahead when they were read. Pure.
 */
export function rereadAt(reading: Pick<Reading, 'incidents' | 'moreAt'>, now: number): Instant {
  const open = reading.incidents.filter(incident => !isEnded(incident))
  const instants = [
    reading.moreAt,
    ...open.flatMap(({ scheduledFor, scheduledUntil }) => [scheduledFor, scheduledUntil]),
  ]
  const ahead = instants.flatMap(at => (at && Date.parse(at) > now ? [Date.parse(at)] : []))
  return toInstant(Math.min(...ahead, now + LONGEST_REREAD_MS))
}
