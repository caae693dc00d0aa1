/** Heights of the list's parts, px. The styles of `IncidentRow` and `Incidents` have the same. */
export const HEIGHTS = { group: 28, one: 32, two: 44, line: 20, more: 32, short: 28 }

/** How many lines an incident has beside its title: of its words, and whether why it concerns the reader. */
export type RowLines = { words: number; hasWhy: boolean }

type Group = { isHeaded: boolean; rows: readonly { hasWords: boolean; hasWhy: boolean }[] }
type Others = { scheduled: number; ended: number }

export type Fitted = {
  /** For each row that is shown, in the order of the groups. */
  rows: RowLines[]
  /** How many active incidents are not shown. */
  hidden: number
  /** How many short lines of scheduled and ended ones there are below. */
  short: Others
}

/** The words of the first row take so many lines at most. */
const MAX_WORDS = 4
/** A phone shows so many incidents, and so many short lines of a kind. */
const [MAX_NARROW, MAX_NARROW_SHORT] = [8, 2]
const NARROW_WORDS = 6

/**
 * What fits into a list of a height, in whole rows: every title before any second line, then words and reasons from
 * the first row on, then a second line of each one's words, then those of the first in full, then short lines of what
 * is scheduled and ended. Pure.
 * @param room px; null where the page is as long as it gets
 */
export function fitRows(groups: readonly Group[], others: Others, room: number | null): Fitted {
  const all = groups.flatMap(group => group.rows)
  if (room === null) return narrowRows(all, others)
  const least = (count: number): number =>
    headsOf(groups, count) + count * HEIGHTS.one + (count < all.length ? HEIGHTS.more : 0)
  let count = all.length
  while (count > 1 && least(count) > room) count--
  let left = room - (all.length === 0 ? HEIGHTS.more : least(count))
  const take = (height: number): boolean => {
    if (left < height) return false
    left -= height
    return true
  }
  const shown = all.slice(0, count)
  const rows = shown.map(({ hasWords, hasWhy }): RowLines => {
    const hasSecond = (hasWords || hasWhy) && take(HEIGHTS.two - HEIGHTS.one)
    return { words: hasSecond && hasWords ? 1 : 0, hasWhy: hasSecond && !hasWords }
  })
  for (const [index, row] of rows.entries())
    if (row.words > 0 && shown[index]?.hasWhy && take(HEIGHTS.line)) row.hasWhy = true
  for (const row of rows) if (row.words > 0 && take(HEIGHTS.line)) row.words++
  const [first] = rows
  while (first !== undefined && first.words > 0 && first.words < MAX_WORDS && take(HEIGHTS.line)) first.words++
  const lines = (wanted: number): number => {
    const most = Math.max(0, Math.min(wanted, Math.floor((left - HEIGHTS.group) / HEIGHTS.short)))
    if (most > 0) left -= HEIGHTS.group + most * HEIGHTS.short
    return most
  }
  return { rows, hidden: all.length - count, short: { scheduled: lines(others.scheduled), ended: lines(others.ended) } }
}

/** The height of the headings of the groups that the first rows are in. */
function headsOf(groups: readonly Group[], count: number): number {
  let first = 0
  let height = 0
  for (const { isHeaded, rows } of groups) {
    if (isHeaded && first < count) height += HEIGHTS.group
    first += rows.length
  }
  return height
}

const narrowRows = (all: Group['rows'], { scheduled, ended }: Others): Fitted => ({
  rows: all.slice(0, MAX_NARROW).map(({ hasWhy }) => ({ words: hasWhy ? NARROW_WORDS : 2, hasWhy })),
  hidden: Math.max(0, all.length - MAX_NARROW),
  short: { scheduled: Math.min(scheduled, MAX_NARROW_SHORT), ended: Math.min(ended, MAX_NARROW_SHORT) },
})
