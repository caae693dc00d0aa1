import { z } from 'zod'

/**
 * Records of one kind field by field, `{ id: ['a', 'b'], name: ['A', 'B'] }`, or as they are where not all have the same fields.
 * By columns, what is alike stands together and compresses better.
 */
export const Columns = z.union([z.array(z.unknown()), z.record(z.string(), z.array(z.unknown()))])
export type Columns = z.infer<typeof Columns>

export function toColumns(records: readonly object[]): Columns {
  const fields = Object.keys(records[0] ?? {})
  const isAlike = (record: object) =>
    Object.keys(record).length === fields.length && fields.every(field => Object.hasOwn(record, field))
  if (fields.length === 0 || !records.every(isAlike)) return [...records]
  return Object.fromEntries(fields.map(field => [field, records.map((record): unknown => Reflect.get(record, field))]))
}

/** What `toColumns` made → the records, unchecked. Where a column is too short, records lack a field and will not pass their schema. */
export function fromColumns(columns: Columns): unknown[] {
  if (Array.isArray(columns)) return columns
  const fields = Object.entries(columns)
  const length = Math.max(0, ...fields.map(([, column]) => column.length))
  return Array.from({ length }, (_, row) => Object.fromEntries(fields.map(([field, column]) => [field, column[row]])))
}
