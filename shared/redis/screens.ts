import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Instant, toInstant } from '../domain/primitives.ts'
import { type Screen, ScreenId, ScreenOrders, ScreenReport, Screenshot } from '../domain/screen.ts'
import { keys, screenKey, screenshotKey } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Screens that are stored; more than any office has. */
export const MAX_SCREENS = 200
/** Of one address and not admitted by a code: more than a floor has, and a part of all. */
export const MAX_SCREENS_OF_ADDRESS = 50
/** A screen without a heartbeat for this long is deleted with its admission. */
export const FORGET_AFTER_MS = 60 * 24 * 3_600_000
const SCREENSHOT_LIFETIME_MS = 120_000

/**
 * reportScreen: if there are too many screens, in all or of its network, deletes the longest silent one of them that is
 * neither admitted nor connected.
 * KEYS  1 screens, 2 screensWatched, 3 screenDigests, 4 screen
 * ARGV  1 id, 2 now, 3 report, 4 connection, 5 max screens, 6 prefix of a screen's key, 7 '1' if it came with a token,
 *       8 network, 9 max screens of a network that were not admitted
 * Returns orders and `watched`; 'full'; 'crowded'; or 'withdrawn' if its token is no longer valid.
 */
const reportScript = script(`
if ARGV[7] == '1' and redis.call('HEXISTS', KEYS[3], ARGV[1]) == 0 then return 'withdrawn' end
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  local own, gone, ownGone = 0, false, false
  for _, old in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if redis.call('HEXISTS', KEYS[3], old) == 0 then
      local its = redis.call('HMGET', ARGV[6] .. old, 'network', 'connection')
      if not its[2] then gone = gone or old end
      if its[1] == ARGV[8] then
        own = own + 1
        if not its[2] then ownGone = ownGone or old end
      end
    end
  end
  local leaves = false
  if own >= tonumber(ARGV[9]) then
    if not ownGone then return 'crowded' end
    leaves = ownGone
  elseif redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[5]) then
    if not gone then return 'full' end
    leaves = gone
  end
  if leaves then
    redis.call('ZREM', KEYS[1], leaves)
    redis.call('DEL', ARGV[6] .. leaves)
  end
end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[4], 'report', ARGV[3], 'connection', ARGV[4], 'network', ARGV[8])
local orders = redis.call('HMGET', KEYS[4], 'name', 'place', 'pinned', 'muted', 'revision')
orders[6] = tostring(redis.call('EXISTS', KEYS[2]))
return orders
`)

/**
 * Stores the report of a screen and returns its orders. `full`: there are too many screens. `crowded`: too many of its
 * network that were not admitted. `withdrawn`: it is no longer admitted. `admitted`: whether it came with a token of its
 * own.
 */
export async function reportScreen(
  redis: Redis,
  report: ScreenReport,
  { connection, admitted, network, now }: { connection: string; admitted: boolean; network: string; now: number },
): Promise<{ orders: ScreenOrders; watched: boolean } | 'full' | 'crowded' | 'withdrawn'> {
  const names = [keys.screens, keys.screensWatched, keys.screenDigests, screenKey(report.id)]
  const stored = [report.id, now, JSON.stringify(report), connection]
  const args = [...stored, MAX_SCREENS, screenKey(''), admitted ? 1 : 0, network, MAX_SCREENS_OF_ADDRESS]
  const answer = Answer.parse(await reportScript(redis, names, args))
  if (typeof answer === 'string') return answer
  const [name, place, pinned, muted, revision, watched] = answer
  return { orders: StoredOrders.parse({ name, place, pinned, muted, revision }), watched: watched === '1' }
}

/** forgetSilentScreens. Returns the deleted ids. KEYS 1 screens, 2 screenDigests. ARGV 1 instant (ms), 2 key prefix. */
const forgetSilentScript = script(`
local silent = redis.call('ZRANGE', KEYS[1], '-inf', '(' .. ARGV[1], 'BYSCORE')
for _, id in ipairs(silent) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  redis.call('DEL', ARGV[2] .. id)
end
return silent
`)

/** Deletes the screens that have been silent for too long, with their admission. Returns their ids. */
export async function forgetSilentScreens(redis: Redis, now: number): Promise<ScreenId[]> {
  const args = [now - FORGET_AFTER_MS, screenKey('')]
  return z.array(ScreenId).parse(await forgetSilentScript(redis, [keys.screens, keys.screenDigests], args))
}

/** disconnectScreen. KEYS 1 screen. ARGV 1 connection. Returns 0 if the screen has another connection. */
const disconnectScript = script(`
if redis.call('HGET', KEYS[1], 'connection') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'connection')
return 1
`)

/** Removes the connection of a screen. Returns false if the screen has another one by now. */
export const disconnectScreen = async (redis: Redis, id: ScreenId, connection: string): Promise<boolean> =>
  (await disconnectScript(redis, [screenKey(id)], [connection])) === 1

