import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { schemaFence } from './schema-version.ts'

/** Runs one Lua script atomically. @see https://redis.io/docs/latest/develop/programmability/eval-intro/ */
export type Script = (
  redis: Redis,
  keys: readonly string[],
  args: readonly (string | number | Buffer)[],
) => Promise<unknown>

/** A script on the store's records. It rejects, and writes nothing, if the store's schema is newer than ours. */
export const script = (lua: string): Script => unfencedScript(schemaFence + lua)

/** A Lua script that is called by its hash, and sent whole only if Redis does not know it, as after a restart. */
export function unfencedScript(lua: string): Script {
  const sha = createHash('sha1').update(lua).digest('hex')
  return async (redis, keys, args) => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args)
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return redis.eval(lua, keys.length, ...keys, ...args)
    }
  }
}
