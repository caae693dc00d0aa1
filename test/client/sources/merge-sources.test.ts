import { expect, test } from 'vitest'
import { mergeSources } from '../../../client/sources/source-rows.ts'
import { minutesAgo, source } from '../builders.ts'

const mapOf = (...all: ReturnType<typeof source>[]) => new Map(all.map(one => [one.id, one]))

test('the newer of what was told and what was read stands, and what is no longer told of is gone', () => {
  const told = mapOf(
    source('a', { lastPollAt: minutesAgo(5) }),
    source('b', { lastPollAt: minutesAgo(1) }),
    source('c'),
  )
  const read = mapOf(
    source('a', { lastPollAt: minutesAgo(2) }),
    source('b', { lastPollAt: minutesAgo(3) }),
    source('d'),
  )
  expect(mergeSources(told, read).map(({ id, lastPollAt }) => [id, lastPollAt])).toEqual([
    ['a', minutesAgo(2)],
    ['b', minutesAgo(1)],
    ['c', minutesAgo(1)],
  ])
})

test('a poll that was put off is newer than the one before', () => {
  const held = source('a', { nextPollAt: minutesAgo(-20), heldUntil: minutesAgo(-20) })
  const before = source('a', { nextPollAt: minutesAgo(-1) })
  expect(mergeSources(mapOf(held), mapOf(before))).toEqual([held])
  expect(mergeSources(mapOf(before), mapOf(held))).toEqual([held])
})
