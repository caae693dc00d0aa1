import type { Redis } from 'ioredis'
import type { EventDraft } from '../domain/events.ts'
import { Source } from '../domain/source.ts'
import { articleKeys, articleLua } from './article-archive.ts'
import { appendEventLua, STREAM_LENGTH } from './event-stream.ts'
import { inboxKey, keys } from './keys.ts'
import { ledgerKeys, ledgerLua } from './ledger.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** A source that is due. `dueAt` identifies the claim for `beginPoll`. */
export type DueSource = { id: string; dueAt: number }

/**
 * takeDue: takes due sources, the longest waiting first, and delays each by its lease: a worker that dies costs one
 * lease. Redis' clock decides. If it was set back, so are all due instants, and earlier claims become invalid.
 * KEYS  1 due, 2 leases, 3 claims, 4 clock
 * ARGV  1 limit
 * Returns n × (source, due instant of the claim).
 */
const takeScript = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local before = tonumber(redis.call('GET', KEYS[4]) or '0')
if now < before - 2000 then
  for _, source in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    redis.call('ZINCRBY', KEYS[1], string.format('%d', now - before), source)
  end
end
if now < before - 2000 or now >= before + 1000 then redis.call('SET', KEYS[4], string.format('%d', now)) end
local taken = {}
for _, source in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])) do
  local dueAt = now + tonumber(redis.call('HGET', KEYS[2], source) or '15000')
  redis.call('ZADD', KEYS[1], dueAt, source)
  redis.call('HSET', KEYS[3], source, dueAt)
  taken[#taken + 1] = source
  taken[#taken + 1] = tostring(dueAt)
end
return taken
`)

/** Takes at most `limit` due sources. No other worker gets them before their lease expires. */
export async function takeDue(redis: Redis, limit: number): Promise<DueSource[]> {
  const reply = await takeScript(redis, [keys.due, keys.leases, keys.claims, keys.clock], [limit])
  const flat = Array.isArray(reply) ? reply.map(String) : []
  const taken: DueSource[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) taken.push({ id: flat[i] ?? '', dueAt: Number(flat[i + 1]) })
  return taken
}

/**
 * addSource. Returns 1 for a new source. KEYS 1 due, 2 leases, 3 sources, 4 events.
 * ARGV  1 source, 2 lease ms, 3 first delay ms, 4 health, 5 event, 6 stream length
 */
const addScript = script(`${appendEventLua}
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'NX', time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[3]), ARGV[1])
if redis.call('HSETNX', KEYS[3], ARGV[1], ARGV[4]) == 1 then
  appendEvent(KEYS[4], ARGV[6], ARGV[5])
  return 1
end
return 0
`)

/** Adds a source to the timetable, if it is not there. Appends its event and returns true for a new source. */
export async function addSource(
  redis: Redis,
  source: Source,
  event: EventDraft,
  timing: { leaseMs: number; delayMs: number },
): Promise<boolean> {
  const names = [keys.due, keys.leases, keys.sources, keys.events]
  const [health, added] = [JSON.stringify(source), JSON.stringify(event)]
  const args = [source.id, timing.leaseMs, Math.round(timing.delayMs), health, added, STREAM_LENGTH]
  return (await addScript(redis, names, args)) === 1
}

/**
 * bringForward: raises the version, so that a running poll cannot commit what it read with the old configuration.
 * KEYS  1 due, 2 versions
 * ARGV  n × source
 */
const bringForwardScript = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, source in ipairs(ARGV) do
  if redis.call('ZSCORE', KEYS[1], source) then
    redis.call('ZADD', KEYS[1], now, source)
    redis.call('HINCRBY', KEYS[2], source, 1)
  end
end
`)

/** Makes sources due at once, and invalidates their running polls. */
export async function bringForward(redis: Redis, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await bringForwardScript(redis, [keys.due, keys.versions], ids)
}

