import { expect, test } from 'vitest'
import { readAudit } from '../../../shared/redis/audit.ts'
import { noteConfigured } from '../../../shared/redis/configured.ts'
import { NOON } from '../../support/builders.ts'
import { redisOfFile, refuse } from '../../support/redis-of-file.ts'

const store = redisOfFile()
const note = (sources: Record<string, string>, rules: Record<string, string> = {}) =>
  noteConfigured(store.redis, { sources, rules }, { now: NOON, keptDays: 90 }, refuse)
const entries = () => readAudit(store.redis, refuse)

test('what a changed sources file adds, removes and changes is written down by its names; the first one is not', async () => {
  await note({ a: '1', b: '1', c: '1' }, { night: '1' })
  expect(await entries()).toEqual([])
  await note({ a: '1', b: '2', d: '1' }, { night: '1' })
  const about = { 'sources added': 'd', 'sources removed': 'c', 'sources changed': 'b' }
  expect(await entries()).toMatchObject([{ by: 'sources file', what: 'config.changed', about }])
})

test('of workers that take the same file at once one writes it down, and who starts with it later does not', async () => {
  await note({ a: '1' })
  await Promise.all(Array.from({ length: 8 }, () => note({ a: '2' })))
  expect(await entries()).toHaveLength(1)
  await note({ a: '2' })
  expect(await entries()).toHaveLength(1)
})

test('of very many names those are written down that fit, and how many more there are', async () => {
  await note({})
  await note(Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`source-${n}`, '1'])))
  const added = (await entries()).flatMap(({ about }) => about['sources added'] ?? [])
  expect(added).toContainEqual(expect.stringMatching(/^source-0, source-1, .* and 499\d\d more$/))
  expect(Math.max(...added.map(({ length }) => length))).toBeLessThanOrEqual(200)
})

test('names are no properties that every object has', async () => {
  await note({})
  await note({ constructor: '1' })
  const all = await entries()
  expect(all).toContainEqual(expect.objectContaining({ about: { 'sources added': 'constructor' } }))
})
