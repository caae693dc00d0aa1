import { expect, test } from 'vitest'
import { regionSentence, shownState } from '../../../client/regions/region-words.ts'
import { region } from '../../support/builders.ts'
import { minutesAgo, NOW, small, status, when } from '../builders.ts'

const fresh = { isStale: false, since: null }
const west = region('azure/westeurope', { name: 'West Europe' })
const sentence = (more: Parameters<typeof status>[1], staleness: { isStale: boolean; since: number | null } = fresh) =>
  regionSentence(west, status('azure/westeurope', more), small, staleness, when)

test('a region in trouble says what, since when and which services', () => {
  expect(
    sentence({ status: 'degraded_performance', since: minutesAgo(38), services: ['Storage', 'Virtual Machines'] }),
  ).toBe('Azure West Europe: degraded performance since 14:02 (38 min). Storage, Virtual Machines.')
})

test('a region whose source is silent says what was last known', () => {
  const lastKnown = { status: 'operational', since: null, at: minutesAgo(38) } as const
  expect(sentence({ status: 'unknown', freshness: 'stale', lastKnown })).toBe(
    'Azure West Europe: unknown, last known: operational, 14:02.',
  )
})

test('a stale picture makes every region unknown, whatever it was', () => {
  const staleness = { isStale: true, since: NOW - 38 * 60_000 }
  expect(shownState(west, status('azure/westeurope'), true)).toEqual({ status: 'unknown', stale: true })
  expect(sentence({ status: 'operational' }, staleness)).toBe(
    'Azure West Europe: unknown, last known: operational, 14:02.',
  )
})

test('a region without a status is unknown, and an announced one is just that', () => {
  expect(shownState(west, undefined, false)).toEqual({ status: 'unknown', stale: true })
  expect(regionSentence(west, undefined, small, fresh, when)).toBe(
    'Azure West Europe: unknown, no source has told yet.',
  )
  const announced = region('azure/westeurope', { name: 'West Europe', state: 'announced' })
  expect(regionSentence(announced, undefined, small, fresh, when)).toBe('Azure West Europe: announced, not open yet.')
})
