import { createHmac } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import { toInstant } from '../../shared/domain/primitives.ts'
import {
  type HubAnswer,
  type HubRequest,
  isLeaseValid,
  pushSource,
  readSubscription,
  readWebhook,
  writeHubAnswer,
} from '../../shared/redis/push.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { countWrongToken, isSecretOf, sameSecret, type WrongTokens } from '../http/admission.ts'
import { readRawBody } from '../http/request.ts'
import { route } from '../http/route.ts'
import type { PushOutcome } from './health.ts'

/** A hub may deliver the whole feed. A larger delivery is refused, and its source is only polled. */
const MAX_DELIVERY_BYTES = 1024 * 1024
/** The content of a webhook's body does not matter. */
const MAX_WEBHOOK_BYTES = 256 * 1024

/**
 * What hubs and status pages call when a source has news: it is then read before its turn, and nothing else follows.
 * Answers give nothing away: what does not exist and what is not allowed are the same 404.
 */
export type HookDeps = {
  redis: Redis
  wrongTokens: WrongTokens
  onPush(by: 'websub' | 'webhook', outcome: PushOutcome): void
  now: () => number
  log: { info(fields: object, message: string): void }
  onInvalid: OnInvalid
}

const said = z.string().optional()
/** What of a hub's question is looked at: `verify` says whether it is one. */
const HubQuery = { 'hub.mode': said, 'hub.topic': said, 'hub.challenge': said, 'hub.lease_seconds': said }

export const verifyHub = route({
  method: 'get',
  path: '/hooks/websub/:source/:token',
  summary: 'A hub verifies or denies a subscription.',
  details: '200 with its challenge if a worker has asked for just that.',
  query: HubQuery,
  ignoresOtherQuery: true,
  answers: { 200: 'text/plain' },
  faults: [404, 429, 503],
  access: 'public',
  async handle({ ctx, params: { source, token } }, deps: HookDeps) {
    const { redis, now } = deps
    const known = await findSubscription(ctx, source, token, deps)
    const { answer, echo } = verify(ctx.query, known.request, now()) ?? ctx.throw(404, NO_HOOK)
    const hadLease = isLeaseValid(known.request, known.answer, now())
    await writeHubAnswer(redis, source, answer)
    // Nobody was told of what was published before the hub's first delivery; and the source's record shows the change.
    if (hadLease !== (answer.kind === 'granted')) await pushSource(redis, source)
    if (answer.kind === 'denied')
      deps.log.info({ source, hub: known.request.hub }, 'a hub will not tell of news; its feed is only polled')
    return echo
  },
})

export const takeDelivery = route({
  method: 'post',
  path: '/hooks/websub/:source/:token',
  summary: 'A hub delivers.',
  details: '202. Ignored unless `X-Hub-Signature` (sha1, sha256, sha384, sha512) holds; at most 1 MB.',
  takes: 'The feed, or what is new of it.',
  answers: { 202: null },
  faults: [404, 429, 503],
  access: 'public',
  async handle({ ctx, params: { source, token } }, deps: HookDeps) {
    const { request } = await findSubscription(ctx, source, token, deps)
    const body = await readRawBody(ctx, MAX_DELIVERY_BYTES)
    const isGenuine = isSigned(ctx.get('X-Hub-Signature'), request.secret, body)
    if (isGenuine) await pushSource(deps.redis, source)
    // A forged delivery gets the same answer: an error would only inform its sender.
    deps.onPush('websub', isGenuine ? 'taken' : 'forged')
    return ''
  },
})

const webhook = {
  method: 'post',
  summary: "A status page's webhook.",
  takes: 'Whatever the page sends: it is not read.',
  answers: { 202: null },
  faults: [404, 429, 503],
  access: 'public',
} as const

export const takeWebhook = route({
  ...webhook,
  path: '/hooks/statuspage/:source',
  details: '`?secret=…`; 202; at most 256 KB ([sources](sources.md#pushes)).',
  query: { secret: z.string().optional() },
  ignoresOtherQuery: true,
  handle: ({ ctx, params, query: { secret } }, deps: HookDeps) => takePush(ctx, params.source, secret, deps),
})

export const takeWebhookWithPath = route({
  ...webhook,
  path: '/hooks/statuspage/:source/:secret',
  details: 'The same, for pages whose addresses may not have a query.',
  handle: ({ ctx, params }, deps: HookDeps) => takePush(ctx, params.source, params.secret, deps),
})

/** One line for all: it tells nobody whether it was the source or the secret. */
export const NO_HOOK = 'there is no such hook, or its secret is another'

async function takePush(ctx: Context, source: string, given: unknown, deps: HookDeps): Promise<string> {
  if (typeof given !== 'string' || given === '') return ctx.throw(404, NO_HOOK)
  if (!isSecretOf(given, await readWebhook(deps.redis, source))) return refuse(ctx, deps)
  await readRawBody(ctx, MAX_WEBHOOK_BYTES)
  await pushSource(deps.redis, source)
  deps.onPush('webhook', 'taken')
  return ''
}

async function findSubscription(ctx: Context, source: string, token: string, deps: HookDeps) {
  const { request, answer } = await readSubscription(deps.redis, source, deps.onInvalid)
  if (!sameSecret(token, request?.token ?? '') || request === null) return refuse(ctx, deps)
  return { request, answer }
}

function refuse(ctx: Context, { wrongTokens }: HookDeps): never {
  countWrongToken(ctx, wrongTokens)
  return ctx.throw(404, NO_HOOK)
}

/** @see https://www.w3.org/TR/websub/#recognized-algorithm-names */
const algorithms: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512'])

/** Whether `X-Hub-Signature` (`sha256=<hex>`) fits the body. @see https://www.w3.org/TR/websub/#signature-validation */
export function isSigned(header: string, secret: string, body: Buffer): boolean {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]{1,10})=([0-9a-f]{40,128})$/i.exec(header.trim()) ?? []
  const name = algorithm.toLowerCase()
  if (!algorithms.has(name)) return false
  return sameSecret(hex.toLowerCase(), createHmac(name, secret).update(body).digest('hex'))
}

/** The answer to store, and the text to send back to the hub. */
export type Verified = { answer: HubAnswer; echo: string }

const MAX_LEASE_S = 90 * 86_400

const Topic = { 'hub.topic': z.string() }
const Question = z.discriminatedUnion('hub.mode', [
  z.object({
    'hub.mode': z.literal('subscribe'),
    ...Topic,
    'hub.challenge': z.string().min(1).max(4096),
    'hub.lease_seconds': z.string().regex(/^\d{1,10}$/),
  }),
  z.object({ 'hub.mode': z.literal('denied'), ...Topic }),
])

/**
 * A hub asks whether a subscription is wanted, or denies it. Pure; null when the question is not exactly about what a
 * worker has asked for. Workers never ask for an end. @see https://www.w3.org/TR/websub/#hub-verifies-intent
 */
export function verify(query: unknown, request: HubRequest, now: number): Verified | null {
  const question = Question.safeParse(query).data
  if (question?.['hub.topic'] !== request.topic) return null
  const about = { token: request.token, askedAt: request.askedAt, at: toInstant(now) }
  if (question['hub.mode'] === 'denied') return { answer: { kind: 'denied', ...about }, echo: '' }
  const leaseMs = Math.min(MAX_LEASE_S, Number(question['hub.lease_seconds'])) * 1000
  return { answer: { kind: 'granted', ...about, until: toInstant(now + leaseMs) }, echo: question['hub.challenge'] }
}
