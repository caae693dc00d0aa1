import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Instant, WebUrl } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { script } from './script.ts'

/** The hub that a feed names, and the feed's topic there. @see https://www.w3.org/TR/websub/#discovery */
export const NamedHub = z.object({ hub: WebUrl, topic: WebUrl })
export type NamedHub = z.infer<typeof NamedHub>

/** 32 random bytes in base64url. */
const RandomText = z.string().regex(/^[\w-]{43}$/)

/** The last request to a hub. Only workers write it. */
export const HubRequest = NamedHub.extend({
  /** The hub delivers to this address. It ends in the secret token. */
  callback: WebUrl,
  token: RandomText,
  /** Key of the hub's signatures. */
  secret: RandomText,
  askedAt: Instant,
  /** Requests since the last granted one. */
  attempts: z.number().int().positive(),
  /** When to repeat the request without an answer. */
  retryAt: Instant,
})
export type HubRequest = z.infer<typeof HubRequest>

/** The hub's answer to the request with this token and instant. Only servers write it. */
export const HubAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('granted'), token: RandomText, askedAt: Instant, at: Instant, until: Instant }),
  z.object({ kind: z.literal('denied'), token: RandomText, askedAt: Instant, at: Instant }),
])
export type HubAnswer = z.infer<typeof HubAnswer>

export type HubSubscription = { named: NamedHub | null; request: HubRequest | null; answer: HubAnswer | null }

/** Whether the hub has promised to deliver news at `now` (ms). */
export const isLeaseValid = (request: HubRequest | null, answer: HubAnswer | null, now: number): boolean =>
  request !== null && answer?.kind === 'granted' && answer.token === request.token && Date.parse(answer.until) > now

/** The subscriptions by source: of every source that names a hub or has a request. */
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

/** writeHubRequest, writeHubAnswer. KEYS 1 hash. ARGV 1 source, 2 JSON. */
const writeHubScript = script(`redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`)

/** dropHubAnswer, dropSubscription. KEYS n × hash. ARGV 1 source. */
const dropHubScript = script(`for _, hash in ipairs(KEYS) do redis.call('HDEL', hash, ARGV[1]) end`)

export async function writeHubRequest(redis: Redis, source: string, request: HubRequest): Promise<void> {
  await writeHubScript(redis, [keys.hubRequests], [source, JSON.stringify(request)])
}

export async function writeHubAnswer(redis: Redis, source: string, answer: HubAnswer): Promise<void> {
  await writeHubScript(redis, [keys.hubAnswers], [source, JSON.stringify(answer)])
}

export async function dropHubAnswer(redis: Redis, source: string): Promise<void> {
  await dropHubScript(redis, [keys.hubAnswers], [source])
}

/** Deletes the subscription of a source that names no hub any more; its token becomes invalid. */
export async function dropSubscription(redis: Redis, source: string): Promise<void> {
  await dropHubScript(redis, [keys.hubRequests, keys.hubAnswers], [source])
}

/** The least time between two polls that pushes cause. */
const PUSH_INTERVAL_MS = 2_000

/**
 * pushSource: a push that is due later also covers those that arrive until then. A running poll keeps its lease; its
 * commit finds the push and makes the source due again. No source is ever moved to a later instant.
 * KEYS  1 due, 2 claims, 3 pushes, 4 pushedAt
 * ARGV  1 source, 2 interval ms
 * Returns 0 if the source is not on the timetable.
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

/** Makes a source due within 2 s, as it announced news. A running poll stays valid. False for an unknown source. */
export async function pushSource(redis: Redis, id: string): Promise<boolean> {
  return (await pushScript(redis, [keys.due, keys.claims, keys.pushes, keys.pushedAt], [id, PUSH_INTERVAL_MS])) === 1
}

/** writeWebhooks. KEYS 1 webhooks. ARGV n × (source, digest). */
const writeWebhooksScript = script(`
redis.call('DEL', KEYS[1])
for at = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
`)

/** Replaces all webhooks by those of the sources file. @param digests SHA-256 of each secret, in hex, by source */
export async function writeWebhooks(redis: Redis, digests: ReadonlyMap<string, string>): Promise<void> {
  await writeWebhooksScript(redis, [keys.webhooks], [...digests].flat())
}

/** SHA-256 of the secret of a source's webhook, in hex; null without one. */
export async function readWebhook(redis: Redis, source: string): Promise<string | null> {
  const digest = await redis.hget(keys.webhooks, source)
  return digest !== null && /^[0-9a-f]{64}$/.test(digest) ? digest : null
}
