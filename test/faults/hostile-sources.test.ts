import { expect, test } from 'vitest'
import { endure } from './hostile/endure.ts'
import { abuses } from './hostile/table.ts'

test('there are more than a hundred ways to be hostile, each with a name of its own', () => {
  expect(new Set(abuses.map(({ name }) => name)).size).toBe(abuses.length)
  expect(abuses.length).toBeGreaterThan(100)
})

test('a worker survives all of them at once, says what is wrong with each, and keeps the pace of good sources', () =>
  endure(abuses, { every: '3s', readings: 30 }))
