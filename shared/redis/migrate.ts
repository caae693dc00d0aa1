import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { fail, ok, type Result } from '../domain/primitives.ts'
import { isUnavailable } from './connect.ts'
import { announceReloadLua } from './event-stream.ts'
import { keys } from './keys.ts'
import { holdLease, releaseLease } from './lease.ts'
import { newerSchemaMessage } from './schema-version.ts'
import { unfencedScript } from './script.ts'

/** A process that migrates and dies is succeeded after this long, in ms. */
const LEASE_MS = 10_000
/** How often who waits for another's migration looks again, in ms. */
const LOOK_AGAIN_MS = 100

/**
 * Leads the store from the schema version before to `to`. It may be cut short anywhere and is then run again from its beginning, by
 * another process, so it must come to the same whatever an earlier run has done.
 */
export type Migration = {
  to: number
  /** What it does, in a few words, for the log. */
  what: string
  run(store: MigratingStore): Promise<void>
}

/** The store in the hands of a migration. */
export type MigratingStore = {
  /** To read from. */
  redis: Redis
  /** Runs Lua that writes; rejects, and writes nothing, once another process migrates in our place. */
  write(lua: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>
}

/** Every step since version 1, in order. There was none: what has come since is read by older builds as well. */
export const migrations: readonly Migration[] = []

export type SchemaOptions = {
  /** Without a gap, from version 2 on. */
  steps?: readonly Migration[]
  say?: (line: string) => void
}

/**
 * Marks an empty store with our schema version, leads an older one here, and refuses a newer one. One process at a time migrates, under
 * a lease that ends with it; the others wait. The store bears the new version from the first moment on, so that older builds write
 * nothing into it meanwhile; how far it has come stands beside it, for a successor. At the end, whoever follows the stream takes it anew.
 * @returns the version of the store; or one line, for a newer store or a step that failed
 * @throws when Redis is lost meanwhile: then the next start goes on
 */
export async function ensureSchema(
  redis: Redis,
  { steps = migrations, say = () => undefined }: SchemaOptions = {},
): Promise<Result<number>> {
  const target = 1 + steps.length
  const who = randomUUID()
  for (let waits = 0; ; waits++) {
    const [mark, migrated] = await redis.mget(keys.schema, keys.migrated)
    // Written only where it is not there: a server is to start on a Redis that is full, and serve what it holds.
    if (mark === null) {
      await redis.set(keys.schema, target, 'NX')
      continue
    }
    const found = Number(mark)
    if (!(found <= target)) return fail(newerSchemaMessage(found, target))
    if (found === target && migrated === null) return ok(target)
    if (!(await holdLease(redis, keys.maintenance, who, LEASE_MS))) {
      if (waits === 0) say('another process migrates or restores the store; waiting for it')
      await sleep(LOOK_AGAIN_MS)
      continue
    }
    const renewing = setInterval(
      () => void holdLease(redis, keys.maintenance, who, LEASE_MS).catch(() => false),
      LEASE_MS / 3,
    )
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

/** Lua: nothing is written unless we still hold the lease, and no newer build has taken the store further. */
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

/**
 * KEYS  schema migrated
 * ARGV  target
 * Returns the version from which to go on.
 */
const beginLua = `
local from = redis.call('GET', KEYS[2]) or redis.call('GET', KEYS[1])
redis.call('SET', KEYS[2], from)
redis.call('SET', KEYS[1], ARGV[1])
return from
`

/**
 * KEYS  migrated events
 * ARGV  version that was reached, target
 */
const advanceLua = `${announceReloadLua}
if tonumber(ARGV[1]) < tonumber(ARGV[2]) then return redis.call('SET', KEYS[1], ARGV[1]) end
redis.call('DEL', KEYS[1])
if redis.call('EXISTS', KEYS[2]) == 1 then tellAnew(KEYS[2]) end
`
