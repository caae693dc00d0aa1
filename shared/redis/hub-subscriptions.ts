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
export const leaseStands = (request: HubRequest | null, answer: HubAnswer | null, now: number): boolean =>
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
const writeScript = script(`redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`)

/**
 * KEYS  n × hash
 * ARGV  source
 */
const dropScript = script(`for _, hash in ipairs(KEYS) do redis.call('HDEL', hash, ARGV[1]) end`)

export async function writeHubRequest(redis: Redis, source: string, request: HubRequest): Promise<void> {
  await writeScript(redis, [keys.hubRequests], [source, JSON.stringify(request)])
}

export async function writeHubAnswer(redis: Redis, source: string, answer: HubAnswer): Promise<void> {
  await writeScript(redis, [keys.hubAnswers], [source, JSON.stringify(answer)])
}

/** The lease has run out: there is no answer any more. */
export async function dropHubAnswer(redis: Redis, source: string): Promise<void> {
  await dropScript(redis, [keys.hubAnswers], [source])
}

/** The source names no hub any more: its token opens nothing from now on. */
export async function dropSubscription(redis: Redis, source: string): Promise<void> {
  await dropScript(redis, [keys.hubRequests, keys.hubAnswers], [source])
}
