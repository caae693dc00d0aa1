import type { Region } from '../../shared/domain/region.ts'
import type { Catalogue } from './catalogue.ts'
import { pageFacts } from './region-facts.ts'
import type { When } from './time.ts'

/** One fact of several regions, in their order; null where the catalogue does not say. */
export type ComparedFact = { label: string; values: (string | null)[] }

/** Facts side by side, in the order in which a region's page has them; what none of them has is left out. */
export function compareFacts(regions: readonly Region[], catalogue: Catalogue, when: When): ComparedFact[] {
  const { facts } = when.words.regions
  const order = [...Object.values(facts), when.words.places.coordinates]
  const known = regions.map(
    region => new Map(pageFacts(region, catalogue, when).map(({ label, value }) => [label, value])),
  )
  return order
    .map(label => ({ label, values: known.map(its => its.get(label) ?? null) }))
    .filter(({ values }) => values.some(value => value !== null))
}
