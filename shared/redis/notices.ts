import type { Redis } from 'ioredis'
import { channelsOfNotice } from '../domain/channels.ts'
import type { EventDraft } from '../domain/events.ts'
import { Notice, type OfficeSettings } from '../domain/notice.ts'
import { type Instant, toInstant } from '../domain/primitives.ts'
import { appendEventLua, STREAM_LENGTH } from './event-stream.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Notices at one time: a wall has room for few. */
export const MAX_NOTICES = 50

/**
 * postNotice. Returns 0 if there are too many notices.
 * KEYS  1 notices, 2 events
 * ARGV  1 id, 2 notice, 3 event, 4 stream length, 5 max notices
 */
const postScript = script(`${appendEventLua}
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
appendEvent(KEYS[2], ARGV[4], ARGV[3])
return 1
`)

/** Stores a notice and its event. Returns false if there are too many notices. */
export async function postNotice(redis: Redis, notice: Notice, now: number): Promise<boolean> {
  const event = noticeEvent('notice.posted', notice, toInstant(now))
  const args = [notice.id, JSON.stringify(notice), JSON.stringify(event), STREAM_LENGTH, MAX_NOTICES]
  return (await postScript(redis, [keys.notices, keys.events], args)) === 1
}

/** withdrawNotice. KEYS 1 notices, 2 events. ARGV 1 id, 2 event, 3 stream length. Returns 0 for an unknown notice. */
const withdrawScript = script(`${appendEventLua}
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
appendEvent(KEYS[2], ARGV[3], ARGV[2])
return 1
`)

/** Deletes a notice and appends its event, once even if several callers do it. Returns false if there is none. */
export async function withdrawNotice(redis: Redis, id: string, now: number, onInvalid: OnInvalid): Promise<boolean> {
  const notice = parseRecord(Notice, 'notice', id, await redis.hget(keys.notices, id), onInvalid)
  if (notice === undefined) return false
  const event = noticeEvent('notice.withdrawn', notice, toInstant(now))
  return (await withdrawScript(redis, [keys.notices, keys.events], [id, JSON.stringify(event), STREAM_LENGTH])) === 1
}

const noticeEvent = (type: 'notice.posted' | 'notice.withdrawn', data: Notice, at: Instant): EventDraft => ({
  type,
  at,
  channels: [...channelsOfNotice],
  data,
})

/** writeSettings. KEYS 1 office, 2 events. ARGV 1 settings, 2 event, 3 stream length. Returns 0 if nothing changed. */
const writeScript = script(`${appendEventLua}
if redis.call('GET', KEYS[1]) == ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
appendEvent(KEYS[2], ARGV[3], ARGV[2])
return 1
`)

/** Stores the office settings, and their event if they changed. Workers call it before they read any source. */
export async function writeSettings(redis: Redis, settings: OfficeSettings, at: string): Promise<void> {
  const channels = ['all', 'status', 'news', 'notices', 'sources']
  const event: EventDraft = { type: 'office.changed', at, channels, data: settings }
  await writeScript(redis, [keys.office, keys.events], [JSON.stringify(settings), JSON.stringify(event), STREAM_LENGTH])
}
