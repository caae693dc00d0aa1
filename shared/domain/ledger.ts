import { z } from 'zod'
import { Instant, RegionId, text } from './primitives.ts'
import { Impact, Stage } from './status.ts'

/** What an entry says of its incident where it differs from the entry before. */
export const LedgerState = z.object({
  title: text(300),
  impact: Impact,
  /** `global` and `unspecified` affect the provider, not all of its regions. */
  scope: z.enum(['regional', 'global', 'unspecified']),
  regions: z.array(RegionId),
  services: z.array(text(120)),
  scheduledFor: Instant.nullable(),
  scheduledUntil: Instant.nullable(),
})
export type LedgerState = z.infer<typeof LedgerState>

/**
 * One change that a reading brought. `<incident>#<n>` identifies it. A field of `LedgerState` that it does not state is
 * as in the entry before; in the first entry of a list, as in the incident.
 */
export const LedgerEntry = LedgerState.partial().extend({
  /** From 1, without gaps. */
  n: z.int().positive(),
  /** When we first read it, by our clock; null for what an older version stored without it. */
  seenAt: Instant.nullable(),
  /** The source's own time for it; null where it gives none, as for words that it rewrote under their old date. */
  saidAt: Instant.nullable(),
  /** The source's id of these words; null for a change without words. */
  update: text(120).nullable(),
  /** The source gave these words in place of others, under the same id. */
  isRewrite: z.literal(true).optional(),
  status: Stage,
  text: text(4000),
  /** The regions that it no longer names; absent without any. Their subscribers get the event too. */
  regionsRemoved: z.array(RegionId).optional(),
  /** SHA-256, in hex, of the fragment of the source that said it. */
  evidence: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** An entry with all of its state. */
export type FullEntry = LedgerEntry & LedgerState

/** How much of its ledger an incident carries. The store keeps up to `MAX_LEDGER_ENTRIES` of it. */
export const MAX_ENTRIES = 50
export const MAX_ENTRIES_BYTES = 16 * 1024
export const MAX_LEDGER_ENTRIES = 1000

const EPOCH: Instant = new Date(0).toISOString()

/** The time to show for an entry: the source's own, else ours. */
export const timeOfEntry = ({ saidAt, seenAt }: LedgerEntry): Instant => saidAt ?? seenAt ?? EPOCH

/** The id of an entry in feeds and pages: the source's own where it names one text only. Unique in its incident. */
export const keyOfEntry = ({ n, update, isRewrite }: LedgerEntry): string =>
  update === null ? `#${n}` : isRewrite ? `${update}#${n}` : update

/** The fields of a state, of an incident or of an entry with all of its state. */
export const stateOf = (from: LedgerState): LedgerState => {
  const { title, impact, scope, regions, services, scheduledFor, scheduledUntil } = from
  return { title, impact, scope, regions, services, scheduledFor, scheduledUntil }
}

/** Entries with all of their state. @param entries newest first @param present the state of their incident */
export function withStates(entries: readonly LedgerEntry[], present: LedgerState): FullEntry[] {
  let state = stateOf(present)
  const full = entries.toReversed().map(entry => {
    state = Object.assign({}, state, statedBy(entry))
    return { ...entry, ...state }
  })
  return full.reverse()
}

function statedBy(entry: LedgerEntry) {
  const { n, seenAt, saidAt, update, isRewrite, status, text, regionsRemoved, evidence, ...stated } = entry
  return stated
}

type Max = { entries: number; bytes: number }

/**
 * The entries that a record carries: the newest that fit. Where older ones are left out, the oldest that stays states
 * everything. @param entries newest first
 */
export function keepNewest(entries: readonly LedgerEntry[], present: LedgerState): LedgerEntry[] {
  const kept = newestThatFit(entries, { entries: MAX_ENTRIES, bytes: MAX_ENTRIES_BYTES })
  if (kept.length === 0 || kept.length === entries.length) return kept
  const oldest = withStates(entries, present)[kept.length - 1]
  return oldest ? [...kept.slice(0, -1), oldest] : kept
}

/** The newest entries within a number and a size as JSON. The very newest stays, shortened if it must be. */
export function newestThatFit(entries: readonly LedgerEntry[], max: Max): LedgerEntry[] {
  let bytes = 0
  const kept: LedgerEntry[] = []
  for (const entry of entries.slice(0, max.entries)) {
    bytes += bytesOf(entry)
    if (bytes > max.bytes) return kept.length > 0 ? kept : [shortened(entry, max.bytes)]
    kept.push(entry)
  }
  return kept
}

/** An entry without its services, which the incident has too, and with as much text as surely fits. */
function shortened({ services, ...entry }: LedgerEntry, maxBytes: number): LedgerEntry {
  const length = Math.max(0, Math.floor(maxBytes / 4) - 1)
  return entry.text.length <= length ? entry : { ...entry, text: `${entry.text.slice(0, length)}…` }
}

/** How many entries are older than those that a record carries. @param entries newest first */
export const countOlder = (entries: readonly LedgerEntry[]): number => (entries.at(-1)?.n ?? 1) - 1

/** Two lists of entries of one incident as one. Of two with one number, that with more text stays. Newest first. */
export function mergeEntries(older: readonly LedgerEntry[], newer: readonly LedgerEntry[]): LedgerEntry[] {
  const byNumber = new Map<number, LedgerEntry>()
  for (const entry of [...newer, ...older]) {
    const known = byNumber.get(entry.n)
    if (known === undefined || known.text.length < entry.text.length) byNumber.set(entry.n, entry)
  }
  return [...byNumber.values()].sort((a, b) => b.n - a.n)
}

const encoder = new TextEncoder()

/** The size of a value as JSON, in bytes. */
export const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length
