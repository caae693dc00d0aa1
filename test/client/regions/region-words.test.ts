import { expect, test } from 'vitest'
import {
  countByState,
  regionSentence,
  regionState,
  servicesByStatus,
  shownState,
  stateWord,
} from '../../../client/regions/region-words.ts'
import { region } from '../../support/builders.ts'
import { minutesAgo, NOW, small, status, when } from '../builders.ts'

const fresh = { isStale: false, since: null }
const west = region('azure/westeurope', { name: 'West Europe' })
const sentence = (more: Parameters<typeof status>[1], staleness: { isStale: boolean; since: number | null } = fresh) =>
  regionSentence(west, status('azure/westeurope', more), small, staleness, when)

test('a region in trouble says what, since when and which services', () => {
  const services = ['Storage', 'Virtual Machines'].map(service => ({
    service,
    status: 'degraded_performance' as const,
  }))
  const state = { status: 'degraded_performance', since: minutesAgo(38), services, serviceCount: 2 } as const
  expect(sentence({ ...state, whole: 'degraded_performance' })).toBe(
    'Azure West Europe: degraded performance since 14:02 (38 min). Storage, Virtual Machines.',
  )
  expect(sentence(state)).toBe(
    'Azure West Europe: degraded performance (2 services) since 14:02 (38 min). Storage, Virtual Machines.',
  )
})

test('a state says to how many services it is limited, unless all of the region is in it', () => {
  const word = (more: Parameters<typeof status>[1]) => {
    const known = status('azure/westeurope', { status: 'degraded_performance', serviceCount: 1, ...more })
    return stateWord(shownState(west, known, false), when.words, known)
  }
  const services = ['EC2', 'EBS', 'Athena', 'Glue'].map((service, n) => ({
    service,
    status: n < 2 ? ('major_outage' as const) : ('degraded_performance' as const),
  }))
  expect(word({ status: 'major_outage', services, serviceCount: 4 })).toBe('major outage (2 services)')
  expect(word({ services, serviceCount: 140 })).toBe('degraded performance (140 services)')
  expect(word({})).toBe('degraded performance (1 service)')
  expect(word({ whole: 'under_maintenance' })).toBe('degraded performance (1 service)')
  expect(word({ whole: 'degraded_performance' })).toBe('degraded performance')
  expect(word({ status: 'operational', serviceCount: 0 })).toBe('operational')
  const lastKnown = { status: 'operational', since: null, at: minutesAgo(9) } as const
  expect(word({ status: 'unknown', freshness: 'stale', lastKnown })).toBe('unknown')
})

test('services are listed by their state, with their zones', () => {
  const services = [
    { service: 'EC2', status: 'major_outage', zones: ['use1-az4', 'use1-az6'] },
    { service: 'EBS', status: 'major_outage' },
    { service: 'Athena', status: 'degraded_performance' },
  ] as const
  expect(
    servicesByStatus(
      services.map(one => ({ ...one, zones: 'zones' in one ? [...one.zones] : undefined })),
      when.words,
    ),
  ).toEqual([
    { status: 'major_outage', text: 'EC2 (use1-az4, use1-az6), EBS', zones: null },
    { status: 'degraded_performance', text: 'Athena', zones: null },
  ])
  const alike = ['EC2', 'EBS'].map(service => ({ service, status: 'major_outage' as const, zones: ['use1-az4'] }))
  expect(servicesByStatus(alike, when.words)).toEqual([
    { status: 'major_outage', text: 'EC2, EBS', zones: 'Zones named: use1-az4' },
  ])
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
  expect(regionSentence(west, undefined, small, fresh, when)).toBe('Azure West Europe: not read yet.')
  const word = (known?: ReturnType<typeof status>) =>
    stateWord(shownState(west, known, false), when.words, known ?? 'unread')
  expect(word()).toBe('not read yet')
  expect(word(status('azure/westeurope', { status: 'unknown', freshness: 'stale' }))).toBe('not read yet')
  const heard = { status: 'operational', since: null, at: minutesAgo(38) } as const
  expect(word(status('azure/westeurope', { status: 'unknown', freshness: 'stale', lastKnown: heard }))).toBe('unknown')
  const announced = region('azure/westeurope', { name: 'West Europe', state: 'announced' })
  expect(regionSentence(announced, undefined, small, fresh, when)).toBe('Azure West Europe: announced, not open yet.')
})

test('the legend lists every state, also those that nothing is in', () => {
  const counts = countByState([
    { status: 'operational', stale: false },
    { status: 'operational', stale: false },
    { status: 'announced', stale: false },
  ])
  expect(counts.map(({ count }) => count)).toEqual([2, 0, 0, 0, 0, 0])
})

test('after a name that says the place, a state is told without it', () => {
  const bad = status('azure/westeurope', { status: 'partial_outage', since: minutesAgo(38) })
  expect(regionState(west, bad, fresh, when)).toBe('partial outage since 14:02 (38 min).')
  expect(regionState(west, undefined, fresh, when)).toBe('not read yet')
  expect(regionState({ ...west, state: 'announced' }, undefined, fresh, when)).toBe('Announced, not open yet')
})
