import { expect, test } from 'vitest'
import type { Reading } from '../../../workers/formats/reader.ts'
import { boundReading } from '../../../workers/poll/bound-reading.ts'
import { article, component, minutesAgo, readIncident } from '../../support/builders.ts'

const reading = (more: Partial<Reading>): Reading => ({ incidents: [], components: [], articles: [], ...more })
const bytesOf = ({ incidents, components, articles }: Reading) =>
  Buffer.byteLength(JSON.stringify(incidents) + JSON.stringify(components) + JSON.stringify(articles))
const update = (id: string, minutes: number, text: string) => ({
  id,
  at: minutesAgo(minutes),
  status: 'investigating' as const,
  text,
})
/** An incident with an update a minute, the newest first. */
const told = (id: string, updates: number, text: string) =>
  readIncident(id, { updates: Array.from({ length: updates }, (_, n) => update(`${id}-${n}`, n, text)) })
const many = (count: number, make: (n: number) => Reading['incidents'][number]) =>
  Array.from({ length: count }, (_, n) => make(n))
const MB = 1024 * 1024

test('a reading that is small enough is left as it is', () => {
  const small = reading({ incidents: [told('s/a', 20, 'x'.repeat(4_000))], components: [component('s/c')] })
  expect(boundReading(small)).toEqual({ reading: small, cut: 0 })
  expect(boundReading(small).reading).toBe(small)
})

test('of 7 MB the newest megabyte stays: no incident goes, and each keeps its newest words', () => {
  const large = reading({ incidents: many(18, n => told(`s/${n}`, 100, 'x'.repeat(4_000))) })
  const { reading: kept, cut } = boundReading(large)
  expect(bytesOf(kept)).toBeLessThanOrEqual(MB)
  expect(bytesOf(kept)).toBeGreaterThan(MB - 5_000)
  const left = kept.incidents.map(({ updates }) => updates.length)
  expect(cut).toBe(1_800 - left.reduce((sum, count) => sum + count, 0))
  // the oldest go first, so all have as many left
  expect(Math.max(...left) - Math.min(...left)).toBeLessThanOrEqual(1)
  for (const [n, { updates }] of kept.incidents.entries())
    expect(updates).toEqual(large.incidents[n]?.updates.slice(0, updates.length))
})

test('articles and updates are cut by age together', () => {
  const old = many(5, n =>
    readIncident(`s/${n}`, { updates: [update('new', 0, 'x'), update('old', 9_000, 'x'.repeat(3_000))] }),
  )
  const articles = Array.from({ length: 600 }, (_, n) =>
    article(`s/a${n}`, { publishedAt: minutesAgo(n), summary: '雲'.repeat(600) }),
  )
  const { reading: kept } = boundReading(reading({ incidents: old, articles }))
  expect(bytesOf(kept)).toBeLessThanOrEqual(MB)
  expect(kept.incidents.map(({ updates }) => updates.map(({ id }) => id))).toEqual(Array(5).fill(['new']))
  expect(kept.articles).toEqual(articles.slice(0, kept.articles.length))
})

test('where even the newest words are too many, they and the services are shortened', () => {
  const services = Array.from({ length: 400 }, (_, n) => `Service ${n} ${'雲'.repeat(30)}`)
  const large = reading({ incidents: many(400, n => ({ ...told(`s/${n}`, 2, '雲'.repeat(4_000)), services })) })
  const { reading: kept, cut } = boundReading(large)
  expect(bytesOf(kept)).toBeLessThanOrEqual(MB)
  expect(kept.incidents.map(({ id }) => id)).toEqual(large.incidents.map(({ id }) => id))
  expect(kept.incidents.every(({ updates }) => updates.length === 1)).toBe(true)
  expect(kept.incidents[0]?.updates[0]?.text).toBe(`${'雲'.repeat(299)}…`)
  expect(cut).toBeGreaterThan(400)
})

test('components with trouble stay before those without', () => {
  const components = Array.from({ length: 5_000 }, (_, n) =>
    component(`s/${n}`, { name: '雲'.repeat(200), status: n % 100 === 0 ? 'major_outage' : 'operational' }),
  )
  const { reading: kept, cut } = boundReading(reading({ components }))
  expect(bytesOf(kept)).toBeLessThanOrEqual(MB)
  expect(kept.components.filter(({ status }) => status === 'major_outage')).toHaveLength(50)
  expect(cut).toBe(5_000 - kept.components.length)
})
