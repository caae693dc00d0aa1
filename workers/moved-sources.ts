import type { Redis } from 'ioredis'
import type { OnInvalid } from '../shared/redis/records.ts'
import { bringForward, readSources } from '../shared/redis/timetable.ts'
import type { SourceConfig } from './source-config.ts'

/**
 * Makes due at once what got another address while no worker ran: its next instant is that of the old address, which may be a
 * day away when that was gone. Returns the ids.
 */
export async function wakeMoved(
  redis: Redis,
  sources: readonly SourceConfig[],
  onInvalid: OnInvalid,
): Promise<string[]> {
  const ids = sources.map(({ id }) => id)
  const stored = await readSources(redis, ids, onInvalid)
  const moved = sources.filter(({ id, url }) => (stored.get(id)?.url ?? url) !== url).map(({ id }) => id)
  await bringForward(redis, moved)
  return moved
}
