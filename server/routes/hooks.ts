import { createHmac } from 'node:crypto'
import Router from '@koa/router'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import { toInstant } from '../../shared/domain/primitives.ts'
import {
  type HubAnswer,
  type HubRequest,
  type HubSubscription,
  leaseStands,
  readSubscription,
  writeHubAnswer,
} from '../../shared/redis/hub-subscriptions.ts'
import { pushSource, readWebhook } from '../../shared/redis/push-source.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { countWrongToken, isSecretOf, sameSecret, type WrongTokens } from '../http/admission.ts'
import type { PushOutcome } from '../http/metrics.ts'
import { readRawBody } from '../http/request.ts'

/** A hub may deliver the whole feed; larger than this, in bytes, it is polled only. */
const MOST_DELIVERED = 1024 * 1024
/** A webhook's body is not read for what it says. */
const MOST_HOOKED = 256 * 1024

export type HookDeps = {
  redis: Redis
  wrongTokens: WrongTokens
  onPush(by: 'websub' | 'webhook', outcome: PushOutcome): void
  now: () => number
  log: { info(fields: object, message: string): void }
  onInvalid: OnInvalid
}

/**
 * What hubs and status pages call when a source has news: it is then read before its turn, and nothing else follows. No
 * answer says anything: what does not exist and what is not allowed are the same 404.
 */
export function hookRoutes(deps: HookDeps): Router {
  const router = new Router({ prefix: '/hooks' })
  router.get('/websub/:source/:token', ctx => verifyHub(ctx, deps))
  router.post('/websub/:source/:token', ctx => takeDelivery(ctx, deps))
  router.post('/statuspage/:source', ctx => takeWebhook(ctx, ctx.query.secret, deps))
  router.post('/statuspage/:source/:secret', ctx => takeWebhook(ctx, ctx.params.secret, deps))
  return router
}

async function verifyHub(ctx: Context, deps: HookDeps): Promise<void> {
  const { redis, now } = deps
  const source = String(ctx.params.source)
  const known = await subscriptionFor(ctx, deps)
  const verified = verify(ctx.query, known.request, now()) ?? ctx.throw(404)
  const { answer, echo } = verified
  const stood = leaseStands(known.request, known.answer, now())
  await writeHubAnswer(redis, source, answer)
  // What was published before the hub began to tell was told by nobody; and the source's record shows the change.
  if (stood !== (answer.kind === 'granted')) await pushSource(redis, source)
  if (answer.kind === 'denied')
    deps.log.info({ source, hub: known.request.hub }, 'a hub will not tell of news; its feed is only polled')
  ctx.type = 'text/plain'
  ctx.body = echo
}

/** A delivery that is not signed as it should be is ignored; the hub that we would tell so is not who sent it. */
async function takeDelivery(ctx: Context, deps: HookDeps): Promise<void> {
  const { request } = await subscriptionFor(ctx, deps)
  const body = await readRawBody(ctx, MOST_DELIVERED)
  if (isSigned(ctx.get('X-Hub-Signature'), request.secret, body)) {
    await pushSource(deps.redis, String(ctx.params.source))
    deps.onPush('websub', 'taken')
  } else deps.onPush('websub', 'forged')
  accept(ctx)
}

/** The subscription whose token the path carries. */
async function subscriptionFor(
  ctx: Context,
  deps: HookDeps,
): Promise<Pick<HubSubscription, 'answer'> & { request: NonNullable<HubSubscription['request']> }> {
  const { request, answer } = await readSubscription(deps.redis, String(ctx.params.source), deps.onInvalid)
  if (!sameSecret(String(ctx.params.token), request?.token ?? '') || request === null) return refuse(ctx, deps)
  return { request, answer }
}

async function takeWebhook(ctx: Context, given: unknown, deps: HookDeps): Promise<void> {
  if (typeof given !== 'string' || given === '') return ctx.throw(404)
  const source = String(ctx.params.source)
  if (!isSecretOf(given, await readWebhook(deps.redis, source))) return refuse(ctx, deps)
  await readRawBody(ctx, MOST_HOOKED)
  await pushSource(deps.redis, source)
  deps.onPush('webhook', 'taken')
  accept(ctx)
}

function refuse(ctx: Context, { wrongTokens }: HookDeps): never {
  countWrongToken(ctx, wrongTokens)
  return ctx.throw(404)
}

const accept = (ctx: Context): void => {
  ctx.status = 202
  ctx.body = ''
}

/** @see https://www.w3.org/TR/websub/#recognized-algorithm-names */
const algorithms: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512'])

/**
 * Whether `X-Hub-Signature` (`sha256=<hex>`) is the HMAC of the body, compared in constant time.
 * @see https://www.w3.org/TR/websub/#signature-validation
 */
export function isSigned(header: string, secret: string, body: Buffer): boolean {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]{1,10})=([0-9a-f]{40,128})$/i.exec(header.trim()) ?? []
  const name = algorithm.toLowerCase()
  if (!algorithms.has(name)) return false
  return sameSecret(hex.toLowerCase(), createHmac(name, secret).update(body).digest('hex'))
}

/** What a hub's question comes to: the answer to keep, and the text to give back. */
export type Verified = { answer: HubAnswer; echo: string }

/** No lease counts as longer than this, in seconds. */
const LONGEST_LEASE_S = 90 * 86_400

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
 * A hub asks whether a subscription is wanted, or says that it will not have it. Pure; null when that is not about just what
 * a worker has asked for. An end is never asked for, so none is confirmed.
 * @param query the query string, parsed @param now ms
 * @see https://www.w3.org/TR/websub/#hub-verifies-intent
 */
export function verify(query: unknown, request: HubRequest, now: number): Verified | null {
  const question = Question.safeParse(query).data
  if (question?.['hub.topic'] !== request.topic) return null
  const about = { token: request.token, askedAt: request.askedAt, at: toInstant(now) }
  if (question['hub.mode'] === 'denied') return { answer: { kind: 'denied', ...about }, echo: '' }
  const leaseMs = Math.min(LONGEST_LEASE_S, Number(question['hub.lease_seconds'])) * 1000
  return {
    answer: { kind: 'granted', ...about, until: toInstant(now + leaseMs) },
    echo: question['hub.challenge'],
  }
}
