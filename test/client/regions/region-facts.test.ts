import { expect, test } from 'vitest'
import { pageFacts } from '../../../client/regions/region-facts.ts'
import { region } from '../../support/builders.ts'
import { catalogueOf, when } from '../builders.ts'

test('only the code and the coordinates of a region are codes; names are words', () => {
  const facts = pageFacts(region('azure/west', { pair: 'azure/north' }), catalogueOf([], []), when)
  expect(facts.length).toBeGreaterThan(5)
  expect(facts.filter(({ isCode }) => isCode).map(({ label }) => label)).toEqual(['Code', 'Coordinates'])
})
