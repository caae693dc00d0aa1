import { z } from 'zod'
import { collections, mapCollections } from '../../shared/domain/collections.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { type CollectionLists, Snapshot } from '../../shared/domain/snapshot.ts'

export type LastKnown = {
  snapshot: Snapshot
  /** Until when it was current: the last heartbeat of a worker that the page knows of. */
  asOf: Instant
}

const MAX_CHARACTERS = 4_000_000
/** Raised with every change of the stored form; other forms are dropped. */
const FORM_VERSION = 1

const Stored = z.object({ form: z.literal(FORM_VERSION), asOf: Instant, guarded: z.boolean(), snapshot: Snapshot })

/**
 * A state → the text to store. Null when it would be too long: a part of the state would look quiet where there is
 * trouble.
 * @param isGuarded a token was needed to see it
 */
export function packLastKnown({ snapshot, asOf }: LastKnown, isGuarded: boolean): string | null {
  const lists: CollectionLists = snapshot
  const stored: z.infer<typeof Stored> = {
    form: FORM_VERSION,
    asOf,
    guarded: isGuarded,
    snapshot: { ...snapshot, ...mapCollections<'list'>(name => collections[name].remembered(lists[name])) },
  }
  const text = JSON.stringify(stored)
  return text.length > MAX_CHARACTERS ? null : text
}

/**
 * The stored text → the state; null for anything else.
 * @param seen until when the state was still current although nothing in it changed
 * @param hasToken whether the reader has given a token: what was seen with one is not shown without
 */
export function unpackLastKnown(text: unknown, seen: unknown, hasToken: boolean): LastKnown | null {
  if (typeof text !== 'string' || text.length > MAX_CHARACTERS) return null
  const stored = Stored.safeParse(parsed(text))
  if (!stored.success || (stored.data.guarded && !hasToken)) return null
  const { snapshot, asOf } = stored.data
  const later = Instant.safeParse(seen)
  return { snapshot, asOf: later.success && later.data > asOf ? later.data : asOf }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
