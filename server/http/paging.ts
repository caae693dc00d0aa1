import { z } from 'zod'
import { descending } from '../../shared/domain/order.ts'

/** Most records in one answer. */
export const MOST = 500

const notACursor = "must be the 'next' of an earlier answer"

/** `limit` and `before` as query parameters. `before` is the `next` of the answer before. */
export const Paging = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `must be a number from 1 to ${MOST}`)
    .transform(Number)
    .pipe(z.number().min(1, `must be a number from 1 to ${MOST}`).max(MOST, `must be a number from 1 to ${MOST}`))
    .default(50),
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z_[a-z0-9._/-]{1,200}$/, notACursor)
    .refine(before => Number.isFinite(Date.parse(placeOf(before).at)), notACursor)
    .optional(),
}

/** A place in an order by time, newest first, that still holds when records come and go. */
export const cursor = (at: string, id: string): string => `${at}_${id}`

/** A cursor, taken apart. */
export function placeOf(cursor: string): { at: string; id: string } {
  const end = cursor.indexOf('_')
  return { at: cursor.slice(0, end), id: cursor.slice(end + 1) }
}

/**
 * One page of records, newest first.
 * @param at the instant by which a record is ordered
 * @returns the records, and the `next` cursor; null on the last page
 */
export function pageOf<T extends { id: string }>(
  records: readonly T[],
  at: (record: T) => string,
  paging: { limit: number; before?: string | undefined },
): { items: T[]; next: string | null } {
  const { limit, before } = paging
  const keyed = records.map(record => ({ record, key: cursor(at(record), record.id) }))
  keyed.sort(descending('key'))
  const from = before === undefined ? keyed : keyed.filter(({ key }) => key < before)
  const items = from.slice(0, limit)
  const last = items.at(-1)
  return { items: items.map(({ record }) => record), next: last && from.length > limit ? last.key : null }
}
