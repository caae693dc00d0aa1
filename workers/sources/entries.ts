import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/domain/result.ts'
import { listOf } from './lenient.ts'

export type EntryRule<T, R> = {
  /** What the list holds, in the plural, and what each of it needs: for the message. */
  what: string
  needs: string
  /** An entry → its records: null where it cannot be read, none where it is understood and has none. */
  read(entry: T): readonly R[] | null
}

/**
 * A list of an answer → its records; null or missing is empty. What cannot be read is left out, but of a list that holds
 * something some of it must be readable: what speaks another language must not look like 'nothing is open'.
 */
export function readEntries<S extends z.ZodType, R>(
  list: unknown,
  { schema, max, ...rule }: EntryRule<z.output<S>, R> & { schema: S; max: number },
): Result<R[]> {
  if (list === null || list === undefined) return ok([])
  if (!Array.isArray(list)) return fail(`the ${rule.what} are no list: check the address`)
  return recordsOf(listOf(schema, max).parse(list), list.length, rule)
}

/** The same of entries that have passed their schema, of `total` that there are. */
export function recordsOf<T, R>(entries: readonly T[], total: number, rule: EntryRule<T, R>): Result<R[]> {
  const read = entries.map(entry => rule.read(entry)).filter(records => records !== null)
  if (total > 0 && read.length === 0)
    return fail(`none of the ${total} ${rule.what} can be read: each needs ${rule.needs}`)
  return ok(read.flat())
}

/** In a schema: what `readEntries` reads afterwards. */
export const unread = z.unknown().optional()

/** One record or none, as `EntryRule.read` gives it. */
export const one = <R>(record: R | null): R[] | null => (record === null ? null : [record])
