import { createHmac, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { RecordId } from '../domain/primitives.ts'
import { keys } from './keys.ts'

/** The secret that signs links to acknowledge: made once, and the same for all workers and servers of a store. */
export async function acknowledgeSecret(redis: Redis): Promise<string> {
  await redis.set(keys.acknowledgeSecret, randomBytes(32).toString('base64url'), 'NX')
  return (await redis.get(keys.acknowledgeSecret)) ?? ''
}

/** What a link in a message carries, so that its reader may acknowledge this incident and nothing else. */
export const acknowledgeKey = (secret: string, incident: RecordId): string =>
  createHmac('sha256', secret).update(`acknowledge:${incident}`).digest('base64url')
