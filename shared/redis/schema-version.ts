import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/**
 * The layout of keys and records that this code reads and writes. Raise it with every change that older code would misread, and give
 * `migrations` the step that leads there.
 */
export const SCHEMA_VERSION = 1

/** One line for whoever starts, or still runs, a build that is older than the store. @param found what the store says */
export const newerSchemaMessage = (found: number, known: number = SCHEMA_VERSION): string =>
  `The store is of schema version ${found}, this build knows version ${known}: start the newer Nephoscope, restore a backup that this build can read, or point REDIS_URL at another Redis`

/** What scripts answer in place of writing to a newer store begins with this. */
export const NEWER_SCHEMA = 'NEWERSCHEMA'

/** Lua: nothing is written to a store whose schema is newer than ours, however long ago it was checked. */
export const schemaFence = `
do
  local found = redis.call('GET', '${keys.schema}')
  if found and (tonumber(found) or math.huge) > ${SCHEMA_VERSION} then
    return redis.error_reply('${NEWER_SCHEMA} the store is of schema version ' .. found .. ', this build writes version ${SCHEMA_VERSION}')
  end
end
`

/** How often the store's schema is looked at, in ms. Scripts look at every write: this is for those that only read. */
const CHECK_INTERVAL_MS = 1_000

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
        onNewer(newerSchemaMessage(Number(mark)))
      },
      // Redis is lost: the connection tells of that itself.
      () => undefined,
    )
  const timer = setInterval(look, CHECK_INTERVAL_MS)
  return { stop: () => clearInterval(timer) }
}
