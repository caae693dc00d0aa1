import type { Box } from './units.ts'

/** A grid: columns and rows, and the size of a cell in px. */
export type Seats = { columns: number; rows: number; cell: Box }

/** No scene shows more things than this: nobody counts further at a glance. */
export const MOST_THINGS = 7

/** How many things of at least this size find room, at most seven and at least one. `least` in px. */
export function roomFor(box: Box, least: Box): number {
  const columns = Math.max(1, Math.floor(box.width / least.width))
  const rows = Math.max(1, Math.floor(box.height / least.height))
  return Math.min(MOST_THINGS, columns * rows)
}

/** The grid in which so many things are largest; `aspect` is the width of a thing by its height. */
export function seatsFor(count: number, box: Box, least: Box, aspect: number): Seats {
  let best: Seats & { size: number } = { columns: 1, rows: count, cell: box, size: Number.NEGATIVE_INFINITY }
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.max(1, Math.ceil(count / columns))
    const cell = { width: box.width / columns, height: box.height / rows }
    // a cell that is too small for its words is worse than any other
    const tooSmall = cell.width < least.width || cell.height < least.height ? 1e6 : 0
    const size = Math.min(cell.width / aspect, cell.height) - tooSmall
    if (size > best.size) best = { columns, rows, cell, size }
  }
  const { columns, rows, cell } = best
  return { columns, rows, cell }
}

/** The first things that find room, and how many are left out; what is left out takes a seat of its own. */
export function seated<T>(things: readonly T[], room: number): { shown: readonly T[]; left: readonly T[] } {
  if (things.length <= room) return { shown: things, left: [] }
  const shown = Math.max(0, room - 1)
  return { shown: things.slice(0, shown), left: things.slice(shown) }
}

/** The first things that find room one below the other, at most seven, and how many do not; those are told in a line of `more` px. */
export function inRows<T>(
  things: readonly T[],
  { height }: Pick<Box, 'height'>,
  least: number,
  more: number,
): { shown: readonly T[]; left: number } {
  const room = (free: number) => Math.max(1, Math.min(MOST_THINGS, Math.floor(free / least)))
  const shown = things.slice(0, things.length <= room(height) ? things.length : room(height - more))
  return { shown, left: things.length - shown.length }
}
