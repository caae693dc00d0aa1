import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** The secret that signs keys and cookies: made once, and the same for all servers of a store. No token is part of it. */
export async function signingSecret(redis: Redis): Promise<Buffer> {
  await redis.set(keys.signingSecret, randomBytes(32).toString('base64url'), 'NX')
  return Buffer.from((await redis.get(keys.signingSecret)) ?? '', 'base64url')
}
