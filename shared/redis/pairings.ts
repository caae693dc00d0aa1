import type { Redis } from 'ioredis'
import { z } from 'zod'
import { toInstant } from '../domain/primitives.ts'
import { CODE_LIFETIME_MS, ScreenId } from '../domain/screen.ts'
import { keys, pairingKey, pairingsOfKey, screenKey } from './keys.ts'
import { MAX_SCREENS } from './screens.ts'
import { script } from './script.ts'

/** Screens that wait to be admitted, in all and of one address. */
export const MAX_WAITING = 1_000
export const MAX_WAITING_OF_ADDRESS = 20

/**
 * addPairing. Returns 'full', 'crowded', 'taken' or 'kept'.
 * KEYS  1 pairings, 2 pairing, 3 pairings of its network
 * ARGV  1 code, 2 digest, 3 now, 4 lifetime ms, 5 max waiting, 6 max waiting of a network
 */
const addScript = script(`
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
for _, code in ipairs(redis.call('SMEMBERS', KEYS[3])) do
  if not redis.call('ZSCORE', KEYS[1], code) then redis.call('SREM', KEYS[3], code) end
end
if redis.call('SCARD', KEYS[3]) >= tonumber(ARGV[6]) then return 'crowded' end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[5]) then return 'full' end
if redis.call('EXISTS', KEYS[2]) == 1 then return 'taken' end
redis.call('HSET', KEYS[2], 'digest', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('ZADD', KEYS[1], ARGV[3] + ARGV[4], ARGV[1])
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
return 'kept'
`)

/**
 * Stores the code of a waiting screen, with the digest of its secret. `taken`: another screen has this code. `crowded`:
 * too many wait of this network. `full`: too many wait.
 */
export async function addPairing(
  redis: Redis,
  { code, digest, network }: { code: string; digest: string; network: string },
  now: number,
): Promise<'kept' | 'taken' | 'crowded' | 'full'> {
  const names = [keys.pairings, pairingKey(code), pairingsOfKey(network)]
  const args = [code, digest, now, CODE_LIFETIME_MS, MAX_WAITING, MAX_WAITING_OF_ADDRESS]
  return z.enum(['kept', 'taken', 'crowded', 'full']).parse(await addScript(redis, names, args))
}

export type Pairing = {
  /** SHA-256 of the code's secret, in hex. */
  digest: string
  /** The id of the admitted screen; null while it waits. */
  screen: ScreenId | null
}

/** The pairing of a code; null for an unknown or expired code. */
export async function readPairing(redis: Redis, code: string): Promise<Pairing | null> {
  const stored = Stored.safeParse(await redis.hgetall(pairingKey(code)))
  return stored.success ? { digest: stored.data.digest, screen: stored.data.screen ?? null } : null
}

/**
 * admitScreen: the code's secret becomes the screen's. The code remains, used, for the screen to read the result.
 * KEYS  1 pairings, 2 pairing, 3 screens, 4 screenDigests, 5 screen
 * ARGV  1 code, 2 id, 3 name, 4 place, 5 instant, 6 now, 7 lifetime ms, 8 max screens
 * Returns 'unknown', 'full' or 'admitted'.
 */
const admitScript = script(`
local digest = redis.call('HGET', KEYS[2], 'digest')
if not digest or redis.call('HEXISTS', KEYS[2], 'screen') == 1 then return 'unknown' end
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[8]) then return 'full' end
redis.call('HSET', KEYS[2], 'screen', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[7])
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[4], ARGV[2], digest)
redis.call('HSET', KEYS[5], 'name', ARGV[3], 'place', ARGV[4], 'admittedAt', ARGV[5])
redis.call('ZADD', KEYS[3], ARGV[6], ARGV[2])
return 'admitted'
`)

/** Admits the screen that shows this code, under a new id. `unknown`: no screen shows it, or it was used already. */
export async function admitScreen(
  redis: Redis,
  { code, id, name, place }: { code: string; id: ScreenId; name: string; place: string },
  now: number,
): Promise<'admitted' | 'unknown' | 'full'> {
  const names = [keys.pairings, pairingKey(code), keys.screens, keys.screenDigests, screenKey(id)]
  const args = [code, id, name, place, toInstant(now), now, CODE_LIFETIME_MS, MAX_SCREENS]
  return z.enum(['admitted', 'unknown', 'full']).parse(await admitScript(redis, names, args))
}

export const countWaiting = (redis: Redis, now: number): Promise<number> => redis.zcount(keys.pairings, now, '+inf')

const Stored = z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/), screen: ScreenId.optional() })
