import { expect, it } from 'vitest'
import { concerns, concernsArticle } from '../../../shared/domain/concerns.ts'
import { indexStacks } from '../../../shared/domain/stack-index.ts'
import { facts, incidentOf, stackOf } from './concerns-table.ts'
import { stackGenerator } from './stack-generator.ts'

it('finds the stacks that concerns finds, asked one by one', () => {
  let found = 0
  for (let seed = 1; seed <= 100; seed += 1) {
    const { world, anIncident, anArticle } = stackGenerator(seed)
    const { stacks, facts } = world()
    const idsOf = indexStacks(stacks, facts)
    for (let round = 0; round < 10; round += 1) {
      const [incident, article] = [anIncident(), anArticle()]
      const ids = idsOf(incident)
      found += ids.length
      expect(ids).toEqual(stacks.filter(stack => concerns(stack, incident, facts).length > 0).map(({ id }) => id))
      expect(idsOf(article)).toEqual(
        stacks.filter(stack => concernsArticle(stack, article, facts).length > 0).map(({ id }) => id),
      )
    }
  }
  expect(found).toBeGreaterThan(1000)
})

it('gives each stack once, in their order', () => {
  const stacks = [stackOf('b', 'stripe', 'stack/payments'), stackOf('a', 'stripe'), stackOf('c', 'github')]
  expect(indexStacks(stacks, facts)(incidentOf('stripe'))).toEqual(['b', 'a'])
})
