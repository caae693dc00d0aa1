import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Channel } from '../domain/channels.ts'
import { Instant } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Keys that are kept at once; there are some hundred regions, providers and stacks to make one for. */
export const MAX_CHANNEL_KEYS = 10_000

/** 96 bits in hex: the same for all keys that one reader has of one channel. */
export const ChannelKeyId = z.string().regex(/^[0-9a-f]{24}$/, 'must be the 24 hexadecimal digits of a key')
export type ChannelKeyId = z.infer<typeof ChannelKeyId>

export const ChannelKey = z.object({
  id: ChannelKeyId,
  channel: Channel,
  /** Whose token asked for it. */
  by: z.string().max(64),
  /** Another one each time that the key is made: a key that was revoked never comes back. */
  nonce: z.string().max(64),
  madeAt: Instant,
  /** When the token ends that asked for it; null: it has no end. */
  expiresAt: Instant.nullable().default(null),
})
export type ChannelKey = z.infer<typeof ChannelKey>

const idOf = (channel: Channel, by: string): ChannelKeyId =>
  createHash('sha256')
    .update(JSON.stringify([channel, by]))
    .digest('hex')
    .slice(0, 24)

/** makeChannelKey. Returns the key that there is now; 0 where there are too many. KEYS 1 channelKeys. ARGV 1 id, 2 JSON, 3 max */
const makeScript = script(`
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then return known end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[2]
`)

/** The key to a channel that was made for this reader, or is made now; null where there are too many. */
export async function makeChannelKey(
  redis: Redis,
  { channel, by, at, expiresAt }: { channel: Channel; by: string; at: Instant; expiresAt: Instant | null },
  onInvalid: OnInvalid,
): Promise<ChannelKey | null> {
  const id = idOf(channel, by)
  const nonce = randomBytes(16).toString('base64url')
  const made: ChannelKey = { id, channel, by, nonce, madeAt: at, expiresAt }
  const kept = await makeScript(redis, [keys.channelKeys], [id, JSON.stringify(made), MAX_CHANNEL_KEYS])
  return (typeof kept === 'string' && parseRecord(ChannelKey, 'key of a channel', id, kept, onInvalid)) || null
}

export const listChannelKeys = async (redis: Redis, onInvalid: OnInvalid): Promise<Map<ChannelKeyId, ChannelKey>> =>
  parseHash(ChannelKey, 'key of a channel', await redis.hgetall(keys.channelKeys), onInvalid)

export const readChannelKey = async (
  redis: Redis,
  id: ChannelKeyId,
  onInvalid: OnInvalid,
): Promise<ChannelKey | undefined> =>
  parseRecord(ChannelKey, 'key of a channel', id, await redis.hget(keys.channelKeys, id), onInvalid)

/** revokeChannelKeys. Returns how many there were. KEYS 1 channelKeys, 2 channelKeyUses. ARGV n × id */
const revokeScript = script(`
local revoked = 0
for _, id in ipairs(ARGV) do
  redis.call('HDEL', KEYS[2], id)
  revoked = revoked + redis.call('HDEL', KEYS[1], id)
end
return revoked
`)

export async function revokeChannelKeys(redis: Redis, ids: readonly ChannelKeyId[]): Promise<boolean> {
  return ids.length > 0 && (await revokeScript(redis, [keys.channelKeys, keys.channelKeyUses], ids)) !== 0
}

/** Revokes all keys that this reader asked for. */
export async function revokeKeysOf(redis: Redis, reader: string, onInvalid: OnInvalid): Promise<void> {
  const its = [...(await listChannelKeys(redis, onInvalid)).values()].filter(({ by }) => by === reader)
  await revokeChannelKeys(
    redis,
    its.map(({ id }) => id),
  )
}
