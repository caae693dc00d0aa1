import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Instant } from '../domain/primitives.ts'
import { inboxKey, keys, seenPostKey } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** What a source posted: when it came, by our clock, and its body as it came. */
export const Post = z.object({ at: Instant, body: z.string() })
export type Post = z.infer<typeof Post>

/** Posts that may wait for a worker, of one source. */
export const MAX_WAITING = 1_000
export const MAX_WAITING_BYTES = 8 * 1024 * 1024
/** How long a mark is remembered, in s: no post with a time of its own may be older. */
export const REPLAY_WINDOW_S = 5 * 60

/**
 * putPost: a mark that was seen is a repetition, and changes nothing.
 * KEYS  1 inbox, 2 inboxBytes, 3 seen post
 * ARGV  1 source, 2 post, 3 s for which its mark is remembered, 4 posts and 5 bytes that may wait
 */
const putScript = script(`
if redis.call('EXISTS', KEYS[3]) == 1 then return 'repeated' end
local bytes = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') + #ARGV[2]
if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[4]) or bytes > tonumber(ARGV[5]) then return 'full' end
redis.call('RPUSH', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], bytes)
redis.call('SET', KEYS[3], '1', 'EX', ARGV[3])
return 'taken'
`)

/**
 * Puts a post at the end of a source's inbox. @param mark what makes it another post than those before: its sender's
 * id, or a digest of its body
 */
export async function putPost(
  redis: Redis,
  source: string,
  post: Post,
  mark: string,
): Promise<'taken' | 'repeated' | 'full'> {
  const names = [inboxKey(source), keys.inboxBytes, seenPostKey(source, mark)]
  const limits = [REPLAY_WINDOW_S, MAX_WAITING, MAX_WAITING_BYTES]
  const outcome = await putScript(redis, names, [source, JSON.stringify(post), ...limits])
  return outcome === 'taken' || outcome === 'full' ? outcome : 'repeated'
}

/** The oldest posts of an inbox, which stay there until a commit takes them out. Null for one that cannot be read. */
export async function peekPosts(
  redis: Redis,
  source: string,
  limit: number,
  onInvalid: OnInvalid,
): Promise<(Post | null)[]> {
  const texts = await redis.lrange(inboxKey(source), 0, limit - 1)
  return texts.map(text => parseRecord(Post, 'post', source, text, onInvalid) ?? null)
}

/** Lua: `takePosts(inbox, inboxBytes, source, count)` takes the oldest posts out of an inbox. */
export const takePostsLua = `
local function takePosts(inbox, sizes, source, count)
  if count == 0 then return end
  local bytes = 0
  for _, post in ipairs(redis.call('LRANGE', inbox, 0, count - 1)) do bytes = bytes + #post end
  redis.call('LTRIM', inbox, count, -1)
  if redis.call('LLEN', inbox) == 0 then redis.call('HDEL', sizes, source)
  else redis.call('HINCRBY', sizes, source, -bytes) end
end
`

/** How a source that posts to us proves itself. The secret itself is in no store. */
export const InboundSecret = z.object({
  /** SHA-256 of the secret, in hex. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** The environment variable that has it: servers that have it too can check signatures. */
  name: z.string().max(64),
})
export type InboundSecret = z.infer<typeof InboundSecret>

/** writeInboundSecrets. KEYS 1 inboundSecrets. ARGV n × (source, JSON). */
const writeSecretsScript = script(`
redis.call('DEL', KEYS[1])
for at = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
`)

/** Replaces all by those of the sources file. */
export async function writeInboundSecrets(redis: Redis, secrets: ReadonlyMap<string, InboundSecret>): Promise<void> {
  const args = [...secrets].flatMap(([source, secret]) => [source, JSON.stringify(secret)])
  await writeSecretsScript(redis, [keys.inboundSecrets], args)
}

/** That of a source; null where it takes no posts. */
export async function readInboundSecret(
  redis: Redis,
  source: string,
  onInvalid: OnInvalid,
): Promise<InboundSecret | null> {
  const json = await redis.hget(keys.inboundSecrets, source)
  return parseRecord(InboundSecret, 'inbound secret', source, json, onInvalid) ?? null
}
