import type { Redis } from 'ioredis'
import { toInstant } from '../../shared/domain/primitives.ts'
import { keyPrefix, keys } from '../../shared/redis/keys.ts'
import { PictureTry } from '../../shared/redis/picture-tries.ts'

/**
 * Makes the store what it would be after this long without a worker: leases run out, the last sign of life is older, and
 * what waits for another try has waited. For a worker that was killed; one that runs has its times in its memory.
 */
export async function passTime(redis: Redis, ms: number): Promise<void> {
  for (const key of await redis.keys(`${keyPrefix}*`)) {
    const left = await redis.pttl(key)
    if (left >= 0) await redis.pexpire(key, left - ms)
  }
  const earlier = (instant: string) => toInstant(Date.parse(instant) - ms)
  const beat = await redis.get(keys.rollUpBeat)
  if (beat !== null) await redis.set(keys.rollUpBeat, earlier(beat))
  for (const [address, text] of Object.entries(await redis.hgetall(keys.pictureTries))) {
    const { nextAt, ...made } = PictureTry.parse(JSON.parse(text))
    const again = { ...made, nextAt: nextAt === null ? null : earlier(nextAt) }
    await redis.hset(keys.pictureTries, address, JSON.stringify(again))
  }
}
