import type { Redis } from 'ioredis'
import type { Instant } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { script } from './script.ts'

/** What says of its records when each was last used: the hash of the records, and the hash beside it. */
export const tokenUses = { records: keys.tokens, uses: keys.tokenUses }
export const channelKeyUses = { records: keys.channelKeys, uses: keys.channelKeyUses }
export type UsedRecords = typeof tokenUses | typeof channelKeyUses

/** noteUse. Nothing is noted of what was revoked meanwhile. KEYS 1 records, 2 uses. ARGV 1 id, 2 instant */
const noteScript = script(`
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) end
return 1
`)

export async function noteUse(redis: Redis, { records, uses }: UsedRecords, id: string, at: Instant): Promise<void> {
  await noteScript(redis, [records, uses], [id, at])
}

/** When each record was last used, to about an hour. */
export const readUses = async (redis: Redis, { uses }: UsedRecords): Promise<ReadonlyMap<string, Instant>> =>
  new Map(Object.entries(await redis.hgetall(uses)))
