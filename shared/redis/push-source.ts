import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { script } from './script.ts'

/** Pushes bring one source forward at most this often, in ms. */
const GAP_MS = 2_000

/**
 * KEYS  due claims pushes pushedAt
 * ARGV  source, gap ms
 * A push that is due later answers for all that come until then. A poll under way keeps its lease, so that no other begins
 * beside it: its commit finds the push and makes the source due again. Nothing is ever moved to a later instant.
 * Returns 1, or 0 when the source stands on no timetable.
 */
const pushScript = script(`
local source = ARGV[1]
local due = redis.call('ZSCORE', KEYS[1], source)
if not due then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if tonumber(redis.call('HGET', KEYS[3], source) or '0') > now then return 1 end
local at = math.max(now, tonumber(redis.call('HGET', KEYS[4], source) or '0') + tonumber(ARGV[2]))
redis.call('HSET', KEYS[3], source, at)
redis.call('HSET', KEYS[4], source, at)
local claim = redis.call('HGET', KEYS[2], source)
local isUnderWay = claim and tonumber(claim) == tonumber(due) and tonumber(due) > now
if tonumber(due) > at and not isUnderWay then redis.call('ZADD', KEYS[1], at, source) end
return 1
`)

/**
 * The source has told that it has news: a poll that begins from now on, within 2 s, reads it. Unlike `bringForward`, what is
 * under way for it keeps its worth.
 * @returns false when there is no such source
 */
export async function pushSource(redis: Redis, id: string): Promise<boolean> {
  return (await pushScript(redis, [keys.due, keys.claims, keys.pushes, keys.pushedAt], [id, GAP_MS])) === 1
}

/**
 * KEYS  webhooks
 * ARGV  n × (source, digest)
 */
const writeScript = script(`
redis.call('DEL', KEYS[1])
for at = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
`)

/** Puts the webhooks of the sources file in force. @param digests SHA-256 of each secret, in hex, by source */
export async function writeWebhooks(redis: Redis, digests: ReadonlyMap<string, string>): Promise<void> {
  await writeScript(redis, [keys.webhooks], [...digests].flat())
}

/** SHA-256 of the secret of a source's webhook, in hex; null when it has none. */
export async function readWebhook(redis: Redis, source: string): Promise<string | null> {
  const digest = await redis.hget(keys.webhooks, source)
  return digest !== null && /^[0-9a-f]{64}$/.test(digest) ? digest : null
}