/**
 * removeSource: keeps and raises the version, so that a running poll cannot bring the source back.
 * KEYS  1 due, 2 leases, 3 sources, 4 polls, 5 versions, 6 events, 7 incidents, 8 components, 9 articles,
 *       10 incidentTimes, 11 articleOrder, 12 articleArchive, 13 articleArchiveOrder, 14 to 21 `ledgerKeys`, 22 inbox,
 *       then n × hash by source
 * ARGV  1 source, 2 event, 3 stream length
 * Returns 0 if the source was not stored.
 */
const removeScript = script(`${articleLua}${ledgerLua}${appendEventLua}
local source = ARGV[1]
local articles = { KEYS[9], KEYS[11], KEYS[12], KEYS[13] }
local ledgers = ledgersIn(14)
redis.call('ZREM', KEYS[1], source)
redis.call('HDEL', KEYS[2], source)
local state = redis.call('HGET', KEYS[4], source)
if state then
  local owned = cjson.decode(state)
  for index, kind in ipairs({ 'incidents', 'components', 'articles' }) do
    for _, id in ipairs(owned[kind]) do
      if kind == 'articles' then forgetArticle(articles, id) end
      if kind == 'incidents' then
        deleteLedger(ledgers, id, redis.call('HGET', KEYS[7], id))
        redis.call('ZREM', KEYS[10], id)
      end
      redis.call('HDEL', KEYS[6 + index], id)
    end
  end
  redis.call('HDEL', KEYS[4], source)
end
forgetArchived(articles, source)
redis.call('DEL', KEYS[22])
for hash = 23, #KEYS do redis.call('HDEL', KEYS[hash], source) end
redis.call('HINCRBY', KEYS[5], source, 1)
if redis.call('HDEL', KEYS[3], source) == 0 then return 0 end
appendEvent(KEYS[6], ARGV[3], ARGV[2])
return 1
`)

/** Removes a source with everything that it owns, and appends its event. Returns false if it was not stored. */
export async function removeSource(redis: Redis, id: string, event: EventDraft): Promise<boolean> {
  const { due, leases, sources, polls, versions, events, incidents, components, incidentTimes } = keys
  const [articles, ...archive] = articleKeys
  const records = [incidents, components, articles, incidentTimes, ...archive, ...ledgerKeys]
  const { probes, claims, pushes, pushedAt, hubs, hubRequests, hubAnswers, webhooks, inboundSecrets, inboxBytes } = keys
  const hashesBySource = [probes, claims, pushes, pushedAt, hubs, hubRequests, hubAnswers, webhooks]
  hashesBySource.push(inboundSecrets, inboxBytes, keys.lostPictures)
  const names = [due, leases, sources, polls, versions, events, ...records, inboxKey(id), ...hashesBySource]
  return (await removeScript(redis, names, [id, JSON.stringify(event), STREAM_LENGTH])) === 1
}

/** Every source that is stored or on the timetable, with its lease in ms; null if a part is missing after a crash. */
export async function readTimetable(redis: Redis): Promise<Map<string, number | null>> {
  const [stored, due, leases] = await Promise.all([
    redis.hkeys(keys.sources),
    redis.zrange(keys.due, '0', '-1'),
    redis.hgetall(keys.leases),
  ])
  const scheduled = new Set(due)
  const known = new Map<string, number | null>(due.map(id => [id, null]))
  for (const id of stored) known.set(id, scheduled.has(id) && id in leases ? Number(leases[id]) : null)
  return known
}

/** The stored sources of these ids; unknown and invalid ones are left out. */
export async function readSources(
  redis: Redis,
  ids: readonly string[],
  onInvalid: OnInvalid,
): Promise<Map<string, Source>> {
  if (ids.length === 0) return new Map()
  const stored = await redis.hmget(keys.sources, ...ids)
  return new Map(
    ids.flatMap((id, index) => {
      const source = parseRecord(Source, 'source', id, stored[index], onInvalid)
      return source ? [[id, source] as const] : []
    }),
  )
}
