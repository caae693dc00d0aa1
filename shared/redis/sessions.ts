import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Session, type TokenId } from '../domain/access.ts'
import { type Instant, toInstant } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Sessions at once, and of one person: the oldest makes room. */
export const MAX_SESSIONS = 2_000
const MAX_OF_PERSON = 10

/** A session as stored: of the secret in its cookie the SHA-256 alone, in hex. */
export const StoredSession = z.object({ ...Session.shape, digest: z.string().regex(/^[0-9a-f]{64}$/) })
export type StoredSession = z.infer<typeof StoredSession>

/**
 * addSession. Those that are over go. Returns 0 where there are too many.
 * KEYS 1 sessions. ARGV 1 id, 2 JSON, 3 subject, 4 now, 5 max, 6 max of a person
 */
const addScript = script(`
local count, own = 0, {}
local all = redis.call('HGETALL', KEYS[1])
for n = 1, #all, 2 do
  local isRead, session = pcall(cjson.decode, all[n + 1])
  if not isRead or session.expiresAt <= ARGV[4] then redis.call('HDEL', KEYS[1], all[n])
  else
    count = count + 1
    if session.subject == ARGV[3] then table.insert(own, { session.createdAt, all[n] }) end
  end
end
table.sort(own, function(a, b) return a[1] < b[1] end)
for n = 1, #own - tonumber(ARGV[6]) + 1 do
  redis.call('HDEL', KEYS[1], own[n][2])
  count = count - 1
end
if count >= tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`)

/** Returns false where too many people are signed in. */
export async function addSession(redis: Redis, session: StoredSession, now: number): Promise<boolean> {
  const at: Instant = toInstant(now)
  const args = [session.id, JSON.stringify(session), session.subject, at, MAX_SESSIONS, MAX_OF_PERSON]
  return (await addScript(redis, [keys.sessions], args)) === 1
}

/** removeSession. Returns 0 if there was none. KEYS 1 sessions. ARGV 1 id */
const removeScript = script(`return redis.call('HDEL', KEYS[1], ARGV[1])`)

export const removeSession = async (redis: Redis, id: TokenId): Promise<boolean> =>
  (await removeScript(redis, [keys.sessions], [id])) === 1

export const listSessions = async (redis: Redis, onInvalid: OnInvalid): Promise<Map<TokenId, StoredSession>> =>
  parseHash(StoredSession, 'session', await redis.hgetall(keys.sessions), onInvalid)

export const readSession = async (
  redis: Redis,
  id: TokenId,
  onInvalid: OnInvalid,
): Promise<StoredSession | undefined> =>
  parseRecord(StoredSession, 'session', id, await redis.hget(keys.sessions, id), onInvalid)
