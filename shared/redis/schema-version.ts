import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** The layout of keys and records. Raise it with changes that older builds would misread, and add to `migrations`. */
export const SCHEMA_VERSION = 2

/**
 * Migrates the store from the previous schema version to `to`. It can be interrupted anywhere and is then run again
 * from its beginning by another process, so it must be idempotent.
 */
export type Migration = { to: number; what: string; run(store: MigratingStore): Promise<void> }

export type MigratingStore = {
  redis: Redis
  /** Runs Lua that writes. Rejects, and writes nothing, after another process has taken over. */
  write(lua: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>
}

/** The message of a build that is older than the store. @param found the store's version */
export const newerSchemaMessage = (found: number, known: number = SCHEMA_VERSION): string =>
  `The store is of schema version ${found}, this build knows version ${known}: start the newer Nephoscope, restore a backup that this build can read, or point REDIS_URL at another Redis`

/** The error code with which scripts refuse to write to a newer store. */
export const NEWER_SCHEMA = 'NEWERSCHEMA'

/** Lua: stops a script, before it writes, if the store's schema is newer than ours. */
export const schemaFence = `
do
  local found = redis.call('GET', '${keys.schema}')
  if found and (tonumber(found) or math.huge) > ${SCHEMA_VERSION} then
    return redis.error_reply('${NEWER_SCHEMA} the store is of schema version ' .. found .. ', this build writes version ${SCHEMA_VERSION}')
  end
end
`

/** How often a process that only reads checks the store's schema. Scripts check it with every write. */
const CHECK_INTERVAL_MS = 1_000

/** Calls once, with the message to exit with, when the store is migrated to a newer schema while this build runs. */
export function watchSchema(redis: Redis, onNewer: (line: string) => void): { stop(): void } {
  const look = () =>
    redis.get(keys.schema).then(
      mark => {
        if (mark === null || Number(mark) <= SCHEMA_VERSION) return
        clearInterval(timer)
        onNewer(newerSchemaMessage(Number(mark)))
      },
      // Redis is lost, which the connection reports.
      () => undefined,
    )
  const timer = setInterval(look, CHECK_INTERVAL_MS)
  return { stop: () => clearInterval(timer) }
}
