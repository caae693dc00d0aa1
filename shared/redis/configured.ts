import type { Redis } from 'ioredis'
import { z } from 'zod'
import { appendAuditLua, auditArgs } from './audit.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'
import { script } from './script.ts'

/** What a sources file has in force: of each part, such as `sources`, its names, each with a mark that changes with it. */
export const Configured = z.record(z.string(), z.record(z.string(), z.string()))
export type Configured = z.infer<typeof Configured>

/**
 * noteConfigured. Returns 0 where another worker was faster, and writes nothing.
 * KEYS  1 configured, 2 audit, 3 events
 * ARGV  1 the JSON that was read, empty where there was none, 2 the new JSON, further those of `appendAudit`, if any
 */
const noteScript = script(`${appendAuditLua}
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
if #ARGV > 2 then appendAudit(KEYS[2], KEYS[3], 2) end
return 1
`)

/** Attempts of one worker among many that take the same file at once. */
const MAX_ATTEMPTS = 10

/**
 * Writes down in the audit log what the sources file changed since any worker last took one, once for all workers. The
 * first one changes nothing: it is what there is.
 * @param now ms
 */
export async function noteConfigured(
  redis: Redis,
  taken: Configured,
  { now, keptDays }: { now: number; keptDays: number },
  onInvalid: OnInvalid,
): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const stored = await redis.get(keys.configured)
    const before = stored === null ? undefined : parseRecord(Configured, 'configuration', 'all', stored, onInvalid)
    const about = before === undefined ? {} : changesOf(before, taken)
    const isChanged = Object.keys(about).length > 0
    if (before !== undefined && !isChanged) return
    const entry = { by: 'sources file', what: 'config.changed' as const, about }
    const audited = isChanged ? auditArgs(entry, { now, keptDays }) : []
    const args = [stored ?? '', JSON.stringify(taken), ...audited]
    if ((await noteScript(redis, [keys.configured, keys.audit, keys.events], args)) === 1) return
  }
}

/** `{ 'sources added': 'a, b', … }`: names alone. */
function changesOf(before: Configured, after: Configured): Record<string, string> {
  const changes: Record<string, string> = {}
  for (const part of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, present] = [new Map(Object.entries(before[part] ?? {})), new Map(Object.entries(after[part] ?? {}))]
    const kinds = {
      added: [...present.keys()].filter(name => !old.has(name)),
      removed: [...old.keys()].filter(name => !present.has(name)),
      changed: [...present].filter(([name, mark]) => old.has(name) && old.get(name) !== mark).map(([name]) => name),
    }
    for (const [kind, names] of Object.entries(kinds)) if (names.length > 0) changes[`${part} ${kind}`] = listOf(names)
  }
  return changes
}

/** As an entry of the audit log takes it. */
const MAX_LIST_LENGTH = 200

/** The names that fit, and how many more there are. */
function listOf(names: readonly string[]): string {
  const room = MAX_LIST_LENGTH - ` and ${names.length} more`.length
  let listed = ''
  let count = 0
  for (const name of names) {
    const longer = count === 0 ? name : `${listed}, ${name}`
    if (longer.length > room) break
    listed = longer
    count += 1
  }
  if (count === names.length) return listed
  return count === 0 ? `${names.length} in all` : `${listed} and ${names.length - count} more`
}
