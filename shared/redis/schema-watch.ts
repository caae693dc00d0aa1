import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newerSchema, SCHEMA_VERSION } from './schema-version.ts'

/** How often the store's schema is looked at, in ms. Scripts look at every write: this is for those that only read. */
const EVERY_MS = 1_000

/**
 * Looks whether the store has been migrated to a newer schema while this build runs.
 * @param onNewer told once, with the line to end with
 */
export function watchSchema(redis: Redis, onNewer: (line: string) => void): { stop(): void } {
  const look = () =>
    redis.get(keys.schema).then(
      mark => {
        if (mark === null || Number(mark) <= SCHEMA_VERSION) return
        clearInterval(timer)
        onNewer(newerSchema(Number(mark)))
      },
      // Redis is lost: the connection tells of that itself.
      () => undefined,
    )
  const timer = setInterval(look, EVERY_MS)
  return { stop: () => clearInterval(timer) }
}
