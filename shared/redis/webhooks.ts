import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { script } from './script.ts'

/**
 * KEYS  webhooks
 * ARGV  n × (source, digest)
 */
const writeScript = script(`
redis.call('DEL', KEYS[1])
for at = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
`)

/** Puts the webhooks of the sources file in force. @param digests SHA-256 of each secret, in hex, by source */
export async function writeWebhooks(redis: Redis, digests: ReadonlyMap<string, string>): Promise<void> {
  await writeScript(redis, [keys.webhooks], [...digests].flat())
}

/** SHA-256 of the secret of a source's webhook, in hex; null when it has none. */
export async function readWebhook(redis: Redis, source: string): Promise<string | null> {
  const digest = await redis.hget(keys.webhooks, source)
  return digest !== null && /^[0-9a-f]{64}$/.test(digest) ? digest : null
}
