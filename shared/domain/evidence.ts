import { z } from 'zod'
import type { Incident } from './incident.ts'
import { LedgerEntry, LedgerState, withStates } from './ledger.ts'
import { text } from './primitives.ts'

/** SHA-256 of a fragment's bytes, in hex. */
export const EvidenceId = z.string().regex(/^[0-9a-f]{64}$/)
export type EvidenceId = z.infer<typeof EvidenceId>

/** The answer of a source that an entry of a ledger was read from. Secrets are struck out. */
export const EvidenceOrigin = z.object({
  /** As it is configured: with the names of its secrets. */
  url: text(2048),
  /** The source's clock: the header `Date`, as it writes it. */
  date: text(256).nullable(),
  etag: text(256).nullable(),
  lastModified: text(256).nullable(),
})
export type EvidenceOrigin = z.infer<typeof EvidenceOrigin>

/** An entry of a ledger with all of its state, and with what is known of its reading. */
export const RecordRow = LedgerEntry.extend(LedgerState.shape).extend({
  /** From the source's time to ours, in s; null where one is unknown. */
  lagS: z.int().nullable(),
  /** Null where its fragment is not kept, or not any more. */
  origin: EvidenceOrigin.nullable(),
})
export type RecordRow = z.infer<typeof RecordRow>

/** Entries of a ledger, newest first, as rows. */
export const rowsOf = (
  incident: Incident,
  entries: readonly LedgerEntry[],
  originOf: (entry: LedgerEntry) => EvidenceOrigin | null,
): RecordRow[] =>
  withStates(entries, incident).map(entry => ({ ...entry, lagS: lagOf(entry), origin: originOf(entry) }))

const lagOf = ({ seenAt, saidAt }: LedgerEntry): number | null =>
  seenAt === null || saidAt === null ? null : Math.round((Date.parse(seenAt) - Date.parse(saidAt)) / 1000)
