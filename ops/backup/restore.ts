import type { Redis } from 'ioredis'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { announceReloadLua } from '../../shared/redis/event-stream.ts'
import { keys, restoringKey, workerKey } from '../../shared/redis/keys.ts'
import { ensureSchema } from '../../shared/redis/migrate.ts'
import { newerSchemaMessage, SCHEMA_VERSION } from '../../shared/redis/schema-version.ts'
import { unfencedScript } from '../../shared/redis/script.ts'
import { scanKeys, withMaintenanceLease } from '../store.ts'
import { isKept } from './export.ts'
import { type Line, readBackup, type Verified } from './file.ts'

/**
 * Restores the store from a backup. The whole file is verified first. All keys are prepared under other names and then
 * renamed in one step, so no process reads half of a restore. Running servers and workers then load the store again.
 * @param force replaces what the store has
 * @returns one line why nothing was changed
 */
export async function restore(
  redis: Redis,
  file: string,
  { force }: { force: boolean },
): Promise<Result<Verified & { keys: number }>> {
  const verified = await readBackup(file)
  if (!verified.ok) return verified
  const { header, sha256 } = verified.value
  if (header.schema > SCHEMA_VERSION)
    return fail(
      `${file} is of schema version ${header.schema}, this build knows version ${SCHEMA_VERSION}: use the newer Nephoscope`,
    )

  const replaced = await withMaintenanceLease(redis, async who => {
    const refusal = await refusalOf(redis, force)
    if (refusal !== null) return fail(refusal)
    const importing = await importStore(redis, who)
    try {
      const read = await readBackup(file, line => importing.take(line))
      if (!read.ok || read.value.sha256 !== sha256)
        return fail(`${file} was changed while it was read: nothing was restored`)
      return ok((await importing.putInPlace()).keys)
    } finally {
      await importing.discard()
    }
  })
  if (!replaced.ok) return replaced
  const schema = await ensureSchema(redis)
  return schema.ok ? ok({ ...verified.value, keys: replaced.value }) : schema
}

/** Why the store must not be replaced; null if it may be. */
async function refusalOf(redis: Redis, force: boolean): Promise<string | null> {
  const present = await scanKeys(redis)
  const held = [...present].filter(key => key !== keys.schema && isKept(key))
  if (held.length > 0 && !force)
    return `The store holds ${held.length} keys of Nephoscope already: add --force to have them replaced, or point REDIS_URL at another Redis`
  const schema = Number(await redis.get(keys.schema))
  if (schema <= SCHEMA_VERSION || ![...present].some(key => key.startsWith(workerKey('')))) return null
  return `${newerSchemaMessage(schema)}. To go back to this build, stop all servers and workers, wait half a minute and restore again`
}

/** Prepared keys of an interrupted restore expire after this time. */
const PREPARED_LIFETIME_MS = 3_600_000
/** The roll-up loses its lease for this time, as its view is of the store before. */
const ROLL_UP_PAUSE_MS = 2_000

export type Import = {
  take(line: Line): Promise<void>
  putInPlace(): Promise<{ keys: number }>
  discard(): Promise<void>
}

/** Imports the lines of a backup. The caller holds the maintenance lease as `who`. */
async function importStore(redis: Redis, who: string): Promise<Import> {
  const aside = new Set<string>()
  const discard = async () => {
    for (const key of await scanKeys(redis, restoringKey(keys.schema).slice(0, -'schema'.length)))
      await redis.unlink(key)
  }
  await discard()

  return {
    async take(line) {
      const key = restoringKey(line.key)
      const commands = redis.pipeline()
      switch (line.kind) {
        case 'string':
          commands.set(key, line.value)
          break
        case 'hash':
          commands.hset(key, ...line.items.flat())
          break
        case 'zset':
          commands.zadd(key, ...line.items.flatMap(([member, score]) => [score, member]))
          break
        case 'list':
          commands.rpush(key, ...line.items)
          break
        case 'stream':
          for (const [id, fields] of line.items) commands.xadd(key, id, ...fields)
          break
        case 'stream-end': {
          const { lastId, entriesAdded, maxDeletedId } = line
          // A stream without entries has a last id too.
          if (!aside.has(line.key)) commands.xadd(key, 'MAXLEN', 0, '0-1', 'event', '')
          commands.call('XSETID', key, lastId, 'ENTRIESADDED', entriesAdded, 'MAXDELETEDID', maxDeletedId)
        }
      }
      aside.add(line.key)
      commands.pexpire(key, PREPARED_LIFETIME_MS)
      for (const [error] of (await commands.exec()) ?? []) if (error) throw error
    },

    async putInPlace() {
      const present = [...(await scanKeys(redis))].filter(isKept)
      const restored = [...aside]
      const stale = present.filter(key => !aside.has(key))
      const { maintenance, events, versions, rollUpLease, migrated, notifyLease, lanesDue, laneHolders } = keys
      const fixed = [maintenance, events, versions, rollUpLease, migrated, notifyLease, lanesDue, laneHolders]
      const names = [...fixed, ...restored, ...restored.map(restoringKey), ...stale]
      await swapScript(redis, names, [who, restored.length, ROLL_UP_PAUSE_MS])
      return { keys: restored.length }
    },

    discard,
  }
}

/**
 * swapKeys: raises the versions of all sources, so that no running poll can commit to the restored store.
 * Whoever decides on messages begins anew, and what waits to be sent becomes dead letters, as lanes are due no more.
 * KEYS  1 maintenance, 2 events, 3 versions, 4 rollUpLease, 5 migrated, 6 notifyLease, 7 lanesDue, 8 laneHolders,
 *       n × key, n × prepared key, m × key to delete
 * ARGV  1 holder of the maintenance lease, 2 n, 3 ms without a roll-up
 */
const swapScript = unfencedScript(`${announceReloadLua}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('LOSTLEASE another process migrates or restores the store') end
local n = tonumber(ARGV[2])
for i = 9 + n, 8 + 2 * n do
  if redis.call('EXISTS', KEYS[i]) == 0 then return redis.error_reply('GONE what was written aside has ended: begin again') end
end
local seen = redis.call('EXISTS', KEYS[2]) == 1 and lastIdOf(KEYS[2]) or '0-0'
local versions = redis.call('HGETALL', KEYS[3])
for i = 9 + 2 * n, #KEYS do redis.call('UNLINK', KEYS[i]) end
for i = 9, 8 + n do
  redis.call('UNLINK', KEYS[i])
  redis.call('RENAME', KEYS[i + n], KEYS[i])
  redis.call('PERSIST', KEYS[i])
end
for at = 1, #versions, 2 do
  local version = math.max(tonumber(versions[at + 1]), tonumber(redis.call('HGET', KEYS[3], versions[at]) or '0'))
  redis.call('HSET', KEYS[3], versions[at], version)
end
for _, source in ipairs(redis.call('HKEYS', KEYS[3])) do redis.call('HINCRBY', KEYS[3], source, 1) end
redis.call('SET', KEYS[4], 'restore', 'PX', ARGV[3])
redis.call('DEL', unpack(KEYS, 5, 8))
announceReload(KEYS[2], seen)
return n
`)
