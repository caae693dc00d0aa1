import type { Redis } from 'ioredis'
import type { Incident } from '../domain/incident.ts'
import { LedgerEntry, MAX_LEDGER_ENTRIES, mergeEntries } from '../domain/ledger.ts'
import { evidenceKeys, evidenceLua } from './evidence.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

/** The field of an entry in the hash `ledger`. */
export const ledgerField = (incident: string, n: number): string => `${incident}#${n}`

/** All entries together, in bytes: of what is more, the oldest go. Incidents keep those that they carry. */
export const LEDGER_BYTES = 128 * 1024 * 1024

/** The keys of ledgers and their evidence, as the Lua functions below take them. */
export const ledgerKeys = [keys.ledger, keys.ledgerOrder, keys.ledgerBytes, ...evidenceKeys] as const

/**
 * Lua: `ledgersIn(first)` gives the ledgers whose `ledgerKeys` begin at `KEYS[first]`; `writeEntry(ledgers, incident, n,
 * json, ms)` stores an entry and drops those that are too many; `deleteLedger(ledgers, incident, record)` deletes all
 * entries of a stored incident. An entry takes its evidence with it.
 */
export const ledgerLua = `${evidenceLua}
local function ledgersIn(first)
  local evidence = {}
  for index = 1, ${evidenceKeys.length} do evidence[index] = KEYS[first + 2 + index] end
  return { entries = KEYS[first], order = KEYS[first + 1], bytes = KEYS[first + 2], evidence = evidence }
end
local function deleteEntry(ledgers, entry)
  local size = redis.call('HSTRLEN', ledgers.entries, entry)
  if size > 0 then
    redis.call('HDEL', ledgers.entries, entry)
    redis.call('ZREM', ledgers.order, entry)
    redis.call('DECRBY', ledgers.bytes, size)
  end
  deleteEvidence(ledgers.evidence, entry)
end
local function writeEntry(ledgers, incident, n, json, ms)
  local entry = incident .. '#' .. n
  deleteEntry(ledgers, entry)
  redis.call('HSET', ledgers.entries, entry, json)
  redis.call('ZADD', ledgers.order, ms, entry)
  redis.call('INCRBY', ledgers.bytes, #json)
  deleteEntry(ledgers, incident .. '#' .. n - ${MAX_LEDGER_ENTRIES})
  while tonumber(redis.call('GET', ledgers.bytes)) > ${LEDGER_BYTES} do
    local oldest = redis.call('ZRANGE', ledgers.order, 0, 0)[1]
    if not oldest then break end
    deleteEntry(ledgers, oldest)
  end
end
local function deleteLedger(ledgers, incident, record)
  local entries = record and cjson.decode(record).entries
  local newest = entries and entries[1] and entries[1].n or 0
  for n = math.max(1, newest - ${MAX_LEDGER_ENTRIES - 1}), newest do deleteEntry(ledgers, incident .. '#' .. n) end
end
`

/** The ledger of a stored incident, newest first: what is kept of it, and at least what the incident carries. */
export async function readLedger(redis: Redis, incident: Incident, onInvalid: OnInvalid): Promise<LedgerEntry[]> {
  const newest = incident.entries[0]?.n ?? 0
  const length = Math.min(newest, MAX_LEDGER_ENTRIES)
  const fields = Array.from({ length }, (_, index) => ledgerField(incident.id, newest - index))
  const texts = fields.length === 0 ? [] : await redis.hmget(keys.ledger, ...fields)
  const kept = fields.flatMap(
    (field, index) => parseRecord(LedgerEntry, 'ledger entry', field, texts[index], onInvalid) ?? [],
  )
  return mergeEntries(kept, incident.entries)
}
