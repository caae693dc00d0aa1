import { expect, test } from 'vitest'
import { packSnapshot } from '../../../server/live/snapshot.ts'
import { byCollection } from '../../../shared/domain/collections.ts'
import { takeSnapshot } from '../../../shared/domain/snapshot.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { article, minutesAgo } from '../../support/builders.ts'

const frame = { build: 'b', at: minutesAgo(0), workersAt: null, providers: [], regions: [] }
const facts = { countryOf: () => undefined, stacksOf: byCollection(() => () => []) }
const snapshotWith = (summary: string) => {
  const one = article('feed/one', { summary })
  return packSnapshot(takeSnapshot({ ...emptyView(), articles: new Map([[one.id, one]]) }, frame))
}

test('the snapshot of some channels is made once, in whatever order and however often they are named', () => {
  const packed = snapshotWith('')
  expect(packed.hasNarrowed(['news', 'notices'])).toBe(false)
  const made = packed.narrowed(['news', 'notices'], facts)
  for (const same of [
    ['notices', 'news'],
    ['news', 'notices', 'news', 'news'],
  ]) {
    expect(packed.hasNarrowed(same)).toBe(true)
    expect(packed.narrowed(same, facts)).toBe(made)
  }
  expect(packed.hasNarrowed(['news'])).toBe(false)
  expect(packed.hasNarrowed(['news', 'all'])).toBe(true)
  expect(packed.narrowed(['news', 'all'], facts)).toBe(packed)
})

test('those asked for last are kept, up to a number', () => {
  const packed = snapshotWith('')
  const nth = (n: number) => [`provider/p${n}`]
  for (let n = 0; n < 256; n++) packed.narrowed(nth(n), facts)
  packed.narrowed(nth(0), facts)
  packed.narrowed(nth(256), facts)
  expect([0, 1, 2, 256].map(n => packed.hasNarrowed(nth(n)))).toEqual([true, false, true, true])
})

test('those asked for last are kept, up to a number of bytes, and always one', () => {
  const packed = snapshotWith('x'.repeat(12 * 1024 * 1024))
  const nth = (n: number) => ['news', `provider/p${n}`]
  for (let n = 0; n < 3; n++) packed.narrowed(nth(n), facts)
  expect([0, 1, 2].map(n => packed.hasNarrowed(nth(n)))).toEqual([false, true, true])
  const huge = snapshotWith('x'.repeat(40 * 1024 * 1024))
  huge.narrowed(['news'], facts)
  expect(huge.hasNarrowed(['news'])).toBe(true)
})
