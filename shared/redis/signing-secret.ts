import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** The secret that signs keys and cookies: made once, and the same for all servers of a store. No token is part of it. */
export async function signingSecret(redis: Redis): Promise<Buffer> {
  const read = () => redis.get(keys.signingSecret)
  let secret = await read()
  // written only where there is none: a server also starts while Redis is full
  if (secret === null) {
    await redis.set(keys.signingSecret, randomBytes(32).toString('base64url'), 'NX')
    secret = await read()
  }
  return Buffer.from(secret ?? '', 'base64url')
}
