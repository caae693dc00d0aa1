import { ORIGIN } from '../../shared/domain/events.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import type { View } from '../../shared/domain/view.ts'

/** When what is known last changed, by the id of the newest event; before any, now. @param now ms */
export const changedAt = ({ head }: Pick<View, 'head'>, now: number): Instant =>
  toInstant(head === ORIGIN ? now : Number(head.split('-')[0]))

/** Clocks that were never set, and records without a date, say 1970. */
const isDate = (date: Instant | null | undefined): date is Instant => date != null && !date.startsWith('1970')

/** The first of some dates that is one; null where none is. */
export const firstDate = (...dates: readonly (Instant | null | undefined)[]): Instant | null =>
  dates.find(isDate) ?? null

export const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other)
export const later = (one: Instant, other: Instant): Instant => (one > other ? one : other)
