import type { Redis } from 'ioredis'
import type { Article } from '../domain/article.ts'
import type { EventDraft, EventId } from '../domain/events.ts'
import type { Incident } from '../domain/incident.ts'
import type { LedgerEntry } from '../domain/ledger.ts'
import type { Instant, RecordId } from '../domain/primitives.ts'
import type { Probe } from '../domain/probe.ts'
import type { Source } from '../domain/source.ts'
import type { Component } from '../domain/status.ts'
import { articleKeys, articleLua, MAX_ARCHIVED } from './article-archive.ts'
import { appendEventLua, STREAM_LENGTH } from './event-stream.ts'
import { EVIDENCE_BYTES, type EvidenceDraft } from './evidence.ts'
import { takePostsLua } from './inbox.ts'
import { inboxKey, keys } from './keys.ts'
import { ledgerField, ledgerKeys, ledgerLua } from './ledger.ts'
import type { PollState } from './poll-state.ts'
import type { NamedHub } from './push.ts'
import { script } from './script.ts'

export type PollCommit = {
  version: number
  /** The push from `beginPoll`. Any other push came later and needs another poll. */
  answeredPush: number | null
  state: PollState
  source: Source
  delayMs: number
  upserts: { incidents: Incident[]; components: Component[]; articles: Article[] }
  /** Articles move to the archive; other records are deleted. */
  removals: { incidents: RecordId[]; components: RecordId[]; articles: RecordId[] }
  /** Archived articles that were published earlier are deleted. */
  articlesFrom: Instant
  probe?: Probe
  events: EventDraft[]
  /** New entries of the ledgers of incidents, oldest first. */
  ledger: { incident: RecordId; entry: LedgerEntry }[]
  /** Evidence of these entries; that of all entries stays within a number of bytes. */
  evidence?: EvidenceDraft[]
  evidenceBytes?: number
  /** How many of the posts in the source's inbox, the oldest, were read: they are taken out. */
  posts?: number
  /** The hub that the source names; null for none, absent if the source was not read completely. */
  hub?: NamedHub | null
}

/**
 * commitPoll: writes records, events, state, health and the next due instant of a poll, or nothing.
 * KEYS  1 versions, 2 polls, 3 sources, 4 due, 5 events, 6 incidents, 7 components, 8 articles, 9 probes, 10 pushes,
 *       11 hubs, 12 incidentTimes, 13 articleOrder, 14 articleArchive, 15 articleArchiveOrder, 16 to 23 `ledgerKeys`,
 *       24 inbox, 25 inboxBytes
 * ARGV  1 source, 2 version, 3 state, 4 health, 5 delay ms, 6 stream length, 7 probe or '', 8 answered push or 0,
 *       9 hub as JSON ('' for none, '-' if unknown), 10 oldest instant and 11 number of archived articles,
 *       12 bytes of all evidence, 13 posts that were read,
 *       then for incidents, components and articles: n, n × (id, json), m, m × id; then events: n, n × json;
 *       then incidents by time: n, n × (ms, id); then entries of ledgers: n, n × (incident, number, json);
 *       then evidence: n, n × (entry, ms, id, origin, fragment)
 * Returns the ids of the appended events; false if another poll of the source was committed in the meantime.
 */
