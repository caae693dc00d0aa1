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

function readEach<T extends z.ZodType>(entry: T, values: unknown[], max: number): z.output<T>[] {
  const read: z.output<T>[] = []
  for (const value of values) {
    if (read.length === max) break
    const result = entry.safeParse(value)
    if (result.success) read.push(result.data)
  }
  return read
}
