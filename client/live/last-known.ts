import { z } from 'zod'
import { collections, mapCollections } from '../../shared/domain/collections.ts'
import { Instant } from '../../shared/domain/primitives.ts'
import { type CollectionLists, Snapshot } from '../../shared/domain/snapshot.ts'

/** A picture that was once the present. */
export type LastKnown = {
  snapshot: Snapshot
  /** Up to when it was the present: a worker lived then, and the page was told so. */
  asOf: Instant
}

/** A picture's text is kept up to this length, in characters. */
const MOST_CHARACTERS = 4_000_000
/** Counted up whenever what is kept takes another form; what other builds kept in another form is dropped. */
const FORM = 1

const Kept = z.object({ form: z.literal(FORM), asOf: Instant, guarded: z.boolean(), snapshot: Snapshot })

/**
 * A picture → the text that is kept; null where it would be too long, for a part of a picture would show quiet where there is trouble.
 * @param guarded a token was needed to see it
 */
export function packLastKnown({ snapshot, asOf }: LastKnown, guarded: boolean): string | null {
  const lists: CollectionLists = snapshot
  const kept: z.infer<typeof Kept> = {
    form: FORM,
    asOf,
    guarded,
    snapshot: { ...snapshot, ...mapCollections<'list'>(name => collections[name].remembered(lists[name])) },
  }
  const text = JSON.stringify(kept)
  return text.length > MOST_CHARACTERS ? null : text
}

/**
 * The text that is kept → the picture; null for anything that is not exactly one.
 * @param seen until when the picture was still the present although nothing in it changed
 * @param hasToken whether the reader gives a token: what was seen with one is not shown to somebody without
 */
export function unpackLastKnown(text: unknown, seen: unknown, hasToken: boolean): LastKnown | null {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) return null
  const kept = Kept.safeParse(parsed(text))
  if (!kept.success || (kept.data.guarded && !hasToken)) return null
  const { snapshot, asOf } = kept.data
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
