import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { type Answer, decodeText, MAX_BYTES } from './answer.ts'

/** The JSON in an answer, of whatever shape; fails with one line when it is too large or no JSON. */
export function readJson(answer: Answer): Result<unknown> {
  if (answer.body.length > MAX_BYTES) return fail(tooLarge(answer))
  const text = decodeText(answer)
  try {
    return ok(JSON.parse(text))
  } catch {
    const what = text.trimStart().startsWith('<') ? 'a web page or XML' : 'no JSON'
    return fail(`the answer is ${what}, JSON was expected: check the address`)
  }
}

/** The same where a bare array is expected; `what` it lists, in the plural, for the message. */
export function readJsonList(answer: Answer, what: string): Result<unknown[]> {
  const json = readJson(answer)
  if (!json.ok) return json
  if (Array.isArray(json.value)) return ok(json.value)
  return fail(`the answer is no JSON array, a list of ${what} was expected: check the address`)
}

export const tooLarge = ({ body }: Answer): string =>
  `the answer has ${body.length} bytes, more than the ${MAX_BYTES} that are read: check the address`

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

/** A word that may come as number or go missing → a string; '' for anything that is no word. */
export const word = z
  .unknown()
  .transform(value => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''))
  .prefault('')

/** A list that may be null, missing or partly malformed → the entries that can be read, at most `max`. */
export const listOf = <T extends z.ZodType>(entry: T, max: number) =>
  z
    .unknown()
    .transform((value): z.output<T>[] => readEach(entry, Array.isArray(value) ? value : [], max))
    .prefault([])

/** The values of an object whose keys carry no meaning, read like a list. */
export const valuesOf = <T extends z.ZodType>(entry: T, max: number) =>
  z
    .unknown()
    .transform((value): z.output<T>[] => readEach(entry, Object.values(value ?? {}), max))
    .prefault({})

/** Entries of one list that may be no good before the rest of it is left unread: each costs as much as a good one. */
const MOST_BAD = 100

function readEach<T extends z.ZodType>(entry: T, values: unknown[], max: number): z.output<T>[] {
  const read: z.output<T>[] = []
  for (let at = 0; at < values.length && read.length < max && at - read.length < MOST_BAD; at++) {
    const result = entry.safeParse(values[at])
    if (result.success) read.push(result.data)
  }
  return read
}
