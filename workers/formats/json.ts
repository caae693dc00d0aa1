import { z } from 'zod'
import { fail, ok, type Result } from '../../shared/domain/primitives.ts'
import { type Answer, decodeText, MAX_BYTES } from './answer.ts'
import { hasOrigin, noteOrigin } from './fragments.ts'

/** The JSON in an answer; fails with one line when it is too large or no JSON. */
export function readJson(answer: Answer): Result<unknown> {
  if (answer.body.length > MAX_BYTES) return fail(tooLarge(answer))
  const text = decodeText(answer)
  try {
    return ok(JSON.parse(text))
  } catch {
    const what = startsAsMarkup(text) ? 'a web page or XML' : 'no JSON'
    return fail(`the answer is ${what}, JSON was expected: check the address`)
  }
}

const startsAsMarkup = (text: string): boolean => text.trimStart().startsWith('<')

/** Whether an answer is HTML, or XML, where JSON was expected. */
export const isWebPage = (answer: Answer): boolean => startsAsMarkup(decodeText(answer).slice(0, 1000))

/** The same for a bare array; `what` it lists, in the plural, for the message. */
export function readJsonList(answer: Answer, what: string): Result<unknown[]> {
  const json = readJson(answer)
  if (!json.ok) return json
  if (Array.isArray(json.value)) return ok(json.value)
  return fail(`the answer is no JSON array, a list of ${what} was expected: check the address`)
}

export const tooLarge = ({ body }: Answer): string =>
  `the answer has ${body.length} bytes, more than the ${MAX_BYTES} that are read: check the address`

export type EntryRule<T, R> = {
  /** What the list holds, in the plural, and what each entry needs: for the message. */
  what: string
  needs: string
  /** An entry → its records: null where it is unreadable, empty where it is understood and has none. */
  read(entry: T): readonly R[] | null
}

/**
 * A list of an answer → its records; null or missing is empty. Unreadable entries are dropped, but a list with entries
 * must have a readable one: an unknown format must not look like 'nothing is open'.
 */
export function readEntries<S extends z.ZodType, R>(
  list: unknown,
  { schema, max, ...rule }: EntryRule<z.output<S>, R> & { schema: S; max: number },
): Result<R[]> {
  if (list === null || list === undefined) return ok([])
  if (!Array.isArray(list)) return fail(`the ${rule.what} are no list: check the address`)
  return recordsOf(listOf(schema, max).parse(list), list.length, rule)
}

/** The same for entries that passed their schema; `total` counts all that the list has. */
export function recordsOf<T, R>(entries: readonly T[], total: number, rule: EntryRule<T, R>): Result<R[]> {
  const read = entries
    .map(entry => rule.read(entry)?.map(record => (hasOrigin(record) ? record : noteOrigin(record, entry))) ?? null)
    .filter(records => records !== null)
  if (total > 0 && read.length === 0)
    return fail(`none of the ${total} ${rule.what} can be read: each needs ${rule.needs}`)
  return ok(read.flat())
}

/** A field that `readEntries` reads later. */
export const unread = z.unknown().optional()

/** One record or none, as `EntryRule.read` returns it. */
export const one = <R>(record: R | null): R[] | null => (record === null ? null : [record])

/** A string or number, perhaps missing → a string; '' for anything else. */
export const word = z
  .unknown()
  .transform(value => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''))
  .prefault('')

/** A list, perhaps null, missing or partly malformed → its readable entries, at most `max`. */
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

/** Unreadable entries of one list before the rest is skipped: each costs as much time as a readable one. */
const MAX_UNREADABLE = 100

function readEach<T extends z.ZodType>(entry: T, values: unknown[], max: number): z.output<T>[] {
  const read: z.output<T>[] = []
  for (let at = 0; at < values.length && read.length < max && at - read.length < MAX_UNREADABLE; at++) {
    const result = entry.safeParse(values[at])
    if (result.success) read.push(noteOrigin(result.data, values[at]))
  }
  return read
}
