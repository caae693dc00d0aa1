import type { Redis } from 'ioredis'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { fateOf } from '../../shared/redis/kept-keys.ts'
import { keys, workerBeat } from '../../shared/redis/keys.ts'
import { ensureSchema } from '../../shared/redis/migrate.ts'
import { newerSchema, SCHEMA_VERSION } from '../../shared/redis/schema-version.ts'
import { keysThatBegin } from '../store.ts'
import { importStore } from './import.ts'
import { underMaintenance } from './maintenance.ts'
import { readBackup, type Verified } from './read-file.ts'

/**
 * Puts the store back to what a backup holds. The whole file is verified before anything is written; what is written stands aside, and takes
 * its place in one step, so that nobody ever reads half of it. Servers and workers that run take it anew from then on.
 * @param force also where the store holds something of ours: that is gone then
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

  const replaced = await underMaintenance(redis, async who => {
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

/** Why the store must not be replaced; null when it may be. */
async function refusalOf(redis: Redis, force: boolean): Promise<string | null> {
  const present = await keysThatBegin(redis)
  const held = [...present].filter(key => key !== keys.schema && ![undefined, 'passing'].includes(fateOf(key)))
  if (held.length > 0 && !force)
    return `The store holds ${held.length} keys of Nephoscope already: add --force to have them replaced, or point REDIS_URL at another Redis`
  const schema = Number(await redis.get(keys.schema))
  if (schema <= SCHEMA_VERSION || ![...present].some(key => key.startsWith(workerBeat('')))) return null
  return `${newerSchema(schema)}. To go back to this build, stop all servers and workers, wait half a minute and restore again`
}
