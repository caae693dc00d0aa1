import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { fail, ok, type Result } from '../domain/primitives.ts'
import { isUnavailable } from './connect.ts'
import { announceReloadLua } from './event-stream.ts'
import { keys } from './keys.ts'
import { holdLease, keepLease, releaseLease } from './lease.ts'
import { toLedger } from './migrate-to-ledger.ts'
import { type MigratingStore, type Migration, newerSchemaMessage } from './schema-version.ts'
import { unfencedScript } from './script.ts'

/** When a migrating process dies, another takes over after this time. */
const LEASE_MS = 10_000
/** How often a process checks whether another's migration has finished. */
const WAIT_INTERVAL_MS = 100

/** Every step since version 1, in order. Additions that older builds can read need none. */
export const migrations: readonly Migration[] = [toLedger]

export type SchemaOptions = {
  /** Consecutive, from version 2 on. */
  steps?: readonly Migration[]
  say?: (line: string) => void
}

/**
 * Marks an empty store with our schema version, migrates an older one, and refuses a newer one. One process migrates at
 * a time, under a lease that ends with it. The store has the new version from the beginning, so older builds write
 * nothing into it; a second key has the progress. At the end all readers of the stream load again.
 * @returns the version of the store; or one line, for a newer store or a failed step
 * @throws when Redis is lost: the next start continues
 */
export async function ensureSchema(
  redis: Redis,
  { steps = migrations, say = () => undefined }: SchemaOptions = {},
): Promise<Result<number>> {
  const target = 1 + steps.length
  const who = randomUUID()
  for (let waits = 0; ; waits++) {
    const [mark, migrated] = await redis.mget(keys.schema, keys.migrated)
    // Written only if it is absent: a server must start on a full Redis and serve what it holds.
    if (mark === null) {
      await redis.set(keys.schema, target, 'NX')
      continue
    }
    const found = Number(mark)
    if (!(found <= target)) return fail(newerSchemaMessage(found, target))
    if (found === target && migrated === null) return ok(target)
    if (!(await holdLease(redis, keys.maintenance, who, LEASE_MS))) {
      if (waits === 0) say('another process migrates or restores the store; waiting for it')
      await sleep(WAIT_INTERVAL_MS)
      continue
    }
    const renewing = keepLease(redis, keys.maintenance, who, LEASE_MS)
    try {
      await migrate(redis, who, target, steps, say)
    } catch (error) {
      if (isUnavailable(error)) throw error
      const why = error instanceof Error ? error.message : String(error)
      if (!why.includes(LOST_LEASE))
        return fail(
          `The store could not be migrated to schema version ${target}: ${why}. It is left as it is; start this build again, or restore a backup for the older one`,
        )
    } finally {
      clearInterval(renewing)
      await releaseLease(redis, keys.maintenance, who)
    }
  }
}

const LOST_LEASE = 'LOSTLEASE'

/** Lua: stops a script whose process no longer holds the lease, or when a newer build has migrated further. */
const fence = (who: string, target: number) => `
if redis.call('GET', '${keys.maintenance}') ~= '${who}' then return redis.error_reply('${LOST_LEASE} another process migrates') end
if tonumber(redis.call('GET', '${keys.schema}')) > ${target} then return redis.error_reply('${LOST_LEASE} a newer build migrates') end
`

async function migrate(
  redis: Redis,
  who: string,
  target: number,
  steps: readonly Migration[],
  say: (line: string) => void,
): Promise<void> {
  const write: MigratingStore['write'] = (lua, names, args) =>
    unfencedScript(fence(who, target) + lua)(redis, names, args)
  const from = Number(await write(beginLua, [keys.schema, keys.migrated], [target]))
  for (const step of steps.filter(({ to }) => to > from)) {
    say(`migrating the store to schema version ${step.to}: ${step.what}`)
    await step.run({ redis, write })
    await write(advanceLua, [keys.migrated, keys.events], [step.to, target])
  }
}

/** beginMigration. KEYS 1 schema, 2 migrated. ARGV 1 target version. Returns the version from which to continue. */
const beginLua = `
local from = redis.call('GET', KEYS[2]) or redis.call('GET', KEYS[1])
redis.call('SET', KEYS[2], from)
redis.call('SET', KEYS[1], ARGV[1])
return from
`

/**
 * advanceMigration: announces the reload after the last step.
 * KEYS  1 migrated, 2 events
 * ARGV  1 reached version, 2 target version
 */
const advanceLua = `${announceReloadLua}
if tonumber(ARGV[1]) < tonumber(ARGV[2]) then return redis.call('SET', KEYS[1], ARGV[1]) end
redis.call('DEL', KEYS[1])
if redis.call('EXISTS', KEYS[2]) == 1 then announceReload(KEYS[2]) end
`
