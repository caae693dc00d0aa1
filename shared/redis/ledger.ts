import type { Redis } from 'ioredis'
import type { Incident } from '../domain/incident.ts'
import { LedgerEntry, MAX_LEDGER_ENTRIES } from '../domain/ledger.ts'
import { evidenceLua } from './evidence.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

/** The field of an entry in the hash `ledger`. */
export const ledgerField = (incident: string, n: number): string => `${incident}#${n}`

/**
 * Lua: `writeEntry(ledger, evidence, incident, n, json)` stores an entry and drops the one that is too many;
 * `deleteLedger(ledger, evidence, incident, record)` deletes all entries of a stored incident. An entry takes its
 * evidence with it. `evidence`: `evidenceKeys`.
 */
export const ledgerLua = `${evidenceLua}
local function deleteEntry(ledger, evidence, entry)
  redis.call('HDEL', ledger, entry)
  deleteEvidence(evidence, entry)
end
local function writeEntry(ledger, evidence, incident, n, json)
  redis.call('HSET', ledger, incident .. '#' .. n, json)
  deleteEntry(ledger, evidence, incident .. '#' .. n - ${MAX_LEDGER_ENTRIES})
end
local function deleteLedger(ledger, evidence, incident, record)
  local entries = record and cjson.decode(record).entries
  local newest = entries and entries[1] and entries[1].n or 0
  for n = math.max(1, newest - ${MAX_LEDGER_ENTRIES - 1}), newest do deleteEntry(ledger, evidence, incident .. '#' .. n) end
end
`

/** The whole ledger of a stored incident, newest first. */
export async function readLedger(redis: Redis, incident: Incident, onInvalid: OnInvalid): Promise<LedgerEntry[]> {
  const newest = incident.entries[0]?.n ?? 0
  const length = Math.min(newest, MAX_LEDGER_ENTRIES)
  const fields = Array.from({ length }, (_, index) => ledgerField(incident.id, newest - index))
  const texts = fields.length === 0 ? [] : await redis.hmget(keys.ledger, ...fields)
  return fields.flatMap(
    (field, index) => parseRecord(LedgerEntry, 'ledger entry', field, texts[index], onInvalid) ?? [],
  )
}
