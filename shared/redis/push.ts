import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Instant, WebUrl } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { script } from './script.ts'

/** The hub that a feed names, and the feed's own name there. @see https://www.w3.org/TR/websub/#discovery */
export const NamedHub = z.object({ hub: WebUrl, topic: WebUrl })
export type NamedHub = z.infer<typeof NamedHub>

/** 32 random bytes in base64url. */
const RandomText = z.string().regex(/^[\w-]{43}$/)

/** What a worker last asked of a hub. Only workers write it. */
export const HubRequest = NamedHub.extend({
  /** Where the hub shall deliver; ends in the token, which nobody else knows. */
  callback: WebUrl,
  token: RandomText,
  /** Signs what the hub delivers. */
  secret: RandomText,
  askedAt: Instant,
  /** Requests since the last one that was granted. */
  attempts: z.number().int().positive(),
  /** When to ask again unless the hub has answered. */
  retryAt: Instant,
})
export type HubRequest = z.infer<typeof HubRequest>

/** What the hub said to the request of that token and instant. Only servers write it. */
export const HubAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('granted'), token: RandomText, askedAt: Instant, at: Instant, until: Instant }),
  z.object({ kind: z.literal('denied'), token: RandomText, askedAt: Instant, at: Instant }),
])
export type HubAnswer = z.infer<typeof HubAnswer>

/** All that is known of one source and its hub. */
export type HubSubscription = { named: NamedHub | null; request: HubRequest | null; answer: HubAnswer | null }

/** Whether the hub is bound to tell of news at `now` (ms). */
export const isLeaseValid = (request: HubRequest | null, answer: HubAnswer | null, now: number): boolean =>
  request !== null && answer?.kind === 'granted' && answer.token === request.token && Date.parse(answer.until) > now

/** By source: every one that names a hub, or whose hub was asked. */
export async function listSubscriptions(redis: Redis, onInvalid: OnInvalid): Promise<Map<string, HubSubscription>> {
  const [hubs, requests, answers] = await Promise.all([
    redis.hgetall(keys.hubs),
    redis.hgetall(keys.hubRequests),
    redis.hgetall(keys.hubAnswers),
  ])
  const named = parseHash(NamedHub, 'named hub', hubs, onInvalid)
  const asked = parseHash(HubRequest, 'hub request', requests, onInvalid)
  const answered = parseHash(HubAnswer, 'hub answer', answers, onInvalid)
  const ids = new Set([...named.keys(), ...asked.keys()])
  return new Map(
    [...ids].map(id => [
      id,
      { named: named.get(id) ?? null, request: asked.get(id) ?? null, answer: answered.get(id) ?? null },
    ]),
  )
}

/** What was asked of the source's hub, and its answer. */
export async function readSubscription(
  redis: Redis,
  source: string,
  onInvalid: OnInvalid,
): Promise<Omit<HubSubscription, 'named'>> {
  const [request, answer] = await Promise.all([
    redis.hget(keys.hubRequests, source),
    redis.hget(keys.hubAnswers, source),
  ])
  return {
    request: parseRecord(HubRequest, 'hub request', source, request, onInvalid) ?? null,
    answer: parseRecord(HubAnswer, 'hub answer', source, answer, onInvalid) ?? null,
  }
}

/**
 * KEYS  hash
 * ARGV  source, json
 */
const writeHubScript = script(`redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`)

/**
 * KEYS  n × hash
 * ARGV  source
 */
const dropHubScript = script(`for _, hash in ipairs(KEYS) do redis.call('HDEL', hash, ARGV[1]) end`)

export async function writeHubRequest(redis: Redis, source: string, request: HubRequest): Promise<void> {
  await writeHubScript(redis, [keys.hubRequests], [source, JSON.stringify(request)])
}

export async function writeHubAnswer(redis: Redis, source: string, answer: HubAnswer): Promise<void> {
  await writeHubScript(redis, [keys.hubAnswers], [source, JSON.stringify(answer)])
}

/** The lease has run out: there is no answer any more. */
export async function dropHubAnswer(redis: Redis, source: string): Promise<void> {
  await dropHubScript(redis, [keys.hubAnswers], [source])
}

/** The source names no hub any more: its token opens nothing from now on. */
export async function dropSubscription(redis: Redis, source: string): Promise<void> {
  await dropHubScript(redis, [keys.hubRequests, keys.hubAnswers], [source])
}

/** Pushes bring one source forward at most this often, in ms. */
const PUSH_INTERVAL_MS = 2_000

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
  return (await pushScript(redis, [keys.due, keys.claims, keys.pushes, keys.pushedAt], [id, PUSH_INTERVAL_MS])) === 1
}

/**
 * KEYS  webhooks
 * ARGV  n × (source, digest)
 */
const writeWebhooksScript = script(`
redis.call('DEL', KEYS[1])
for at = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
`)

/** Puts the webhooks of the sources file in force. @param digests SHA-256 of each secret, in hex, by source */
export async function writeWebhooks(redis: Redis, digests: ReadonlyMap<string, string>): Promise<void> {
  await writeWebhooksScript(redis, [keys.webhooks], [...digests].flat())
}

/** SHA-256 of the secret of a source's webhook, in hex; null when it has none. */
export async function readWebhook(redis: Redis, source: string): Promise<string | null> {
  const digest = await redis.hget(keys.webhooks, source)
  return digest !== null && /^[0-9a-f]{64}$/.test(digest) ? digest : null
}
