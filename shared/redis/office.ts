import type { Redis } from 'ioredis'
import type { EventDraft } from '../domain/events.ts'
import type { Office } from '../domain/office.ts'
import { STREAM_LENGTH } from './commit-poll.ts'
import { keys } from './keys.ts'
import { script } from './script.ts'

/**
 * KEYS  office events
 * ARGV  office, event, stream length
 */
const writeScript = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', 'event', ARGV[2])
return 1
`)

/** Writes the office, and tells everybody when it is another than before. Written before any source is read, it precedes all they tell. */
export async function writeOffice(redis: Redis, office: Office, at: string): Promise<void> {
  const channels = ['all', 'status', 'news', 'notices', 'sources']
  const event: EventDraft = { type: 'office.changed', at, channels, data: office }
  await writeScript(redis, [keys.office, keys.events], [JSON.stringify(office), JSON.stringify(event), STREAM_LENGTH])
}
