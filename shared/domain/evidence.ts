import { z } from 'zod'
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
