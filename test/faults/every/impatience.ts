import type { Redis } from 'ioredis'
import { keys } from '../../../shared/redis/keys.ts'
import { bringForward } from '../../../shared/redis/timetable.ts'

const LOOK_MS = 2_000
/** Well beyond any lease and interval: so far ahead lies only what has failed several times in a row. */
const FURTHEST_MS = 8_000

/** Has every source polled that would be left alone for long, as a person does who wants to know whether it is well again. */
export function beImpatient(redis: Redis): { stop(): void } {
  const look = async () => {
    const far = await redis.zrangebyscore(keys.due, Date.now() + FURTHEST_MS, '+inf')
    await bringForward(redis, far)
  }
  // Redis fails as well, and is asked again.
  const looking = setInterval(() => void look().catch(() => undefined), LOOK_MS)
  return { stop: () => clearInterval(looking) }
}