/** orderScreen. KEYS 1 screens, 2 screen. ARGV 1 id, then n × (field, value). Returns 0 if there is no such screen. */
const orderScript = script(`
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('HINCRBY', KEYS[2], 'revision', 1)
return 1
`)

/** Changes the orders of a screen. Returns false if there is no such screen. */
export async function orderScreen(
  redis: Redis,
  id: ScreenId,
  { muted, pinned, ...texts }: Partial<Omit<ScreenOrders, 'revision'>>,
): Promise<boolean> {
  const fields: Record<string, string | undefined> = {
    ...texts,
    ...(pinned === undefined ? {} : { pinned: pinned ?? '' }),
    ...(muted === undefined ? {} : { muted: muted ? '1' : '0' }),
  }
  const args = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name, value]))
  return (await orderScript(redis, [keys.screens, screenKey(id)], [id, ...args])) === 1
}

export async function readScreen(redis: Redis, id: ScreenId, onInvalid: OnInvalid): Promise<Screen | undefined> {
  const [seen, stored] = await Promise.all([redis.zscore(keys.screens, id), redis.hgetall(screenKey(id))])
  return seen === null ? undefined : screenFrom(id, Number(seen), stored, onInvalid)
}

export async function listScreens(redis: Redis, onInvalid: OnInvalid): Promise<Screen[]> {
  const ids = z.array(ScreenId).parse(await redis.zrange(keys.screens, '0', '-1'))
  const read = await Promise.all(ids.map(id => readScreen(redis, id, onInvalid)))
  return read.filter(screen => screen !== undefined)
}

/** forgetScreen. KEYS 1 screens, 2 screenDigests, 3 screen, 4 screenshot. ARGV 1 id. Returns 0 if there is none. */
const forgetScript = script(`
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3], KEYS[4])
return redis.call('ZREM', KEYS[1], ARGV[1])
`)

export const forgetScreen = async (redis: Redis, id: ScreenId): Promise<boolean> =>
  (await forgetScript(redis, [keys.screens, keys.screenDigests, screenKey(id), screenshotKey(id)], [id])) === 1

/** SHA-256 of the secrets of all admitted screens, in hex, by id. */
export async function listScreenDigests(redis: Redis): Promise<Map<ScreenId, string>> {
  const stored = Object.entries(await redis.hgetall(keys.screenDigests))
  return new Map(stored.filter(([id, digest]) => ScreenId.safeParse(id).success && Digest.safeParse(digest).success))
}

/** The same for one screen; null if it is not admitted. */
export async function readScreenDigest(redis: Redis, id: ScreenId): Promise<string | null> {
  const digest = Digest.safeParse(await redis.hget(keys.screenDigests, id))
  return digest.success ? digest.data : null
}

/** Marks the screens as watched for the next `ms`. */
export async function markWatched(redis: Redis, ms: number): Promise<void> {
  await redis.set(keys.screensWatched, '1', 'PX', ms)
}

export async function writeScreenshot(redis: Redis, picture: Screenshot): Promise<void> {
  await redis.set(screenshotKey(picture.id), JSON.stringify(picture), 'PX', SCREENSHOT_LIFETIME_MS)
}

/** The present screenshots of these screens; some may have none. */
export async function readScreenshots(
  redis: Redis,
  ids: readonly ScreenId[],
  onInvalid: OnInvalid,
): Promise<Screenshot[]> {
  if (ids.length === 0) return []
  const stored = await redis.mget(ids.map(screenshotKey))
  return ids
    .map((id, at) => parseRecord(Screenshot, 'picture of a screen', id, stored[at] ?? null, onInvalid))
    .filter(picture => picture !== undefined)
}

const Digest = z.string().regex(/^[0-9a-f]{64}$/)
/** A field of a hash, which can be missing. */
const Field = z.string().nullish()
const Answer = z.union([
  z.enum(['full', 'crowded', 'withdrawn']),
  z.tuple([Field, Field, Field, Field, Field, z.string()]),
])
const StoredOrders = z
  .object({ name: Field, place: Field, pinned: Field, muted: Field, revision: z.coerce.number().nullish() })
  .transform(({ name, place, pinned, muted, revision }) => ({
    name: name ?? '',
    place: place ?? '',
    pinned: pinned || null,
    muted: muted === '1',
    revision: revision ?? 0,
  }))
  .pipe(ScreenOrders)

function screenFrom(
  id: ScreenId,
  seen: number,
  stored: Readonly<Record<string, string>>,
  onInvalid: OnInvalid,
): Screen | undefined {
  const orders = StoredOrders.safeParse(stored)
  if (!orders.success) {
    onInvalid('screen', id, orders.error.message)
    return undefined
  }
  const admittedAt = Instant.safeParse(stored.admittedAt)
  return {
    id,
    ...orders.data,
    admittedAt: admittedAt.success ? admittedAt.data : null,
    seenAt: seen > 0 && stored.report !== undefined ? toInstant(seen) : null,
    connected: stored.connection !== undefined,
    report: parseRecord(ScreenReport, 'report of a screen', id, stored.report ?? null, onInvalid) ?? null,
  }
}
