import { z } from 'zod'

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
