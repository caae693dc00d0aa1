import type { Redis } from 'ioredis'
import type { Source } from '../shared/domain/source.ts'
import { bringForward } from '../shared/redis/timetable.ts'
import type { SourceConfig } from './source-config.ts'

/**
 * Makes due at once what got another address while no worker ran: its next instant is that of the old address, which may be a
 * day away when that was gone. `stored`: what was known of them then. Returns the ids.
 */
export async function wakeMoved(
  redis: Redis,
  sources: readonly SourceConfig[],
  stored: ReadonlyMap<string, Source>,
): Promise<string[]> {
  const moved = sources.filter(({ id, url }) => (stored.get(id)?.url ?? url) !== url).map(({ id }) => id)
  await bringForward(redis, moved)
  return moved
}
