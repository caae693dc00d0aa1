import type { Redis } from 'ioredis'
import { pino } from 'pino'
import { HISTORY_DAYS } from '../../../shared/domain/history.ts'
import { toInstant } from '../../../shared/domain/primitives.ts'
import type { Region } from '../../../shared/domain/region.ts'
import { applyEvent, type ViewLimits } from '../../../shared/domain/view.ts'
import { readEvents } from '../../../shared/redis/event-stream.ts'
import { EVIDENCE_BYTES } from '../../../shared/redis/evidence.ts'
import { keys } from '../../../shared/redis/keys.ts'
import { holdLease, releaseLease } from '../../../shared/redis/lease.ts'
import { loadView } from '../../../shared/redis/load-view.ts'
import { ensureSchema } from '../../../shared/redis/migrate.ts'
import type { OnInvalid } from '../../../shared/redis/records.ts'
import { commitRollUp, lastRollUp } from '../../../shared/redis/rollup-store.ts'
import { addSource } from '../../../shared/redis/timetable.ts'
import { countryOf, loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { serviceMatcher } from '../../../shared/services/service-matcher.ts'
import { loadServices, versionOf } from '../../../shared/services/service-table.ts'
import type { ReadSource, SourceConfig } from '../../../workers/config/source-config.ts'
import { readers } from '../../../workers/formats/registry.ts'
import type { HttpOutcome, HttpRequest } from '../../../workers/http/http.ts'
import { placeMatcher } from '../../../workers/places/places.ts'
import { healthEvent, unpolled } from '../../../workers/poll/health.ts'
import { timingOf } from '../../../workers/poll/pace.ts'
import { type PollDeps, type PollEnd, poll } from '../../../workers/poll/poll.ts'
import { changedStatuses } from '../../../workers/poll/rollup.ts'
import { type Applied, applyStep } from '../apply.ts'
import { endpoints } from '../endpoints.ts'
import { newWorld } from '../new-world.ts'
import { seeded } from '../seeded.ts'
import type { World } from '../world.ts'

const SECOND_MS = 1000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export type ReplayOptions = {
  redis: Redis
  /** The sources file's, as workers will read them. */
  sources: readonly SourceConfig[]
  /** Everything that has happened, oldest first. */
  applied: readonly Applied[]
  /** The simulator's, as addresses in its documents begin. */
  origin: string
  /** The folder `shared/`. */
  shared: URL
  /** Where the past ends, ms since the epoch. */
  now: number
}

/**
 * Fills an empty store with a past: each step is read from the simulated documents by the workers' own poll, and rolled
 * up as workers do, on a clock that is moved. A store that was rolled up before stays as it is. Returns whether it was
 * filled.
 */
export async function replay({ redis, sources, applied, origin, shared, now }: ReplayOptions): Promise<boolean> {
  if ((await lastRollUp(redis)) !== null) return false
  const schema = await ensureSchema(redis)
  if (!schema.ok) throw new Error(schema.error)

  const clock = { ms: 0 }
  const world = newWorld(origin, true)
  const http = documentsOf(world, clock)
  const [catalogue, services] = await Promise.all([
    loadCatalogue(new URL('regions/', shared)),
    loadServices(new URL('services/', shared)),
  ])
  const { regions } = catalogue
  const chance = seeded('when it is read again')
  const unneeded = () => Promise.reject(new Error('the past is only read'))
  const deps: PollDeps = {
    redis,
    http: { ...http, post: unneeded, send: unneeded, close: async () => undefined },
    measure: unneeded,
    probeFrom: who,
    readers,
    places: placeMatcher(regions.values()),
    services: { match: serviceMatcher(services.values(), regions.values()), version: versionOf(services) },
    countryOf: countryOf(catalogue),
    keepEndedMs: HISTORY_DAYS * DAY_MS,
    evidenceBytes: EVIDENCE_BYTES,
    now: () => clock.ms,
    random: chance.next,
    log: pino({ level: 'silent' }),
    onInvalid,
  }
  const watched = new Map(sources.flatMap(source => (isRead(source) ? [[source.id, source] as const] : [])))
  for (const source of watched.values()) {
    const timing = { leaseMs: timingOf(source.everyMs).leaseMs, delayMs: 0 }
    await addSource(redis, unpolled(source), healthEvent(unpolled(source), now), timing)
  }
  const read = (source: ReadSource | undefined): Promise<PollEnd> | undefined => {
    if (source === undefined) return undefined
    void redis.zadd(keys.due, DUE_AT, source.id)
    return poll(source, DUE_AT, deps)
  }
  const rollUp = await startRollUp(deps, clock, regions)
  for (const action of timetable(applied, [...watched.keys()], now)) {
    clock.ms = action.at
    if (action.do === 'apply') {
      const { source, revision } = applyStep(world, action.applied.step, action.applied)
      http.revisions.set(source, revision)
    } else if (action.do === 'miss') await rollUp(action.since)
    else {
      const ends = await Promise.all(action.sources.map(id => read(watched.get(id))))
      if (ends.some(end => end !== 'same')) await rollUp(null)
    }
  }
  clock.ms = now
  await rollUp(null)
  await releaseLease(redis, keys.rollUpLease, who)
  return true
}

/** When every source is due, ms since the epoch: earlier than any time that is replayed. */
const DUE_AT = 1

/** What is measured or posted has no documents. */
const isRead = (source: SourceConfig): source is ReadSource => source.kind !== 'probe' && source.kind !== 'inbound'

const onInvalid: OnInvalid = (what, key, why) => {
  throw new Error(`the past is wrong: ${what} ${key}: ${why}`)
}

type Action = { at: number } & (
  | { do: 'apply'; applied: Applied }
  | { do: 'read'; sources: readonly string[] }
  | { do: 'miss'; since: number | null }
)

/**
 * Steps at their time, and the readings of their sources a little later. An end is read twice: what is no longer listed
 * is believed to be over at the second time. In the last day each source is read every hour. Nothing is read in a gap.
 */
function timetable(applied: readonly Applied[], sources: readonly string[], now: number): Action[] {
  const chance = seeded('the time until it is read')
  const first = now - (HISTORY_DAYS + 1) * DAY_MS
  const missed = gaps.map(([from, until]) => ({ from: now - from * HOUR_MS, until: now - until * HOUR_MS }))
  const read = (sources: readonly string[], at: number): Action => {
    const gap = missed.find(({ from, until }) => at > from && at <= until)
    return { at: gap ? gap.until + SECOND_MS : at, do: 'read', sources }
  }
  return [
    ...applied.map((one): Action => ({ at: one.at, do: 'apply', applied: one })),
    read(sources, first),
    ...applied.flatMap(({ at, source, step }) => {
      const seenAt = Math.max(first, at) + Math.round(chance.between(12, 48)) * SECOND_MS
      const isEnd = step.do === 'resolve' || step.do === 'complete'
      return [read([source], seenAt), ...(isEnd ? [read([source], seenAt + 8 * SECOND_MS)] : [])]
    }),
    ...missed.flatMap(({ from, until }): Action[] => [
      { at: from, do: 'miss', since: null },
      { at: until, do: 'miss', since: from },
    ]),
    ...Array.from({ length: 25 }, (_, hour) => read(sources, now - (24 - hour) * HOUR_MS)),
  ]
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
}

/** Times, in hours before the present, in which nobody watched. */
const gaps: readonly (readonly [from: number, until: number])[] = [
  [1710, 1707],
  [1204, 1203.2],
  [788, 782],
  [411, 410],
  [131, 129.5],
]

/** The simulated documents without a network, as the world is at the moment. `revisions`: by source, of its last step. */
function documentsOf(world: World, clock: Clock): Pick<PollDeps['http'], 'get'> & { revisions: Map<string, number> } {
  const revisions = new Map<string, number>()
  const chance = seeded('how long answers take')
  const get = async ({ url, etag }: HttpRequest): Promise<HttpOutcome> => {
    const latencyMs = Math.round(chance.between(38, 190))
    const failed = (status: number) =>
      ({ kind: 'failed', status, reason: `HTTP ${status}`, retryAfterMs: null, gone: false, latencyMs }) as const
    const endpoint = endpoints.find(({ path }) => path === new URL(url).pathname)
    if (endpoint === undefined) return failed(404)
    if (world.faults.has(endpoint.source)) return failed(503)
    const tag = `"${endpoint.source} ${revisions.get(endpoint.source) ?? 0}"`
    const head = { etag: tag, lastModified: null, maxAgeMs: null, latencyMs }
    if (etag === tag) return { kind: 'unchanged', status: 304, ...head }
    const { body, contentType } = endpoint.render(world, clock.ms)
    return { kind: 'fresh', status: 200, body, contentType, date: null, link: null, url, movedTo: null, ...head }
  }
  return { get, revisions }
}

type Clock = { ms: number }

const who = 'the past'
/** Longer than a replay takes, in ms. */
const LEASE_MS = 120_000
/** The roll-up needs active incidents and no articles. */
const limits: ViewLimits = { incidents: 0, articles: 0 }

/**
 * Rolls up what the polls have committed, as if every source that is well had just been read.
 * @returns a function that does so at the clock's time; `since` is the begin of a gap before it, in ms
 */
async function startRollUp(deps: PollDeps, clock: Clock, regions: ReadonlyMap<string, Region>) {
  const { redis } = deps
  const view = await loadView(redis, onInvalid)
  await holdLease(redis, keys.rollUpLease, who, LEASE_MS)
  let isFirst = true
  return async (since: number | null): Promise<void> => {
    const events = await readEvents(redis, view.head, 1000, onInvalid)
    for (const event of events) applyEvent(view, event, limits)
    view.head = events.at(-1)?.id ?? view.head
    const at = toInstant(clock.ms)
    for (const [id, source] of view.sources)
      if (source.failures === 0 && source.lastOkAt !== null) view.sources.set(id, { ...source, lastOkAt: at })
    const changes = changedStatuses({ ...deps, regions }, view)
    const statuses = changes.map(({ status }) => status)
    for (const status of statuses) view.statuses.set(status.region, status)
    const remember = isFirst ? [...view.statuses.values()] : statuses
    isFirst = false
    await commitRollUp(redis, { who, leaseMs: LEASE_MS, now: clock.ms, changes, remember, silentSince: since })
  }
}
