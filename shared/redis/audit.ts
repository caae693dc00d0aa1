import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { AuditEntry } from '../domain/audit.ts'
import { AUDIT } from '../domain/channels.ts'
import type { EventDraft } from '../domain/events.ts'
import { toInstant } from '../domain/primitives.ts'
import { appendEventLua, STREAM_LENGTH } from './event-stream.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** Entries that are kept at most, whatever their age: at 200 bytes each 4 MB. */
export const MAX_AUDIT_ENTRIES = 20_000

/**
 * appendAudit.
 * KEYS  1 audit, 2 events
 * ARGV  1 JSON, 2 now, 3 the oldest instant that is kept (ms), 4 max, 5 event, 6 stream length
 */
const appendScript = script(`${appendEventLua}
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
appendEvent(KEYS[2], ARGV[6], ARGV[5])
return 1
`)

/** Writes down who did what, and tells who follows it. What is older than incidents are kept, or too much, goes. @param now ms */
export async function appendAudit(
  redis: Redis,
  entry: Pick<AuditEntry, 'by' | 'what' | 'about'>,
  { now, keptDays }: { now: number; keptDays: number },
): Promise<void> {
  const whole: AuditEntry = { id: randomBytes(8).toString('hex'), at: toInstant(now), ...entry }
  const from = now - keptDays * 86_400_000
  const event: EventDraft = { type: 'audit.noted', at: whole.at, channels: [AUDIT], data: whole }
  const args = [JSON.stringify(whole), now, from, MAX_AUDIT_ENTRIES, JSON.stringify(event), STREAM_LENGTH]
  await appendScript(redis, [keys.audit, keys.events], args)
}

/** All entries, newest first. */
export async function readAudit(redis: Redis, onInvalid: OnInvalid): Promise<AuditEntry[]> {
  const stored = await redis.zrevrange(keys.audit, 0, -1)
  return stored.flatMap(json => parseRecord(AuditEntry, 'audit entry', keys.audit, json, onInvalid) ?? [])
}
