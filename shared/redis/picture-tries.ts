import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Instant } from '../domain/primitives.ts'
import type { LostPictures } from '../domain/source.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseHash } from './records.ts'
import { script } from './script.ts'

/** What became of an image that is not kept. It is written before the image is asked for, so a crash counts too. */
export const PictureTry = z.object({
  tries: z.number().int().nonnegative(),
  /** When it is tried again; null for never. */
  nextAt: Instant.nullable(),
  /** Why there is no picture, in plain words; null while nothing is known. */
  why: z.string().max(300).nullable(),
})
export type PictureTry = z.infer<typeof PictureTry>

/** By the digest of their images' addresses. */
export const readPictureTries = async (redis: Redis, onInvalid: OnInvalid): Promise<Map<string, PictureTry>> =>
  parseHash(PictureTry, 'try of a picture', await redis.hgetall(keys.pictureTries), onInvalid)

export async function writePictureTry(redis: Redis, address: string, made: PictureTry): Promise<void> {
  await redis.hset(keys.pictureTries, address, JSON.stringify(made))
}

export async function forgetPictureTries(redis: Redis, addresses: readonly string[]): Promise<void> {
  if (addresses.length > 0) await redis.hdel(keys.pictureTries, ...addresses)
}

/** writeLostPictures. KEYS 1 lostPictures. ARGV n × (source, JSON). */
const writeLostScript = script(`
redis.call('DEL', KEYS[1])
for at = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1]) end
`)

/** Replaces what is told of all sources: their next polls put it into their health. */
export async function writeLostPictures(redis: Redis, lost: ReadonlyMap<string, LostPictures>): Promise<void> {
  const args = [...lost].flatMap(([source, told]) => [source, JSON.stringify(told)])
  await writeLostScript(redis, [keys.lostPictures], args)
}
