import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { toInstant } from '../../shared/domain/primitives.ts'
import { isPushService, NewPushSubscription, PushSubscriptionId } from '../../shared/domain/push.ts'
import {
  addPushSubscription,
  MAX_PUSH_SUBSCRIPTIONS,
  readPushKey,
  removePushSubscriptions,
} from '../../shared/redis/push-subscriptions.ts'
import type { Signer } from '../access/signer.ts'
import { clientAddress, type MinuteLimit, type WrongTokens } from '../http/admission.ts'
import { route } from '../http/route.ts'
import { type Known, unknownName } from '../live/known-channels.ts'

/** How browsers ask to be told while no page is open. Workers send what is then pushed. */
export type PushDeps = {
  redis: Redis
  known: Known
  viewToken: string | undefined
  signer: Pick<Signer, 'sign'>
  subscriptions: MinuteLimit
  wrongTokens: WrongTokens
  now: () => number
}

export const getPushKey = route({
  method: 'get',
  path: '/api/push-key',
  summary: 'The key that a browser subscribes with; null where nothing is pushed.',
  details: '`{ "key" }`: the public half of `VAPID_PRIVATE_KEY`, in base64url.',
  query: {},
  answers: { 200: z.object({ key: z.string().nullable() }) },
  faults: [503],
  access: 'view',
  cache: 'no-store',
  handle: async (_, { redis }: PushDeps) => ({ key: await readPushKey(redis) }),
})

export const createPushSubscription = route({
  method: 'post',
  path: '/api/push-subscriptions',
  summary: 'Subscribes a browser to what concerns a stack.',
  details:
    '`{ "endpoint", "keys", "about", "from", "language" }`: `about` is `{ "stack" }` or `{ "name", "uses" }`. Who subscribes again changes what it is about.',
  query: {},
  body: { schema: NewPushSubscription, maxBytes: 16_384 },
  answers: { 201: z.object({ id: PushSubscriptionId }) },
  faults: [404, 409, 429, 503],
  access: 'view',
  cache: 'no-store',
  async handle({ ctx, body }, { redis, known, viewToken, signer, subscriptions, wrongTokens, now }: PushDeps) {
    const admitted = subscriptions(clientAddress(ctx.req, wrongTokens.trustedProxies))
    if (!admitted.ok) ctx.throw(429, admitted.error)
    const wanted = await body()
    const { endpoint, about } = wanted
    if (viewToken === undefined && !isPushService(endpoint))
      ctx.throw(400, 'endpoint: is not of a browser’s push service, and without a view token no other is asked')
    if ('stack' in about && !known.stack.has(about.stack)) ctx.throw(404, unknownName('stack', about.stack, known))
    const id = createHash('sha256').update(endpoint).digest('hex').slice(0, 32)
    const subscriber = { ...wanted, id, right: rightOf(viewToken, signer), at: toInstant(now()) }
    if (!(await addPushSubscription(redis, subscriber)))
      return ctx.throw(409, `${MAX_PUSH_SUBSCRIPTIONS} browsers are subscribed already, and no more are taken`)
    return { id }
  },
})

export const deletePushSubscription = route({
  method: 'delete',
  path: '/api/push-subscriptions/:id',
  summary: 'Ends a subscription.',
  query: {},
  answers: { 204: null },
  faults: [404, 503],
  access: 'view',
  async handle({ ctx, params }, { redis }: PushDeps) {
    const id = PushSubscriptionId.safeParse(params.id)
    if (!id.success || !(await removePushSubscriptions(redis, [id.data])))
      ctx.throw(404, `there is no subscription '${params.id.slice(0, 40)}'`)
  },
})

/** With another view token the subscriptions of the old one end: who may not read is told nothing. */
export const rightOf = (viewToken: string | undefined, signer: Pick<Signer, 'sign'>): string =>
  viewToken === undefined ? '' : signer.sign('push', viewToken)
