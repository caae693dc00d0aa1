import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Article } from '../domain/article.ts'
import { Incident } from '../domain/incident.ts'
import { Instant, RecordId } from '../domain/primitives.ts'
import { Probe } from '../domain/probe.ts'
import { Source } from '../domain/source.ts'
import { Component } from '../domain/status.ts'
import { keys } from './keys.ts'
import { HubAnswer, HubRequest, isLeaseValid } from './push.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** The stored records of one source, by id. */
export type OwnedRecords = {
  incidents: Map<RecordId, Incident>
  components: Map<RecordId, Component>
  articles: Map<RecordId, Article>
}

/** Reads what the poll state says that the source owns; one round trip. */
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

/** What a probe found last; null before it found anything. */
export async function loadProbe(redis: Redis, sourceId: string, onInvalid: OnInvalid): Promise<Probe | null> {
  return parseRecord(Probe, 'probe', sourceId, await redis.hget(keys.probes, sourceId), onInvalid) ?? null
}

/** What a worker remembers of a source between two polls. */
export const PollState = z.object({
  /** The address that the validators below belong to. */
  url: z.string(),
  /** What else in the source's configuration shapes a reading; when it changes, the whole answer is wanted again. */
  readAs: z.string().default(''),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** From when on the validators count for nothing: by then the same answer may be read otherwise. Null: never, as nothing was read. */
  rereadAt: Instant.nullable().default(null),
  /** Where a permanent redirect sent us. */
  movedTo: z.string().nullable(),
  /** Records that the source owns. */
  incidents: z.array(RecordId),
  components: z.array(RecordId),
  articles: z.array(RecordId),
  /** Incidents that the last reading left out while they were open, or told older than they are known, and since when: a second such reading is believed. */
  missing: z.record(RecordId, Instant),
  /** Whether one of its incidents is active: such a source is polled faster. */
  active: z.boolean(),
  /** How often a feed asks to be read by what it said last, in ms; null where it does not say. */
  rhythmMs: z.number().int().positive().nullable().default(null),
  /** When `source.health` was last sent. */
  healthSentAt: Instant.nullable(),
  /** Of a probe: when the last measurement contradicted what was known (null: it agreed), and when `probe.changed` was last sent. */
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
  probe: { doubtedAt: null, sentAt: null },
})

/** The ground on which a poll stands. */
export type PollStart = {
  /** To hand back to `commitPoll`. */
  version: number
  /** The instant of the push that this poll answers, by which it is known; null when none does. To hand back to `commitPoll`. */
  answeredPush: number | null
  /** Whether a push wants this poll. */
  isPushed: boolean
  /** Whether a hub tells of the source's news. */
  hasHub: boolean
  /** Null before the first poll. */
  state: PollState | null
  source: Source | null
}

/**
 * Claims the poll that the timetable gave out and renews its lease. The claim fails when the timetable has given the
 * source to another since, or the source is gone: so no source is polled twice at once.
 *
 * KEYS  due leases versions polls sources claims pushes hub requests, hub answers
 * ARGV  source, due instant that the job was given
 * Returns now, version, state, health, instant of a push, hub request, hub answer; or false.
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
return { tostring(now), field(3), field(4), field(5), field(7), field(8), field(9) }
`)

/** The ground for the poll of `sourceId` that was due at `dueAt`; null when that claim no longer holds. */
export async function beginPoll(
  redis: Redis,
  sourceId: string,
  dueAt: number,
  onInvalid: OnInvalid,
): Promise<PollStart | null> {
  const reply = await beginScript(
    redis,
    [
      keys.due,
      keys.leases,
      keys.versions,
      keys.polls,
      keys.sources,
      keys.claims,
      keys.pushes,
      keys.hubRequests,
      keys.hubAnswers,
    ],
    [sourceId, dueAt],
  )
  if (!Array.isArray(reply)) return null
  const [now, version, state, source, pushedAt, hubRequest, hubAnswer] = reply.map(String)
  const beganAt = Number(now)
  const isPushed = pushedAt !== '' && Number(pushedAt) <= beganAt
  const read = <S extends z.ZodType>(schema: S, what: string, json: string | undefined) =>
    parseRecord(schema, what, sourceId, json || null, onInvalid) ?? null
  return {
    version: Number(version),
    answeredPush: isPushed ? Number(pushedAt) : null,
    isPushed,
    hasHub: isLeaseValid(
      read(HubRequest, 'hub request', hubRequest),
      read(HubAnswer, 'hub answer', hubAnswer),
      beganAt,
    ),
    state: read(PollState, 'poll state', state),
    source: read(Source, 'source', source),
  }
}
