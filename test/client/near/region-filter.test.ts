import { expect, test } from 'vitest'
import { parseCompared, parseFilter, passesFilter } from '../../../client/near/region-filter.ts'
import { wholePercent } from '../../../shared/domain/region.ts'
import { region } from '../../support/builders.ts'
import { small, status } from '../builders.ts'

const query = (text: string) => new URLSearchParams(text)
const west = region('azure/westeurope', { zones: 3, carbonFree: 0.9 })
const fits = (text: string, more = {}, state = status(west.id)) =>
  passesFilter({ ...west, ...more }, state, parseFilter(query(text)))

test('an address that asks for nothing, or for nonsense, is passed by every open region', () => {
  expect(fits('')).toBe(true)
  expect(fits('zones=x&carbon=-1&operational=maybe')).toBe(true)
  expect(fits('zones=99&carbon=101')).toBe(true)
  expect(fits('', { state: 'announced' })).toBe(false)
})

test('every filter counts', () => {
  expect(fits('provider=azure&continent=Europe&country=NL&residency=EU&zones=3&carbon=90')).toBe(true)
  for (const one of ['provider=aws', 'continent=Asia', 'country=DE', 'residency=NL', 'zones=4', 'carbon=91'])
    expect(fits(one), one).toBe(false)
})

test('what is not known is not there', () => {
  expect(fits('zones=1', { zones: null })).toBe(false)
  expect(fits('carbon=50', { carbonFree: null })).toBe(false)
  expect(passesFilter(west, undefined, parseFilter(query('operational=1')))).toBe(false)
})

test('only what is operational by a fresh source is operational', () => {
  expect(fits('operational=1')).toBe(true)
  expect(fits('operational=1', {}, status(west.id, { freshness: 'stale' }))).toBe(false)
  expect(fits('operational=1', {}, status(west.id, { status: 'degraded_performance' }))).toBe(false)
})

test('an address compares the regions that are known, each once', () => {
  const ids = (text: string) => parseCompared(query(text), small.regions).map(({ id }) => id)
  expect(ids('compare=aws/eu-west-1,azure/westeurope,aws/eu-west-1,aws/nowhere,__proto__')).toEqual([
    'aws/eu-west-1',
    'azure/westeurope',
  ])
  expect(ids('')).toEqual([])
})

test('every share of whole percent is shown and filtered as that percent', () => {
  for (let percent = 0; percent <= 100; percent++) {
    expect(wholePercent(percent / 100)).toBe(percent)
    expect(fits(`carbon=${percent}`, { carbonFree: percent / 100 }), `${percent}`).toBe(true)
    if (percent < 100) expect(fits(`carbon=${percent + 1}`, { carbonFree: percent / 100 })).toBe(false)
  }
  expect(wholePercent(0.999)).toBe(99)
})

test('the grid’s intensity is a filter of its own, and an unknown grid does not pass it', () => {
  const passes = (text: string, intensity: number | null) => {
    const grid =
      intensity === null ? null : { intensity, carbonFree: 0.5, year: 2025, zone: 'NL', match: 'country' as const }
    return passesFilter(west, status(west.id), parseFilter(query(text)), grid)
  }
  expect(passes('grid=200', 200.4)).toBe(true)
  expect(passes('grid=200', 200.6)).toBe(false)
  expect(passes('grid=200', null)).toBe(false)
  expect(passes('', null)).toBe(true)
  expect(passes('grid=', 900)).toBe(true)
})
