import { expect, test } from 'vitest'
import { matrixPages, regionMatrix } from '../../../client/regions/region-matrix.ts'
import { region } from '../../support/builders.ts'
import { catalogueOf, provider, small } from '../builders.ts'

test('geographies in their order, regions by code', () => {
  const { providers, rows } = regionMatrix(small, ['aws', 'azure'])
  expect(providers.map(({ name, count }) => [name, count])).toEqual([
    ['AWS', 2],
    ['Azure', 1],
  ])
  expect(rows.map(({ geography, cells }) => [geography, cells.map(cell => cell.map(({ code }) => code))])).toEqual([
    ['Europe', [['eu-west-1'], ['westeurope']]],
    ['North America', [['us-east-1'], []]],
  ])
})

test('an announced region has a place but is not counted, and an unknown continent comes last', () => {
  const { providers, rows } = regionMatrix(
    catalogueOf(
      [provider('aws', 'AWS')],
      [
        region('aws/moon-1', { continent: 'Moon', state: 'announced' }),
        region('aws/af-south-1', { continent: 'Africa' }),
      ],
    ),
    ['aws'],
  )
  expect(providers[0]?.count).toBe(1)
  expect(rows.map(({ geography }) => geography)).toEqual(['Africa', 'Moon'])
})

test('the providers of one’s own regions come first, then the largest, as many on a sheet as fit', () => {
  const many = (id: string, count: number) => Array.from({ length: count }, (_, i) => region(`${id}/r${i}`))
  const catalogue = catalogueOf(
    [],
    [...many('small', 5), ...many('huge', 120), ...many('large', 60), ...many('mine', 30)],
  )
  expect(matrixPages(catalogue, ['mine/r0'])).toEqual([
    ['mine', 'huge'],
    ['large', 'small'],
  ])
  expect(matrixPages(catalogue, [])).toEqual([['huge'], ['large', 'mine', 'small']])
})
