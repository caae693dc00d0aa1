import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Article } from '../domain/article.ts'
import { Incident } from '../domain/incident.ts'
import { Instant, RecordId } from '../domain/primitives.ts'
import { Probe } from '../domain/probe.ts'
import { LostPictures, Source } from '../domain/source.ts'
import { Component } from '../domain/status.ts'
import { keys } from './keys.ts'
import { HubAnswer, HubRequest, isLeaseValid } from './push.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

export type OwnedRecords = {
  incidents: Map<RecordId, Incident>
  components: Map<RecordId, Component>
  articles: Map<RecordId, Article>
}

/** Reads the records that the source owns according to its poll state. */
export async function loadOwned(
  redis: Redis,
  state: Pick<PollState, 'incidents' | 'components' | 'articles'>,
  onInvalid: OnInvalid,
): Promise<OwnedRecords> {
  const read = async <S extends z.ZodType>(schema: S, what: string, key: string, ids: RecordId[]) => {
    const texts = ids.length === 0 ? [] : await redis.hmget(key, ...ids)
    const records = new Map<RecordId, z.infer<S>>()
    for (const [index, id] of ids.entries()) {
      const record = parseRecord(schema, what, id, texts[index], onInvalid)
      if (record !== undefined) records.set(id, record)
    }
    return records
  }
  const [incidents, components, articles] = await Promise.all([
    read(Incident, 'incident', keys.incidents, state.incidents),
    read(Component, 'component', keys.components, state.components),
    read(Article, 'article', keys.articles, state.articles),
  ])
  return { incidents, components, articles }
}

/** The last measurement of a probe; null before the first. */
export async function loadProbe(redis: Redis, sourceId: string, onInvalid: OnInvalid): Promise<Probe | null> {
  return parseRecord(Probe, 'probe', sourceId, await redis.hget(keys.probes, sourceId), onInvalid) ?? null
}

/** A worker's memory of a source between two polls. */
export const PollState = z.object({
  /** The address of the validators below. */
  url: z.string(),
  /** The other configuration that affects a reading. After a change the whole document is fetched again. */
  readAs: z.string().default(''),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** When the validators expire, as the same document would then be read differently; null before the first reading. */
  rereadAt: Instant.nullable().default(null),
  movedTo: z.string().nullable(),
  incidents: z.array(RecordId),
  components: z.array(RecordId),
  articles: z.array(RecordId),
  /** Open incidents that the last reading left out, or had older, and since when. A second such reading counts. */
  missing: z.record(RecordId, Instant),
  /** Whether one of its incidents is active; then the source is polled faster. */
  active: z.boolean(),
  /** The poll interval that a feed asks for, in ms; null if it names none. */
  rhythmMs: z.number().int().positive().nullable().default(null),
  healthSentAt: Instant.nullable(),
  /** What was left of the source's share of events at an instant, and the last record told where some were left out. */
  share: z.object({ at: Instant, events: z.number(), bytes: z.number(), last: z.string() }).nullable().default(null),
  /** Of a probe: when a measurement first contradicted the known state, and when `probe.changed` was last sent. */
  probe: z
    .object({ doubtedAt: Instant.nullable(), sentAt: Instant.nullable() })
    .default({ doubtedAt: null, sentAt: null }),
})
export type PollState = z.infer<typeof PollState>

export const newPollState = (url: string): PollState => ({
  url,
  readAs: '',
  etag: null,
  lastModified: null,
  rereadAt: null,
  movedTo: null,
  incidents: [],
  components: [],
  articles: [],
  missing: {},
  active: false,
  rhythmMs: null,
  healthSentAt: null,
  share: null,
  probe: { doubtedAt: null, sentAt: null },
})

export type PollStart = {
  version: number
  /** The instant of the push that this poll answers, which identifies it; null for none. For `commitPoll`. */
  answeredPush: number | null
  /** Whether a push caused this poll. */
  isPushed: boolean
  /** Whether a hub announces the source's news. */
  hasHub: boolean
  /** Null before the first poll. */
  state: PollState | null
  source: Source | null
  /** What the fetching of pictures left out; null for nothing. */
  lostPictures: LostPictures | null
}

/**
 * beginPoll: claims the poll that the timetable handed out, and renews its lease. The claim fails if the source was
 * given to another worker, or removed; so no source is polled twice at once.
 * KEYS  1 due, 2 leases, 3 versions, 4 polls, 5 sources, 6 claims, 7 pushes, 8 hubRequests, 9 hubAnswers,
 *       10 lostPictures
 * ARGV  1 source, 2 due instant of the job
 * Returns now, version, state, health, instant of a push, hub request, hub answer, lost pictures;
 * false if the claim fails.
 */
const beginScript = script(`
local source = ARGV[1]
local score = redis.call('ZSCORE', KEYS[1], source)
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return false end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local dueAt = now + tonumber(redis.call('HGET', KEYS[2], source) or '15000')
redis.call('ZADD', KEYS[1], dueAt, source)
redis.call('HSET', KEYS[6], source, dueAt)
local function field(hash) return redis.call('HGET', KEYS[hash], source) or '' end
return { tostring(now), field(3), field(4), field(5), field(7), field(8), field(9), field(10) }
`)

/** Begins the poll of `sourceId` that was due at `dueAt`; null if that claim is no longer valid. */
export async function beginPoll(
  redis: Redis,
  sourceId: string,
  dueAt: number,
  onInvalid: OnInvalid,
): Promise<PollStart | null> {
  const { due, leases, versions, polls, sources, claims, pushes, hubRequests, hubAnswers } = keys
  const names = [due, leases, versions, polls, sources, claims, pushes, hubRequests, hubAnswers, keys.lostPictures]
  const reply = await beginScript(redis, names, [sourceId, dueAt])
  if (!Array.isArray(reply)) return null
  const [now, version, state, source, pushedAt, request, answer, lost] = reply.map(String)
  const beganAt = Number(now)
  const isPushed = pushedAt !== '' && Number(pushedAt) <= beganAt
  const read = <S extends z.ZodType>(schema: S, what: string, json: string | undefined) =>
    parseRecord(schema, what, sourceId, json || null, onInvalid) ?? null
  return {
    version: Number(version),
    answeredPush: isPushed ? Number(pushedAt) : null,
    isPushed,
    hasHub: isLeaseValid(read(HubRequest, 'hub request', request), read(HubAnswer, 'hub answer', answer), beganAt),
    state: read(PollState, 'poll state', state),
    source: read(Source, 'source', source),
    lostPictures: read(LostPictures, 'lost pictures', lost),
  }
}
