import type { Redis } from 'ioredis'
import { keys } from '../../../shared/redis/keys.ts'
import type { Site } from './server.ts'

/** What lies further ahead than this is a claim's end, not an appointment: good sources are read every second or two. In ms. */
const FURTHEST_MS = 3_000
const LOOK_MS = 50

/** Watches how long after its appointed instant each source is connected to. `ended` gives all lateness so far, in ms, in order. */
export function watchLateness(redis: Redis, sites: readonly Site[]): { ended(): number[] } {
  const lateness: number[] = []
  const appointed = new Map<string, number>()
  for (const site of sites)
    site.onVisit(() => {
      const dueAt = appointed.get(site.id)
      if (dueAt === undefined || dueAt > Date.now()) return
      appointed.delete(site.id)
      lateness.push(Date.now() - dueAt)
    })
  const look = async () => {
    const scores = await redis.zmscore(keys.due, ...sites.map(({ id }) => id))
    for (const [at, { id }] of sites.entries()) {
      const dueAt = Number(scores[at] ?? Number.NaN)
      if (dueAt > Date.now() && dueAt - Date.now() < FURTHEST_MS) appointed.set(id, dueAt)
    }
  }
  const looking = setInterval(() => void look().catch(() => undefined), LOOK_MS)
  return {
    ended() {
      clearInterval(looking)
      return lateness.sort((a, b) => a - b)
    },
  }
}
