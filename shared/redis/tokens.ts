import type { Redis } from 'ioredis'
import { z } from 'zod'
import { AccessToken, type TokenId } from '../domain/access.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Named tokens that are kept at once; more than an office has people and programs. */
export const MAX_TOKENS = 500

/** A token as stored: of its secret the SHA-256 alone, in hex. It has 256 random bits, so nothing slower is needed. */
export const StoredToken = z.object({ ...AccessToken.shape, digest: z.string().regex(/^[0-9a-f]{64}$/) })
export type StoredToken = z.infer<typeof StoredToken>

/** addToken. Returns 'full', 'taken' where another has its name, or 'added'. KEYS 1 tokens. ARGV 1 id, 2 JSON, 3 name, 4 max */
const addScript = script(`
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 'full' end
for _, json in ipairs(redis.call('HVALS', KEYS[1])) do
  local known, token = pcall(cjson.decode, json)
  if known and token.name == ARGV[3] then return 'taken' end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 'added'
`)

export async function addToken(redis: Redis, token: StoredToken): Promise<'added' | 'taken' | 'full'> {
  const args = [token.id, JSON.stringify(token), token.name, MAX_TOKENS]
  return z.enum(['added', 'taken', 'full']).parse(await addScript(redis, [keys.tokens], args))
}

/** replaceToken: never brings back one that was revoked. Returns 0 then. KEYS 1 tokens. ARGV 1 id, 2 JSON */
const replaceScript = script(`
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`)

export const replaceToken = async (redis: Redis, token: StoredToken): Promise<boolean> =>
  (await replaceScript(redis, [keys.tokens], [token.id, JSON.stringify(token)])) === 1

/** removeToken. Returns 0 if there was none. KEYS 1 tokens, 2 tokenUses. ARGV 1 id */
const removeScript = script(`
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
`)

export const removeToken = async (redis: Redis, id: TokenId): Promise<boolean> =>
  (await removeScript(redis, [keys.tokens, keys.tokenUses], [id])) === 1

export const listTokens = async (redis: Redis, onInvalid: OnInvalid): Promise<Map<TokenId, StoredToken>> =>
  parseHash(StoredToken, 'token', await redis.hgetall(keys.tokens), onInvalid)

export const readToken = async (redis: Redis, id: TokenId, onInvalid: OnInvalid): Promise<StoredToken | undefined> =>
  parseRecord(StoredToken, 'token', id, await redis.hget(keys.tokens, id), onInvalid)