const commitScript = script(`${articleLua}${ledgerLua}${takePostsLua}${appendEventLua}
local source, version = ARGV[1], tonumber(ARGV[2])
if tonumber(redis.call('HGET', KEYS[1], source) or '0') ~= version then return false end
redis.call('HSET', KEYS[1], source, version + 1)
redis.call('HSET', KEYS[2], source, ARGV[3])
redis.call('HSET', KEYS[3], source, ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = now + tonumber(ARGV[5])
local push = tonumber(redis.call('HGET', KEYS[10], source) or '0')
if push > 0 and push ~= tonumber(ARGV[8]) then due = math.min(due, math.max(push, now))
else redis.call('HDEL', KEYS[10], source) end
redis.call('ZADD', KEYS[4], 'XX', due, source)
if ARGV[7] ~= '' then redis.call('HSET', KEYS[9], source, ARGV[7]) end
if ARGV[9] == '' then redis.call('HDEL', KEYS[11], source)
elseif ARGV[9] ~= '-' then redis.call('HSET', KEYS[11], source, ARGV[9]) end
local articles = { KEYS[8], KEYS[13], KEYS[14], KEYS[15] }
local ledgers = ledgersIn(16)
takePosts(KEYS[24], KEYS[25], source, tonumber(ARGV[13]))
local at = 14
local function count() at = at + 1; return tonumber(ARGV[at - 1]) end
for records = 6, 8 do
  for _ = 1, count() do
    if records == 8 then writeArticle(articles, ARGV[at], ARGV[at + 1])
    else redis.call('HSET', KEYS[records], ARGV[at], ARGV[at + 1]) end
    at = at + 2
  end
  for _ = 1, count() do
    if records == 6 then
      deleteLedger(ledgers, ARGV[at], redis.call('HGET', KEYS[6], ARGV[at]))
      redis.call('ZREM', KEYS[12], ARGV[at])
    end
    if records == 8 then archiveArticle(articles, ARGV[at])
    else redis.call('HDEL', KEYS[records], ARGV[at]) end
    at = at + 1
  end
end
trimArchive(articles, ARGV[10], tonumber(ARGV[11]))
local ids = {}
for i = 1, count() do
  ids[i] = appendEvent(KEYS[5], ARGV[6], ARGV[at]); at = at + 1
end
for _ = 1, count() do redis.call('ZADD', KEYS[12], ARGV[at], ARGV[at + 1]); at = at + 2 end
for _ = 1, count() do writeEntry(ledgers, ARGV[at], ARGV[at + 1], ARGV[at + 2], now); at = at + 3 end
for _ = 1, count() do
  writeEvidence(ledgers.evidence, ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], tonumber(ARGV[12]))
  at = at + 5
end
return ids
`)

/** Commits a poll in one round trip. Returns null, and writes nothing, if the source's version has changed. */
export async function commitPoll(redis: Redis, commit: PollCommit): Promise<EventId[] | null> {
  const { state, source, upserts, removals, events } = commit
  const args: (string | number)[] = [
    source.id,
    commit.version,
    JSON.stringify(state),
    JSON.stringify(source),
    Math.round(commit.delayMs),
    STREAM_LENGTH,
    commit.probe ? JSON.stringify(commit.probe) : '',
    commit.answeredPush ?? 0,
    commit.hub === undefined ? '-' : commit.hub === null ? '' : JSON.stringify(commit.hub),
    commit.articlesFrom,
    MAX_ARCHIVED,
    commit.evidenceBytes ?? EVIDENCE_BYTES,
    commit.posts ?? 0,
  ]
  for (const kind of ['incidents', 'components', 'articles'] as const) {
    args.push(upserts[kind].length)
    for (const record of upserts[kind]) args.push(record.id, JSON.stringify(record))
    args.push(removals[kind].length, ...removals[kind])
  }
  args.push(events.length, ...events.map(event => JSON.stringify(event)))
  args.push(upserts.incidents.length)
  for (const { id, updatedAt } of upserts.incidents) args.push(Date.parse(updatedAt), id)
  args.push(commit.ledger.length)
  for (const { incident, entry } of commit.ledger) args.push(incident, entry.n, JSON.stringify(entry))
  const { evidence = [] } = commit
  args.push(evidence.length)
  const sent = new Set<string>() // the entries of one incident share a fragment
  for (const { incident, n, seenMs, id, packed } of evidence) {
    args.push(ledgerField(incident, n), seenMs, id, packed.origin, sent.has(id) ? '' : packed.fragment)
    sent.add(id)
  }
  const { versions, polls, sources, due, events: stream, incidents, components } = keys
  const { probes, pushes, hubs, incidentTimes, inboxBytes } = keys
  const [articles, ...archive] = articleKeys
  const fixed = [versions, polls, sources, due, stream]
  const records = [incidents, components, articles]
  const ids = await commitScript(
    redis,
    [
      ...fixed,
      ...records,
      probes,
      pushes,
      hubs,
      incidentTimes,
      ...archive,
      ...ledgerKeys,
      inboxKey(source.id),
      inboxBytes,
    ],
    args,
  )
  return Array.isArray(ids) ? ids.map(String) : null
}
