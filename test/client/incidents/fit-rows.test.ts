import { expect, test } from 'vitest'
import { fitRows, HEIGHTS } from '../../../client/incidents/fit-rows.ts'

const row = (hasWhy: boolean) => ({ hasWords: true, hasWhy })
const yours = (count: number) => ({ isHeaded: true, rows: Array.from({ length: count }, () => row(true)) })
const elsewhere = (count: number) => ({ isHeaded: true, rows: Array.from({ length: count }, () => row(false)) })
const nothing = { scheduled: 0, ended: 0 }

/** What the rows, their headings and the short lines take, px. */
const heightOf = (groups: ReturnType<typeof yours>[], fitted: ReturnType<typeof fitRows>): number => {
  const heads = groups.reduce(
    ({ at, sum }, { rows }) => ({ at: at + rows.length, sum: sum + (at < fitted.rows.length ? HEIGHTS.group : 0) }),
    { at: 0, sum: 0 },
  ).sum
  const rows = fitted.rows.reduce((sum, { words, hasWhy }) => {
    const lines = words + Number(hasWhy)
    return sum + (lines === 0 ? HEIGHTS.one : HEIGHTS.two + (lines - 1) * HEIGHTS.line)
  }, 0)
  const short = [fitted.short.scheduled, fitted.short.ended].reduce(
    (sum, count) => sum + (count === 0 ? 0 : HEIGHTS.group + count * HEIGHTS.short),
    0,
  )
  return heads + rows + short + (fitted.hidden > 0 ? HEIGHTS.more : 0)
}

test('whatever the room, what is shown fits into it, and what is not shown is counted', () => {
  for (const [mine, others] of [
    [0, 1],
    [1, 0],
    [3, 5],
    [12, 40],
  ] as const)
    for (let room = 120; room < 900; room += 7) {
      const groups = [yours(mine), elsewhere(others)].filter(({ rows }) => rows.length > 0)
      const fitted = fitRows(groups, { scheduled: 3, ended: 9 }, room)
      expect(heightOf(groups, fitted), `${mine} and ${others} in ${room} px`).toBeLessThanOrEqual(room)
      expect(fitted.rows.length + fitted.hidden).toBe(mine + others)
    }
})

test('eight rows keep their second line in 420 px, and those of the reader say why', () => {
  const { rows, hidden } = fitRows([yours(2), elsewhere(6)], nothing, 470)
  expect(hidden).toBe(0)
  expect(rows.map(({ words, hasWhy }) => words > 0 && hasWhy)).toEqual([true, true, ...Array(6).fill(false)])
  expect(rows.every(({ words }) => words > 0)).toBe(true)
})

test('where titles alone fit, the first rows have their second line first', () => {
  const { rows } = fitRows([yours(2), elsewhere(6)], nothing, 56 + 8 * 32 + 30)
  expect(rows.map(({ words }) => words)).toEqual([1, 1, 0, 0, 0, 0, 0, 0])
})

test('each row has two lines of words before the first has more', () => {
  const { rows } = fitRows([elsewhere(3)], nothing, 28 + 3 * 64 + 20)
  expect(rows.map(({ words }) => words)).toEqual([3, 2, 2])
})

test('room that is left tells the words of the first in full, then what is scheduled, then what ended', () => {
  expect(fitRows([yours(1)], { scheduled: 1, ended: 2 }, 28 + 64 + 60 + 56 + 56)).toEqual({
    rows: [{ words: 4, hasWhy: true }],
    hidden: 0,
    short: { scheduled: 1, ended: 1 },
  })
})

test('a phone has no height to fill: words of the reader’s own in full, and the rest counted', () => {
  const { rows, hidden } = fitRows([yours(2), elsewhere(9)], nothing, null)
  expect(rows.length).toBe(8)
  expect(hidden).toBe(3)
  expect(rows[0]).toEqual({ words: 6, hasWhy: true })
})
