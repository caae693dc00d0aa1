import type { Redis } from 'ioredis'
import { fail, ok, type Result } from '../domain/result.ts'
import { keys } from './keys.ts'

/** The layout of keys and records that this code reads and writes. Raise it with every change that older code would misread. */
export const SCHEMA_VERSION = 1

/** Marks an empty store with our version, or checks the mark: older code would damage a newer store. */
export async function ensureSchema(redis: Redis): Promise<Result<number>> {
  await redis.set(keys.schema, SCHEMA_VERSION, 'NX')
  const found = Number(await redis.get(keys.schema))
  if (found <= SCHEMA_VERSION) return ok(found)
  return fail(
    `The store is of schema version ${found}, this build knows version ${SCHEMA_VERSION}: start the newer Nephoscope, or point REDIS_URL at another Redis`,
  )
}
