import { expect, test } from 'vitest'
import { matrix } from '../../../client/state/matrix.ts'
import { region } from '../../support/builders.ts'
import { catalogueOf, provider, small } from '../builders.ts'

test('providers come largest first, their regions by geography and code', () => {
  const blocks = matrix(small)
  expect(blocks.map(block => [block.name, block.count])).toEqual([
    ['AWS', 2],
    ['Azure', 1],
  ])
  expect(blocks[0]?.geographies.map(geography => geography.name)).toEqual(['Europe', 'North America'])
})

test('an announced region has a place but is not counted, and an unknown continent comes last', () => {
  const [block] = matrix(
    catalogueOf(
      [provider('aws', 'AWS')],
      [
        region('aws/moon-1', { continent: 'Moon', state: 'announced' }),
        region('aws/af-south-1', { continent: 'Africa' }),
      ],
    ),
  )
  expect(block?.count).toBe(1)
  expect(block?.geographies.map(geography => geography.name)).toEqual(['Africa', 'Moon'])
})
