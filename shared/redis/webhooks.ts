import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** Puts the webhooks of the sources file in force. @param digests SHA-256 of each secret, in hex, by source */
export async function writeWebhooks(redis: Redis, digests: ReadonlyMap<string, string>): Promise<void> {
  const transaction = redis.multi().del(keys.webhooks)
  if (digests.size > 0) transaction.hset(keys.webhooks, Object.fromEntries(digests))
  await transaction.exec()
}

/** SHA-256 of the secret of a source's webhook, in hex; null when it has none. */
export async function readWebhook(redis: Redis, source: string): Promise<string | null> {
  const digest = await redis.hget(keys.webhooks, source)
  return digest !== null && /^[0-9a-f]{64}$/.test(digest) ? digest : null
}
