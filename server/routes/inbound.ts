import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { toInstant } from '../../shared/domain/primitives.ts'
import { type InboundSecret, putPost, REPLAY_WINDOW_S, readInboundSecret } from '../../shared/redis/inbox.ts'
import { pushSource } from '../../shared/redis/push.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { bearerToken, countWrongToken, isSecretOf, sameSecret, type WrongTokens } from '../http/admission.ts'
import { readRawBody } from '../http/request.ts'
import { route } from '../http/route.ts'
import type { PushOutcome } from './health.ts'
import { isSigned, NO_HOOK } from './hooks.ts'

export type InboundDeps = {
  redis: Redis
  wrongTokens: WrongTokens
  /** The variables of this process, among which are the secrets that signatures need. */
  environment: Readonly<Record<string, string | undefined>>
  onPush(by: 'inbound', outcome: PushOutcome): void
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

/** Of one post: SNS and Pub/Sub stay below it, and alert managers send in parts. */
const MAX_POST_BYTES = 256 * 1024
/** When a sender may come again while the inbox is full, in s. */
const RETRY_AFTER_S = 30

const inbound = { method: 'post', answers: { 202: null }, faults: [400, 404, 413, 429, 503], access: 'public' } as const

export const takePost = route({
  ...inbound,
  path: '/hooks/in/:source',
  summary: 'What a cloud tells your own account, or your alerts.',
  details:
    'With the secret in `Authorization`, `X-API-Key` or `?secret=`, or signed; 202; JSON of at most 256 KB ([private words](inbound.md)).',
  handle: ({ ctx, params }, deps: InboundDeps) => queuePost(ctx, params.source, [], deps),
})

export const takePostWithPath = route({
  ...inbound,
  path: '/hooks/in/:source/:secret',
  summary: 'The same, for senders that have nothing but an address.',
  handle: ({ ctx, params }, deps: InboundDeps) => queuePost(ctx, params.source, [params.secret], deps),
})

/** Checks a post and puts it into its source's inbox; a worker reads it. */
async function queuePost(ctx: Context, source: string, inPath: string[], deps: InboundDeps): Promise<string> {
  const { redis, now, onPush } = deps
  const secret = await readInboundSecret(redis, source, deps.onInvalid)
  const given = [...inPath, ...secretsIn(ctx)]
  const isKnown = given.some(one => isSecretOf(one, secret?.digest ?? null))
  if (!isKnown && !isSignatureGiven(ctx)) return given.length === 0 ? ctx.throw(404, NO_HOOK) : refuse(ctx, deps)

  const body = await readRawBody(ctx, MAX_POST_BYTES)
  const signedId = isKnown ? null : signedIdOf(ctx, body, secretOf(secret, deps.environment), now())
  if (!isKnown && signedId === null) return refuse(ctx, deps)

  const payload = jsonOf(body) ?? ctx.throw(400, 'the body is no JSON object or list')
  const confirm = confirmationIn(payload)
  if (confirm !== null) return logConfirmation(ctx, source, confirm, deps)

  const post = { at: toInstant(now()), body: body.toString() }
  const outcome = await putPost(redis, source, post, signedId ?? digestOf(body))
  onPush('inbound', outcome)
  if (outcome === 'full') {
    ctx.set('Retry-After', String(RETRY_AFTER_S))
    return ctx.throw(503, `${source} has posted more than its workers have read: post again later`, { expose: true })
  }
  if (outcome === 'taken') await pushSource(redis, source)
  return ''
}

/** A wrong secret looks like a source that does not exist. */
function refuse(ctx: Context, { wrongTokens, onPush }: InboundDeps): never {
  onPush('inbound', 'forged')
  countWrongToken(ctx, wrongTokens)
  return ctx.throw(404, NO_HOOK)
}

/** What may be the secret. Google's Monitoring calls it `auth_token`; others send a token of their own beside ours. */
function secretsIn(ctx: Context): string[] {
  const authorization = ctx.get('Authorization')
  const [, basic = ''] = /^Basic ([\w+/=-]{1,1000})$/i.exec(authorization) ?? []
  const password = Buffer.from(basic, 'base64').toString().split(':').slice(1).join(':')
  const given = [bearerToken(authorization), password, ctx.get('X-API-Key'), ctx.query.secret, ctx.query.auth_token]
  return given.filter(one => typeof one === 'string' && one !== '' && one.length <= 512) as string[] // as checked
}

const isSignatureGiven = (ctx: Context): boolean =>
  ctx.get('webhook-signature') !== '' || ctx.get('X-Hub-Signature-256') !== ''

/** The value of a secret, where this process has the very one that the workers have. */
function secretOf(secret: InboundSecret | null, environment: InboundDeps['environment']): string | null {
  const value = secret === null ? undefined : environment[secret.name]
  return value !== undefined && isSecretOf(value, secret?.digest ?? null) ? value : null
}

/** What identifies a post whose signature holds; null where none does. */
function signedIdOf(ctx: Context, body: Buffer, secret: string | null, now: number): string | null {
  if (secret === null) return null
  const id = ctx.get('webhook-id')
  const stamp = ctx.get('webhook-timestamp')
  if (id !== '' && /^\d{1,11}$/.test(stamp)) {
    const isInTime = Math.abs(now / 1000 - Number(stamp)) <= REPLAY_WINDOW_S
    const expected = keyOf(secret)?.sign(id, new Date(Number(stamp) * 1000), body)
    const given = ctx.get('webhook-signature').split(' ').slice(0, 10)
    return isInTime && expected !== undefined && given.some(one => sameSecret(one, expected)) ? digestOf(id) : null
  }
  const signature = ctx.get('X-Hub-Signature-256')
  return /^sha256=/i.test(signature) && isSigned(signature, secret, body) ? digestOf(body) : null
}

/** Standard Webhooks writes keys as `whsec_` and Base64. @see https://www.standardwebhooks.com/ */
function keyOf(secret: string): Webhook | undefined {
  try {
    return /^whsec_/.test(secret) ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
  } catch {
    return undefined
  }
}

const digestOf = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

function jsonOf(body: Buffer): object | null {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

const Confirmation = z.object({ Type: z.literal('SubscriptionConfirmation'), SubscribeURL: z.string() })

/** The address that confirms a subscription of Amazon SNS; null for any other post. */
const confirmationIn = (payload: object): string | null => Confirmation.safeParse(payload).data?.SubscribeURL ?? null

/**
 * A subscription is confirmed by a person who opens its address: this server fetches nothing that it is sent.
 * @see https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html
 */
function logConfirmation(ctx: Context, source: string, url: string, { log }: InboundDeps): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  if (protocol !== 'https:' || !/^sns\.[a-z0-9-]{1,30}\.amazonaws\.com(?:\.cn)?$/.test(hostname))
    return ctx.throw(400, 'SubscribeURL is no address of Amazon SNS: subscribe from there')
  log.warn({ source, url: url.slice(0, 2000) }, 'Amazon SNS asks to confirm a subscription: open this address once')
  return ''
}
