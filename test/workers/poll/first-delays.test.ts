import { expect, test } from 'vitest'
import type { SourceConfig } from '../../../workers/config/source-config.ts'
import { GAP_MS } from '../../../workers/http/pacing.ts'
import { firstDelays } from '../../../workers/poll/pace.ts'

const feed = (n: number, host: string, everyMs = 600_000): SourceConfig => ({
  id: `feed-${n}`,
  name: 'Feed',
  kind: 'feed',
  url: `https://${host}/${n}`,
  provider: 'azure',
  everyMs,
  topics: [],
})
const count = 200
const delaysOf = (sources: SourceConfig[], random = Math.random) => [...firstDelays(sources, random).values()]

test('many sources of one host begin one after another, further apart than the host is asked', () => {
  const delays = delaysOf(
    Array.from({ length: count }, (_, n) => feed(n, 'one.example.com')),
    () => 0.5,
  )
  for (const [index, delay] of delays.entries())
    if (index > 0) expect(delay - (delays[index - 1] ?? 0)).toBeCloseTo(GAP_MS)
})

test('sources of many hosts all begin within seconds', () => {
  const delays = delaysOf(Array.from({ length: count }, (_, n) => feed(n, `${n}.example.com`)))
  expect(Math.max(...delays)).toBeLessThan(5_000)
})

test('no source begins later than its own interval', () => {
  expect(
    Math.max(...delaysOf(Array.from({ length: count }, (_, n) => feed(n, 'one.example.com', 1_000)))),
  ).toBeLessThan(1_000)
})
