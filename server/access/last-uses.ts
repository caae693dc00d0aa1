import type { Redis } from 'ioredis'
import { toInstant } from '../../shared/domain/primitives.ts'
import { noteUse, type UsedRecords } from '../../shared/redis/last-uses.ts'

/** How exactly the last use is known. */
const USE_INTERVAL_MS = 3_600_000

type LastUsesDeps = { redis: Redis; now: () => number; log: { warn(fields: object, message: string): void } }

/** Writes down when a record is used, not more often than it is told: a use costs no request to Redis. */
export function lastUses({ redis, now, log }: LastUsesDeps, used: UsedRecords, what: 'key' | 'token') {
  const notedAt = new Map<string, number>()
  return {
    note(id: string): void {
      if (now() - (notedAt.get(id) ?? Number.NEGATIVE_INFINITY) < USE_INTERVAL_MS) return
      notedAt.set(id, now())
      noteUse(redis, used, id, toInstant(now())).catch(error =>
        log.warn({ [what]: id, error: String(error) }, `the use of a ${what} could not be noted`),
      )
    },
    /** Forgets those of records that are gone. */
    forgetOthers(known: ReadonlyMap<string, unknown>): void {
      for (const id of notedAt.keys()) if (!known.has(id)) notedAt.delete(id)
    },
  }
}
