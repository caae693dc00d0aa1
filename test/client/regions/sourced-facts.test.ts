import { expect, test } from 'vitest'
import { compareFacts } from '../../../client/near/region-filter.ts'
import { regionFacts } from '../../../client/regions/region-facts.ts'
import { regionRows, sortRows } from '../../../client/regions/region-list.ts'
import { askForFacts, claimRows, electricityRows } from '../../../client/regions/sourced-facts.ts'
import { de } from '../../../client/words/de/page.ts'
import { en } from '../../../client/words/en/page.ts'
import type { GridCarbon, RegionFacts } from '../../../shared/domain/region.ts'
import { region } from '../../support/builders.ts'
import { catalogueOf, provider, when } from '../builders.ts'

const grid: GridCarbon = { zone: 'US-MIDA-PJM', match: 'metro', intensity: 418, carbonFree: 0.39, year: 2025 }
const published = { intensity: 343.48, carbonFree: 0.57, year: 2025 }
const facts = (more: Partial<RegionFacts> = {}): RegionFacts => ({ grid, published: null, claims: [], ...more })
const answer = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status })

test('facts are asked for, and none are there when the server gives none', async () => {
  const all = { attribution: 'Electricity Maps', facts: { 'google/us-east4': facts() } }
  expect((await askForFacts(answer(200, all))).get('google/us-east4')).toEqual(facts())
  expect(await askForFacts(answer(500, {}))).toEqual(new Map())
  expect(await askForFacts(answer(200, { facts: { 'a/b': { grid: 'green' } } }))).toEqual(new Map())
})

test('figures of the provider and of the grid stand in two columns, and a missing one stays empty', () => {
  expect(electricityRows(facts({ published }), en)).toEqual([
    { label: 'Carbon-free', published: '57 %', grid: '39 %' },
    { label: 'gCO₂e per kWh', published: '343', grid: '418' },
    { label: 'Year', published: '2025', grid: '2025' },
    { label: 'Zone', published: null, grid: 'US-MIDA-PJM (metro area)' },
  ])
  expect(electricityRows(facts(), en).every(row => row.published === null)).toBe(true)
  expect(electricityRows(facts({ grid: null }), en)).toEqual([])
  expect(electricityRows(facts({ grid: { ...grid, match: 'listed' } }), en).at(-1)?.grid).toBe('US-MIDA-PJM')
})

test('a claim is said with its page and its day', () => {
  const claim = { source: 'https://www.cloud.example/terms', date: '2026-05-19' }
  const claims = [
    { ...claim, claim: 'residency' as const, value: 'DE' },
    { ...claim, claim: 'restricted' as const, value: 'on request' },
    { ...claim, claim: 'fedramp' as const, value: 'High, Cloud' },
  ]
  const said = claimRows(claims, { ...when, words: de }).map(({ label, value, isQuoted }) => [label, value, isQuoted])
  expect(said).toEqual([
    ['Daten bleiben in', 'Deutschland', false],
    ['Zugang', 'auf Antrag', false],
    ['FedRAMP', 'High, Cloud', true],
  ])
  expect(claimRows(claims, when)[0]).toMatchObject({ from: 'cloud.example, 19 May', source: claim.source })
})

test('a region is located in its country; where data stay is said only of a commitment', () => {
  const labels = (residency: string | null) =>
    regionFacts(region('azure/west', { residency }), catalogueOf([], []), when).map(({ label, value }) => [
      label,
      value,
    ])
  expect(labels(null)).toContainEqual(['Located in', 'Netherlands'])
  expect(labels(null).map(([label]) => label)).not.toContain('Data stay in')
  expect(labels('EU')).toContainEqual(['Data stay in', 'EU'])
  expect(labels('NL')).toContainEqual(['Data stay in', 'Netherlands'])
})

test('the list and the comparison have columns of the grid beside that of the provider', () => {
  const regions = [region('a/low', { carbonFree: 0.57 }), region('a/high'), region('a/none')]
  const catalogue = catalogueOf([provider('a', 'A')], regions)
  const sourced = new Map([
    ['a/low', facts({ grid: { ...grid, intensity: 20, carbonFree: 1 } })],
    ['a/high', facts()],
  ])
  const rows = regionRows(
    { catalogue, statuses: new Map(), mine: new Set(), staleness: { isStale: false, since: null }, facts: sourced },
    when,
  )
  const order = (by: 'gridIntensity' | 'gridCarbonFree', descending: boolean) =>
    sortRows(rows, { by, descending }).map(row => row.region.code)
  expect(order('gridIntensity', false)).toEqual(['low', 'high', 'none'])
  expect(order('gridIntensity', true)).toEqual(['high', 'low', 'none'])
  expect(order('gridCarbonFree', true)).toEqual(['low', 'high', 'none'])
  const compared = compareFacts(regions, catalogue, when, sourced)
  const values = (wanted: string) => compared.find(({ label }) => label === wanted)?.values
  expect(values('Carbon-free, published')).toEqual(['57 %', null, null])
  expect(values('Carbon-free, grid')).toEqual(['100 %', '39 %', null])
  expect(values('gCO₂e/kWh, grid')).toEqual(['20', '418', null])
})
