import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Redis } from 'ioredis'
import { type EvidenceId, EvidenceOrigin } from '../domain/evidence.ts'
import type { RecordId } from '../domain/primitives.ts'
import { keys } from './keys.ts'
import { type OnInvalid, parseRecord } from './records.ts'

/** All evidence together, in bytes: what is older than what fits is dropped. */
export const EVIDENCE_BYTES = 64 * 1024 * 1024

/** Evidence of an entry, as a commit takes it. */
export type EvidenceDraft = { incident: RecordId; n: number; seenMs: number; id: EvidenceId; packed: PackedEvidence }

/** Texts, as a backup keeps nothing else: the fragment is deflated and in Base64. */
export type PackedEvidence = { origin: string; fragment: string }

export const evidenceIdOf = (fragment: string): EvidenceId => hash('sha256', fragment, 'hex')

export async function packEvidence(origin: EvidenceOrigin, fragment: string): Promise<PackedEvidence> {
  const deflated = await promisify(deflateRaw)(fragment)
  return { origin: JSON.stringify(origin), fragment: deflated.toString('base64') }
}

/** `evidenceKeys`, as the Lua functions below take them. */
export const evidenceKeys = [
  keys.evidence,
  keys.evidenceOrigins,
  keys.evidenceOrder,
  keys.evidenceUses,
  keys.evidenceBytes,
] as const

/**
 * Lua: `writeEvidence(evidence, entry, ms, id, origin, fragment, most)` keeps the evidence of an entry, and drops the
 * oldest until all together have at most `most` bytes; an empty `fragment` is one that was written before; `deleteEvidence(evidence, entry)` drops that of one entry. Two
 * entries with one fragment share it. `evidence`: `evidenceKeys`.
 */
export const evidenceLua = `
local function deleteEvidence(evidence, entry)
  local origin = redis.call('HGET', evidence[2], entry)
  if not origin then return end
  local id, freed = string.sub(origin, 1, 64), #origin
  redis.call('HDEL', evidence[2], entry)
  redis.call('ZREM', evidence[3], entry)
  if redis.call('HINCRBY', evidence[4], id, -1) < 1 then
    freed = freed + redis.call('HSTRLEN', evidence[1], id)
    redis.call('HDEL', evidence[4], id)
    redis.call('HDEL', evidence[1], id)
  end
  redis.call('DECRBY', evidence[5], freed)
end
local function writeEvidence(evidence, entry, ms, id, origin, fragment, most)
  deleteEvidence(evidence, entry)
  if fragment == '' and redis.call('HEXISTS', evidence[1], id) == 0 then return end
  local added = #id + #origin
  redis.call('HSET', evidence[2], entry, id .. origin)
  redis.call('ZADD', evidence[3], ms, entry)
  if redis.call('HINCRBY', evidence[4], id, 1) == 1 then
    redis.call('HSET', evidence[1], id, fragment)
    added = added + #fragment
  end
  redis.call('INCRBY', evidence[5], added)
  while tonumber(redis.call('GET', evidence[5])) > most do
    local oldest = redis.call('ZRANGE', evidence[3], 0, 0)[1]
    if not oldest then break end
    deleteEvidence(evidence, oldest)
  end
end
`

/** Where entries were said, by their field in the hash `ledger`; nothing of those whose evidence is not kept. */
export async function readOrigins(
  redis: Redis,
  entries: readonly string[],
  onInvalid: OnInvalid,
): Promise<Map<string, EvidenceOrigin>> {
  const texts = entries.length === 0 ? [] : await redis.hmget(keys.evidenceOrigins, ...entries)
  const found = entries.map((entry, index) => {
    const json = texts[index]?.slice(ID_LENGTH)
    return [entry, parseRecord(EvidenceOrigin, 'origin of evidence', entry, json, onInvalid)] as const
  })
  return new Map(found.flatMap(([entry, origin]) => (origin === undefined ? [] : [[entry, origin]])))
}

const ID_LENGTH = 64

/** The fragment that an entry was read from; null where there is none, or none any more. */
export async function readFragment(redis: Redis, entry: string): Promise<string | null> {
  const origin = await redis.hget(keys.evidenceOrigins, entry)
  const packed = origin === null ? null : await redis.hget(keys.evidence, origin.slice(0, ID_LENGTH))
  if (packed === null) return null
  return (await promisify(inflateRaw)(Buffer.from(packed, 'base64'))).toString()
}
