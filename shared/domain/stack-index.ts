import type { Article } from './article.ts'
import { reasonsOfUse } from './concerns.ts'
import type { Incident } from './incident.ts'
import { mattersOf } from './matter.ts'
import { providerOf } from './primitives.ts'
import type { StackFacts } from './reason.ts'
import { type SimpleUse, type Stack, usesOf } from './stack.ts'

/** A use, and every stack that has it, itself or through another. */
type SharedUse = { use: SimpleUse; stacks: Set<string> }

/**
 * Stacks → the function that gives the ids of those that an incident or an article concerns, however weakly, in the
 * order of the stacks. It says what `concerns` says, and asks once about a use that many stacks have.
 */
export function indexStacks(stacks: Iterable<Stack>, facts: StackFacts): (record: Incident | Article) => string[] {
  const order: string[] = []
  const index = new Map<string, Map<string, SharedUse>>()
  for (const stack of stacks) {
    order.push(stack.id)
    for (const { use } of usesOf(stack, facts.stacks))
      for (const key of keysOf(use, facts)) add(index, key, use, stack.id)
  }
  return record => {
    const found = new Set<string>()
    for (const matter of mattersOf(record))
      for (const key of [`of ${matter.provider}`, `from ${matter.source}`])
        for (const { use, stacks } of index.get(key)?.values() ?? [])
          if (reasonsOfUse(use, matter, facts).length > 0) for (const id of stacks) found.add(id)
    return order.filter(id => found.has(id))
  }
}

function add(index: Map<string, Map<string, SharedUse>>, key: string, use: SimpleUse, stack: string): void {
  const uses = index.get(key) ?? new Map<string, SharedUse>()
  index.set(key, uses)
  const written = JSON.stringify(use)
  const known = uses.get(written)
  if (known) known.stacks.add(stack)
  else uses.set(written, { use, stacks: new Set([stack]) })
}

/** The providers and sources whose records can concern the use. */
function keysOf(use: SimpleUse, facts: StackFacts): Set<string> {
  switch (use.kind) {
    case 'region':
      return new Set([`of ${providerOf(use.region)}`])
    case 'service':
      return new Set([`of ${providerOf(use.service)}`])
    case 'vendor': {
      const homes = use.sites.flatMap(site => facts.dependencies(use.vendor, site))
      return new Set([`of ${use.vendor}`, ...homes.map(({ region }) => `of ${providerOf(region)}`)])
    }
    case 'source':
    case 'probe':
      return new Set([`from ${use.source}`])
  }
}
