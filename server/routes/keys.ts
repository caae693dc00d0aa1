import type { Redis } from 'ioredis'
import { z } from 'zod'
import { descending } from '../../shared/domain/order.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { ChannelKey, ChannelKeyId, listChannelKeys, revokeChannelKeys } from '../../shared/redis/channel-keys.ts'
import { channelKeyUses, readUses } from '../../shared/redis/last-uses.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import type { ScreenController } from '../screens/screen-controller.ts'
import { adminRoute } from './kinds.ts'

export type KeyDeps = { redis: Redis; screens: Pick<ScreenController, 'announce'>; onInvalid: OnInvalid }

const ListedKey = z.object({
  ...ChannelKey.omit({ nonce: true }).shape,
  /** To about an hour. */
  lastUsedAt: Instant.nullable(),
})

export const getKeys = adminRoute({
  access: 'admin',
  method: 'get',
  path: '/api/keys',
  summary: 'The keys of channels that were given away, newest first.',
  details:
    'Each with its channel, who asked for it, when it was made, ends and was last used. None of them can be used by its `id`.',
  query: {},
  answers: { 200: z.object({ keys: z.array(ListedKey) }) },
  cache: 'no-store',
  async handle(_, { redis, onInvalid }: KeyDeps) {
    const [made, uses] = [await listChannelKeys(redis, onInvalid), await readUses(redis, channelKeyUses)]
    const listed = [...made.values()].map(({ nonce: _, ...key }) => ({ ...key, lastUsedAt: uses.get(key.id) ?? null }))
    return { keys: listed.sort(descending('madeAt')) }
  },
})

export const deleteKey = adminRoute({
  access: 'admin',
  audit: 'key.revoked',
  method: 'delete',
  path: '/api/keys/:id',
  summary: 'Revokes the key of a channel.',
  details: 'What carries it is 401 on every server; whoever asks for a key anew gets another one.',
  query: {},
  answers: { 204: null },
  async handle({ ctx, params }, { redis, screens }: KeyDeps) {
    const id = ChannelKeyId.safeParse(params.id)
    if (!id.success || !(await revokeChannelKeys(redis, [id.data])))
      ctx.throw(404, `there is no key '${params.id.slice(0, 40)}': GET /api/keys lists them`)
    await screens.announce({ kind: 'access' })
  },
})
