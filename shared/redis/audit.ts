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

/** Lua: `appendAudit(audit, events, before)` takes the arguments of `auditArgs`, which stand behind `before` others. */
export const appendAuditLua = `${appendEventLua}
local function appendAudit(audit, events, before)
  local json, now, from, max, event, length = unpack(ARGV, before + 1)
  redis.call('ZADD', audit, now, json)
  redis.call('ZREMRANGEBYSCORE', audit, '-inf', '(' .. from)
  redis.call('ZREMRANGEBYRANK', audit, 0, -1 - max)
  appendEvent(events, length, event)
end
`

type NewEntry = Pick<AuditEntry, 'by' | 'what' | 'about'>
type AuditTimes = { now: number; keptDays: number }

/** JSON, now, the oldest instant that is kept (ms), the most entries, event, stream length. */
export function auditArgs(entry: NewEntry, { now, keptDays }: AuditTimes): (string | number)[] {
  const whole: AuditEntry = { id: randomBytes(8).toString('hex'), at: toInstant(now), ...entry }
  const event: EventDraft = { type: 'audit.noted', at: whole.at, channels: [AUDIT], data: whole }
  const from = now - keptDays * 86_400_000
  return [JSON.stringify(whole), now, from, MAX_AUDIT_ENTRIES, JSON.stringify(event), STREAM_LENGTH]
}

/** appendAudit. KEYS 1 audit, 2 events. ARGV those of `auditArgs` */
const appendScript = script(`${appendAuditLua}
appendAudit(KEYS[1], KEYS[2], 0)
return 1
`)

/** Writes down who did what, and tells who follows it. What is older than incidents are kept, or too much, goes. @param times in ms */
export async function appendAudit(redis: Redis, entry: NewEntry, times: AuditTimes): Promise<void> {
  await appendScript(redis, [keys.audit, keys.events], auditArgs(entry, times))
}

/** All entries, newest first. */
export async function readAudit(redis: Redis, onInvalid: OnInvalid): Promise<AuditEntry[]> {
  const stored = await redis.zrevrange(keys.audit, 0, -1)
  return stored.flatMap(json => parseRecord(AuditEntry, 'audit entry', keys.audit, json, onInvalid) ?? [])
}
